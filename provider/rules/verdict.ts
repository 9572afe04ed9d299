import { type KmsError, formatError } from "../errors/kms-error";

/** How much a verdict weighs: an error stops the preview, a warning does not, an info only tells. */
export type Severity = "error" | "warning" | "info";

/** What a rule says about the program. */
export interface Verdict {
  /** Stable code of the error registry. */
  code: string;
  /** The user's own property path, for example `vm.subnetId`. */
  property: string;
  /** How much it weighs, after `strict` and `acknowledge`. */
  severity: Severity;
  /** Code, path, fact and fix in one text. */
  message: string;
}

/** A verdict whose text is the registry's, with these values. */
export function verdict(
  code: string,
  severity: Severity,
  property: string,
  values: Record<string, string | number>,
): Verdict {
  return { code, severity, property, message: formatError(code, { property, values }) };
}

/** An error that a look-up threw, as what a rule says. */
export const errorVerdict = ({ code, property = "", message }: KmsError): Verdict => ({
  code,
  severity: "error",
  property,
  message,
});
