import type { ErrorObject } from "ajv";
import { nearest } from "../catalog/find-by-name";
import { alikeDiagnostics, type Diagnostic, listed, mostAlike, shownValue } from "../rules/diagnostic";
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
  "values" | "unknown" | "undecided" | "absent" | "failed" | "tree" | "isSecret"
>;

interface ShapeFault {
  code: string;
  path: string;
  /** The same for faults that one message can stand for: the path without what tells items and entries apart. */
  kind: string;
  /** What is allowed, where that tells faults of a kind apart. */
  allowed?: string;
  /** The name that does not exist, unless it is secret. */
  name?: string;
  /** Values of its text besides what is allowed, worked out for the faults that are reported. */
  values(): Record<string, string>;
}

/** A value that an error is about, with its path as the program writes it. */
interface Place {
  path: string;
  /** The path without indexes, and without the names that the program chose itself. */
  kind: string;
  value: unknown;
  node: ArgumentNode | undefined;
}

/** Checks names, types and ranges of arguments, and that what decides children and rules is known. */
export function argumentDiagnostics(validate: Validator, opened: Opened): Diagnostic[] {
  const errors = validate(opened.values) ? [] : (validate.errors ?? []);
  const faults = [
    ...errors.flatMap((error) => shapeFaults(error, opened)),
    ...opened.undecided.map(({ path, members }) => undecidedFault(path, members)),
    ...opened.failed.map(({ path, reason }) => ({
      code: "KMS1015",
      path,
      kind: kindOfPath(path),
      values: () => ({ reason }),
    })),
  ];
  return explainAbsent(reported(faults), opened.absent);
}

/** Codes that report something as missing. */
const missing = new Set(["KMS1002", "KMS1004", "KMS1008", "KMS2241"]);

/** Adds to what is reported as missing that the program does name it: it is undefined then. */
export function explainAbsent(diagnostics: readonly Diagnostic[], absent: ReadonlySet<string>): Diagnostic[] {
  return diagnostics.map((one) => {
    const paths = missing.has(one.code)
      ? [...absent].filter((path) => path === one.path || path.startsWith(`${one.path}.`))
      : [];
    const [verb, comes] = paths.length === 1 ? ["is", "it comes"] : ["are", "they come"];
    const message = `${one.message} ${listed(paths)} ${verb} named in the program, but undefined: check the configuration or the output that ${comes} from.`;
    return paths.length === 0 ? one : { ...one, message };
  });
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
      const kind = memberPath(place.kind, missing);
      return isUnknown(path) ? [] : [{ code: "KMS1002", path, kind, allowed, values: () => ({}) }];
    }
    default:
      return isUnknown(place.path) ? [] : [notAllowed(error, place, schema, opened)];
  }
}

/** The names in a secret object are as secret as its values. */
function unknownArgument(
  { path, kind }: Place,
  given: string,
  schema: SchemaNode,
  { isSecret }: Opened,
): ShapeFault {
  const names = Object.keys(schema.properties ?? {});
  const secret = isSecret(path);
  return {
    code: "KMS1001",
    path: secret ? path : memberPath(path, given),
    kind,
    name: secret ? undefined : given,
    values: () => {
      const [guess] = nearest(given, names);
      return {
        given: secret
          ? "one of the names in this secret"
          : /^\w+$/.test(given)
            ? given
            : JSON.stringify(given),
        allowed: names.join(", "),
        hint: `${guess === undefined ? "" : ` Did you mean ${guess}?`}${secret ? "" : signPostFor(path, given)}`,
      };
    },
  };
}

function notAllowed(
  error: ErrorObject,
  { path, kind, value, node }: Place,
  schema: SchemaNode,
  { isSecret }: Opened,
): ShapeFault {
  const allowed = schema.description ?? error.message ?? "";
  const fault = { code: "KMS1003", path, kind, allowed };
  if (error.keyword === "uniqueItems") {
    const { i, j } = error.params as { i: number; j: number };
    const given = `a list whose items ${Math.min(i, j)} and ${Math.max(i, j)} are equal`;
    return { ...fault, values: () => ({ given }) };
  }
  return {
    ...fault,
    values: () => {
      const secret = isSecret(path);
      const slip = (schema.slips ?? []).find(
        ({ pattern }) => !secret && typeof value === "string" && new RegExp(pattern).test(value),
      );
      return {
        given: shownValue(value, secret),
        hint: slip === undefined ? resourceHint(node, value) : ` ${slip.hint}`,
      };
    },
  };
}

/** What to give in place of a resource, or of its name or an output of another stack. */
const resourceHint = (node: ArgumentNode | undefined, value: unknown): string =>
  node?.kind === "value" && shownValue(value) === "a resource"
    ? " Give a property of that resource, such as its id or its name."
    : node?.kind === "resource" && !shownValue(value).startsWith("a resource")
      ? ` It has to be the ${node.type} itself, not its name or outputs. If another stack manages it, declare it in this program with readOnly: true.`
      : "";

/** A path without what tells items apart. */
const kindOfPath = (path: string) => path.replace(/\[\d+\]/g, "[]");

function undecidedFault(path: string, members: string[]): ShapeFault {
  const because = members.length === 0 ? "" : ` because of ${members.join(", ")}`;
  return { code: "KMS1006", path, kind: kindOfPath(path), values: () => ({ because }) };
}

/**
 * The place that an error's JSON pointer leads to. In a secret the path ends before a name that the program chose itself,
 * such as that of a tag.
 */
function placeOf({ instancePath }: ErrorObject, { values, tree, isSecret }: Opened): Place {
  const keys = instancePath
    .split("/")
    .slice(1)
    .map((key) => (key.includes("~") ? key.replace(/~1/g, "/").replace(/~0/g, "~") : key));
  let node: ArgumentNode | undefined = tree;
  let path = "";
  let kind = "";
  let value = values;
  for (const key of keys) {
    kind = Array.isArray(value) || node?.kind === "map" ? `${kind}[]` : memberPath(kind, key);
    if (node?.kind !== "map" || !isSecret(path)) {
      path = Array.isArray(value) ? itemPath(path, Number(key)) : memberPath(path, key);
    }
    node = childNode(node, key);
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
  return { path, kind, value, node };
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

/** So many names that one place does not have are reported one by one; of more, the first stands for all. */
const mostNames = 10;

/** One diagnostic for each fault; equal faults of many items are one. */
function reported(faults: readonly ShapeFault[]): Diagnostic[] {
  const kinds = grouped(faults, ({ code, kind, allowed = "" }) => `${code} ${kind} ${allowed}`);
  return kinds.flatMap((ofKind) => {
    // A value may break two rules of its schema, such as 0.5 for a whole number from 1.
    const all = grouped(ofKind, ({ path, name = "" }) => `${path} ${name}`).map(([first]) => first);
    const byName = grouped(all, ({ name = "" }) => name);
    return (byName.length > mostNames ? [all] : byName).flatMap(alike);
  });
}

const alike = (faults: readonly ShapeFault[]): Diagnostic[] =>
  alikeDiagnostics(
    faults[0].code,
    "error",
    faults.map(({ path, allowed = "", values }, place) => ({
      path,
      values: place < mostAlike ? { allowed, ...values() } : {},
    })),
  );

/** Items in groups with the same key, both in the order of their first item. */
function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): [Item, ...Item[]][] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return [...groups.values()];
}
