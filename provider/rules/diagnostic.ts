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
