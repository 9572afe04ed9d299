import type { ErrorObject } from "ajv";
import { nearest } from "../catalog/find-by-name";
import { diagnostic, type Diagnostic } from "../rules/diagnostic";
import type { KnownPart } from "./known-part";

/** The parts of a JSON schema that messages are made from. */
interface SchemaNode {
  /** What is allowed, in words. */
  description?: string;
  properties?: Record<string, SchemaNode>;
}

/** A validator that ajv generated; it leaves its errors on itself, each with the schema it broke. */
export interface Validator {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/** Longest value that an error repeats. */
const shownLength = 60;

/** Members whose value is never repeated. */
const secretMembers = new Set([
  "productKey",
  "adminPassword",
  "confirmationId",
  "password",
  "privateKey",
  "passphrase",
  "secret",
]);

/** Checks names, types and ranges of arguments; a value that is not known yet is not missing. */
export function argumentDiagnostics(validate: Validator, args: KnownPart): Diagnostic[] {
  if (validate(args.values)) {
    return [];
  }
  const diagnostics = (validate.errors ?? [])
    .filter((error) => !args.unknownPaths.has(checkedPath(error)))
    .map((error) => argumentDiagnostic(error, args.values));
  // A value may break two rules of its schema, such as 0.5 for a whole number from 1.
  return [...new Map(diagnostics.map((one) => [one.message, one])).values()];
}

function argumentDiagnostic(error: ErrorObject, values: unknown): Diagnostic {
  const path = propertyPath(error.instancePath);
  const schema = (error.parentSchema ?? {}) as SchemaNode;
  switch (error.keyword) {
    case "additionalProperties": {
      const given = String(error.params.additionalProperty);
      const names = Object.keys(schema.properties ?? {});
      const [guess] = nearest(given, names);
      const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
      return diagnostic("KMS1001", "error", join(path, given), { given, allowed: names.join(", "), hint });
    }
    case "required": {
      const allowed = schema.properties?.[String(error.params.missingProperty)]?.description ?? "a value";
      return diagnostic("KMS1002", "error", missingPath(error), { allowed });
    }
    default: {
      const given = shown(path, valueAt(values, error.instancePath));
      return diagnostic("KMS1003", "error", path, {
        given,
        allowed: schema.description ?? error.message ?? "",
      });
    }
  }
}

/** The value that an error is about. Members that are not known yet are missing, items of a list are undefined. */
const checkedPath = (error: ErrorObject) =>
  error.keyword === "required" ? missingPath(error) : propertyPath(error.instancePath);

const missingPath = (error: ErrorObject) =>
  join(propertyPath(error.instancePath), String(error.params.missingProperty));

const join = (path: string, member: string) => (path === "" ? member : `${path}.${member}`);

/** `/srvRecords/0/port` as the user writes it: `srvRecords[0].port`. */
function propertyPath(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : join(path, part)), "");
}

function valueAt(values: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], values);
}

function shown(path: string, value: unknown): string {
  if (secretMembers.has(path.split(".").at(-1) ?? "")) {
    return typeof value === "string" ? `a text of ${value.length} characters` : `a ${typeof value}`;
  }
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  if (typeof value === "object" && value !== null) {
    return "an object";
  }
  const text = typeof value === "string" ? `"${value}"` : String(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
