import { createHash } from "node:crypto";
import { isObject, type Json, type JsonObject, replaceAt, valuesAt } from "./json";
import { type ResourceType, resourceTypes } from "./resource-types";

/** Stands for a hidden value in the record; long and mixed enough to be a password that Azure accepts. */
const hiddenMark = "Hidden-by-the-lab-0";

/** The body as GET returns it. */
export function withoutHidden(type: ResourceType, body: JsonObject): JsonObject {
  return (type.hidden ?? []).reduce((rest, path) => replaceAt(rest, path, () => undefined), body);
}

/** Names of all hidden properties, for bodies of types that the lab does not have. */
const hiddenNames = new Set(
  resourceTypes.flatMap(({ hidden = [] }) => hidden.map((path) => path.slice(path.lastIndexOf(".") + 1))),
);

/** The body with a mark in place of each hidden text: what may be written to a file. */
export function withMarks(type: ResourceType | undefined, body: JsonObject): JsonObject {
  return type === undefined
    ? markNamed(body)
    : (type.hidden ?? []).reduce((rest, path) => replaceAt(rest, path, markTexts), body);
}

function markNamed(body: JsonObject): JsonObject {
  const mark = (value: Json): Json =>
    Array.isArray(value) ? value.map(mark) : isObject(value) ? markNamed(value) : value;
  return mapMembers(body, (value, name) => (hiddenNames.has(name) ? markTexts(value) : mark(value)));
}

/** Of a parameter the name stays. */
function markTexts(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(markTexts);
  }
  if (isObject(value)) {
    const isParameter = "name" in value && "value" in value;
    return mapMembers(value, (item, name) => (isParameter && name === "name" ? item : markTexts(item)));
  }
  return typeof value === "string" ? hiddenMark : value;
}

function mapMembers(object: JsonObject, change: (value: Json, name: string) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, change(value ?? null, name)]),
  );
}

/** One digest of all hidden values; the same for the same values. */
export function hiddenDigest(type: ResourceType, body: JsonObject): string {
  const values = (type.hidden ?? []).map((path) => valuesAt(body, path));
  return createHash("sha256").update(JSON.stringify(values)).digest("hex");
}

/** Whether the body holds a hidden value at all: a write without one keeps the old. */
export const hasHidden = (type: ResourceType, body: JsonObject) =>
  (type.hidden ?? []).some((path) => valuesAt(body, path).length > 0);
