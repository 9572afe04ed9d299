import { formatError, type KmsError } from "../errors/kms-error";

/** How much a diagnostic weighs: an error stops the preview, a warning does not, an information only informs. */
export type Severity = "error" | "warning" | "info";

/** What the package reports about a resource of the program. */
export interface Diagnostic {
  /** Stable code of the error reference, `KMS` and four digits. */
  code: string;
  /** How much it weighs, after `strict` and `acknowledge`. */
  severity: Severity;
  /** The user's own property path, for example `machine.create.subnetId`; "" for the resource as a whole. */
  path: string;
  /** Code, path, fact and remedy in one text. */
  message: string;
  /** Whether the program acknowledges it, which took one step off its severity. */
  acknowledged?: boolean;
}

/** A diagnostic whose text is the registry's, with these values. */
export function diagnostic(
  code: string,
  severity: Severity,
  path: string,
  values: Record<string, string | number> = {},
): Diagnostic {
  return { code, severity, path, message: formatError(code, { property: path, values }) };
}

/** An error that a look-up threw, as a diagnostic. */
export const errorDiagnostic = ({ code, property = "", message }: KmsError): Diagnostic => ({
  code,
  severity: "error",
  path: property,
  message,
});

/** A sentence with the best guess at what was meant; "" without one. */
export function hintOf([guess]: string[]): string {
  return guess === undefined ? "" : ` Did you mean "${guess}"?`;
}

/** `1 host`, `2 hosts` */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** `a, b and c` */
export function listed(items: readonly string[], conjunction: "and" | "or" = "and"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

/**
 * Some of several that were just counted, as the subject of a verb in two forms: `it is`, `all of them are`, `1 of them is`;
 * "" for none.
 */
export function someOf(some: number, all: number, one: string, many: string): string {
  if (some === 0) {
    return "";
  }
  return some === all
    ? all === 1
      ? `it ${one}`
      : `all of them ${many}`
    : `${some} of them ${some === 1 ? one : many}`;
}

/** Longest value that a diagnostic repeats. */
const shownLength = 60;

/** A given value in words; a secret, and what looks like a product key, by its size alone. */
export function shownValue(value: unknown, secret = false): string {
  if (typeof value === "symbol") {
    return value.description ?? "";
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  }
  if (typeof value === "object" && value !== null) {
    return "an object";
  }
  if (value === undefined || value === null) {
    return value === null ? "null" : "undefined";
  }
  if (secret || looksLikeKey(value)) {
    return typeof value === "string"
      ? `a text of ${counted(value.length, "character")}`
      : `a ${typeof value}`;
  }
  if (typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  const text = typeof value === "string" ? `"${withoutCredentials(value)}"` : `a ${typeof value}`;
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

/** The query of a URL may hold a signature, and what stands before its host a password. */
const withoutCredentials = (text: string) =>
  text.replace(/(\w:\/\/)[^/?#@]*@/g, "$1").replace(/(\w:\/\/[^?\s]*)\?.*/gs, "$1");

/** A product key in the wrong place is still one. */
const looksLikeKey = (value: unknown) =>
  typeof value === "string" && /\b[A-Z0-9]{5}(-[A-Z0-9]{5}){4}\b/i.test(value);

/** One of several faults of a kind: where it is, and the values of its text. */
export interface Fault {
  path: string;
  values: Record<string, string>;
}

/** So many faults of a kind are reported one by one; of more, the first stands for all. */
export const mostAlike = 3;

/** Diagnostics of faults of one kind, for a text that ends in `{more}`. */
export function alikeDiagnostics(code: string, severity: Severity, faults: readonly Fault[]): Diagnostic[] {
  const [first] = faults;
  if (faults.length <= mostAlike || first === undefined) {
    return faults.map(({ path, values }) => diagnostic(code, severity, path, values));
  }
  return [diagnostic(code, severity, first.path, { ...first.values, more: sameElsewhere(faults) })];
}

/** Where else the fault of the first of several is, with two examples. */
function sameElsewhere(faults: readonly { path: string }[]): string {
  const examples = faults.slice(1, mostAlike).map(({ path }) => path);
  const others = (faults.length - 1).toLocaleString("en-US");
  return ` The same applies to ${others} more items: ${examples.join(", ")} and others.`;
}

/** So many items of one list are reported by a rule one by one; of more, the first stands for all. */
const mostItems = 10;

/** Diagnostics of which no rule reports thousands of items of one list. */
export function condensed(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const kinds = new Map<string, Diagnostic[]>();
  for (const one of diagnostics) {
    const kind = `${one.code} ${one.severity} ${one.path.replace(/\[\d+\]/g, "[]")}`;
    const same = kinds.get(kind) ?? [];
    kinds.set(kind, same);
    same.push(one);
  }
  const [many, few] = [new Map<Diagnostic, Diagnostic[]>(), new Set<Diagnostic>()];
  for (const same of kinds.values()) {
    if (same.length > mostItems && same[0].path.includes("[")) {
      many.set(same[0], same);
    } else {
      same.forEach((one) => few.add(one));
    }
  }
  return diagnostics.flatMap((one) => {
    const same = many.get(one);
    return same === undefined
      ? few.has(one)
        ? [one]
        : []
      : [{ ...one, message: `${one.message}${sameElsewhere(same)}` }];
  });
}
