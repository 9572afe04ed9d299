import type { ErrorObject } from "ajv";
import { nearest } from "../catalog/find-by-name";
import { type Diagnostic, diagnostic } from "../rules/diagnostic";
import { holdsPath, itemPath, memberPath } from "../rules/paths";
import type { ArgumentNode } from "./argument-node";
import type { OpenedArguments } from "./open-arguments";
import { signPostFor } from "./sign-posts";

/** A validator that ajv generated; it leaves its errors on itself, each with the schema that was broken. */
export interface Validator {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/** The parts of a JSON schema that messages are made from. */
interface SchemaNode {
  /** What is allowed, in words. */
  description?: string;
  properties?: Record<string, SchemaNode>;
  slips?: { pattern: string; hint: string }[];
}

/** What is checked: arguments of any shape. */
type Opened = Pick<
  OpenedArguments<unknown, unknown>,
  "values" | "unknown" | "undecided" | "tree" | "isSecret"
>;

interface Fault {
  code: string;
  path: string;
  values: Record<string, string>;
}

/** A value that an error is about, with its path as the program writes it. */
interface Place {
  path: string;
  value: unknown;
}

/** Longest value that an error repeats. */
const shownLength = 60;

/** So many items of a list with one fault are reported one by one; of more, the first stands for all. */
const mostAlike = 3;

/** Checks names, types and ranges of arguments, and that what decides children and rules is known. */
export function argumentDiagnostics(validate: Validator, opened: Opened): Diagnostic[] {
  const errors = validate(opened.values) ? [] : (validate.errors ?? []);
  const faults = [
    ...errors.flatMap((error) => shapeFaults(error, opened)),
    ...opened.undecided.map(({ path, members }) => undecidedFault(path, members)),
  ];
  return reported(faults);
}

function shapeFaults(error: ErrorObject, opened: Opened): Fault[] {
  const place = placeOf(error, opened);
  const schema = (error.parentSchema ?? {}) as SchemaNode;
  const isUnknown = (path: string) => holdsPath(opened.unknown, path);
  switch (error.keyword) {
    case "additionalProperties":
      return [unknownArgument(place, String(error.params.additionalProperty), schema, opened)];
    case "required": {
      const missing = String(error.params.missingProperty);
      const path = memberPath(place.path, missing);
      const allowed = schema.properties?.[missing]?.description ?? "a value";
      return isUnknown(path) ? [] : [{ code: "KMS1002", path, values: { allowed } }];
    }
    default:
      return isUnknown(place.path) ? [] : [notAllowed(error, place, schema, opened)];
  }
}

function unknownArgument({ path }: Place, given: string, schema: SchemaNode, { isSecret }: Opened): Fault {
  const names = Object.keys(schema.properties ?? {});
  const [guess] = nearest(given, names);
  const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
  const values = {
    allowed: names.join(", "),
    hint: `${hint}${isSecret(path) ? "" : signPostFor(path, given)}`,
  };
  // The names in a secret object are as secret as its values.
  return isSecret(path)
    ? { code: "KMS1001", path, values: { ...values, given: "one of the names in this secret" } }
    : { code: "KMS1001", path: memberPath(path, given), values: { ...values, given } };
}

function notAllowed(
  error: ErrorObject,
  { path, value }: Place,
  schema: SchemaNode,
  { isSecret }: Opened,
): Fault {
  const allowed = schema.description ?? error.message ?? "";
  if (error.keyword === "uniqueItems") {
    const { i, j } = error.params as { i: number; j: number };
    const given = `a list whose items ${Math.min(i, j)} and ${Math.max(i, j)} are equal`;
    return { code: "KMS1003", path, values: { given, allowed } };
  }
  const secret = isSecret(path);
  const slip = (schema.slips ?? []).find(
    ({ pattern }) => !secret && typeof value === "string" && new RegExp(pattern).test(value),
  );
  return {
    code: "KMS1003",
    path,
    values: { given: shown(value, secret), allowed, hint: slip === undefined ? "" : ` ${slip.hint}` },
  };
}

function undecidedFault(path: string, members: string[]): Fault {
  const because = members.length === 0 ? "" : ` because of ${members.join(", ")}`;
  return { code: "KMS1006", path, values: { because } };
}

/**
 * The place that an error's JSON pointer leads to. In a secret the path ends before a name that the program chose itself,
 * such as that of a tag.
 */
function placeOf({ instancePath }: ErrorObject, { values, tree, isSecret }: Opened): Place {
  const keys = instancePath
    .split("/")
    .slice(1)
    .map((key) => key.replace(/~1/g, "/").replace(/~0/g, "~"));
  let node: ArgumentNode | undefined = tree;
  let path = "";
  let value = values;
  for (const key of keys) {
    if (node?.kind !== "map" || !isSecret(path)) {
      path = Array.isArray(value) ? itemPath(path, Number(key)) : memberPath(path, key);
    }
    node = childNode(node, key);
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
  return { path, value };
}

function childNode(node: ArgumentNode | undefined, key: string): ArgumentNode | undefined {
  switch (node?.kind) {
    case "object":
      return node.members[key];
    case "list":
      return node.items;
    case "map":
      return node.values;
    default:
      return undefined;
  }
}

function shown(value: unknown, secret: boolean): string {
  if (typeof value === "symbol") {
    return value.description ?? "";
  }
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  if (typeof value === "object" && value !== null) {
    return "an object";
  }
  if (secret || looksLikeKey(value)) {
    return typeof value === "string" ? `a text of ${value.length} characters` : `a ${typeof value}`;
  }
  const text = typeof value === "string" ? `"${value}"` : String(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

/** A product key in the wrong place is still one. */
const looksLikeKey = (value: unknown) =>
  typeof value === "string" && /\b[A-Z0-9]{5}(-[A-Z0-9]{5}){4}\b/i.test(value);

/** One diagnostic for each fault; equal faults of many items are one. */
function reported(faults: Fault[]): Diagnostic[] {
  const alike = new Map<string, Map<string, Fault>>();
  for (const fault of faults) {
    const kind = `${fault.code} ${fault.path.replace(/\[\d+\]/g, "[]")} ${fault.values.allowed ?? ""}`;
    const sameKind = alike.get(kind) ?? new Map<string, Fault>();
    alike.set(kind, sameKind);
    // A value may break two rules of its schema, such as 0.5 for a whole number from 1.
    const key = `${fault.path} ${fault.code === "KMS1001" ? fault.values.given : ""}`;
    sameKind.set(key, sameKind.get(key) ?? fault);
  }
  return [...alike.values()].flatMap((sameKind) => diagnosticsOf([...sameKind.values()]));
}

function diagnosticsOf(alike: Fault[]): Diagnostic[] {
  const [first] = alike;
  if (alike.length <= mostAlike || first === undefined) {
    return alike.map(({ code, path, values }) => diagnostic(code, "error", path, values));
  }
  const examples = alike.slice(1, mostAlike).map(({ path }) => path);
  const others = (alike.length - 1).toLocaleString("en-US");
  const more = ` The same applies to ${others} more items: ${examples.join(", ")} and others.`;
  return [diagnostic(first.code, "error", first.path, { ...first.values, more })];
}
