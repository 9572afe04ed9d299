import type { ErrorObject } from "ajv";
import { nearest } from "../catalog/find-by-name";
import { alikeDiagnostics, type Diagnostic, type Fault, shownValue } from "../rules/diagnostic";
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

interface ShapeFault extends Fault {
  code: string;
}

/** A value that an error is about, with its path as the program writes it. */
interface Place {
  path: string;
  value: unknown;
}

/** Checks names, types and ranges of arguments, and that what decides children and rules is known. */
export function argumentDiagnostics(validate: Validator, opened: Opened): Diagnostic[] {
  const errors = validate(opened.values) ? [] : (validate.errors ?? []);
  const faults = [
    ...errors.flatMap((error) => shapeFaults(error, opened)),
    ...opened.undecided.map(({ path, members }) => undecidedFault(path, members)),
  ];
  return reported(faults);
}

function shapeFaults(error: ErrorObject, opened: Opened): ShapeFault[] {
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

function unknownArgument(
  { path }: Place,
  given: string,
  schema: SchemaNode,
  { isSecret }: Opened,
): ShapeFault {
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
): ShapeFault {
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
    values: { given: shownValue(value, secret), allowed, hint: slip === undefined ? "" : ` ${slip.hint}` },
  };
}

function undecidedFault(path: string, members: string[]): ShapeFault {
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

/** One diagnostic for each fault; equal faults of many items are one. */
function reported(faults: ShapeFault[]): Diagnostic[] {
  const alike = new Map<string, Map<string, ShapeFault>>();
  for (const fault of faults) {
    const kind = `${fault.code} ${fault.path.replace(/\[\d+\]/g, "[]")} ${fault.values.allowed ?? ""}`;
    const sameKind = alike.get(kind) ?? new Map<string, ShapeFault>();
    alike.set(kind, sameKind);
    // A value may break two rules of its schema, such as 0.5 for a whole number from 1.
    const key = `${fault.path} ${fault.code === "KMS1001" ? fault.values.given : ""}`;
    sameKind.set(key, sameKind.get(key) ?? fault);
  }
  return [...alike.values()].flatMap((sameKind) => {
    const all = [...sameKind.values()];
    return alikeDiagnostics(all[0].code, "error", all);
  });
}
