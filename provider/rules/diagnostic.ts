import { errorEntries, formatError, type KmsError } from "../errors/kms-error";

/** How much a diagnostic weighs: an error stops the preview, a warning does not, an info only tells. */
export type Severity = "error" | "warning" | "info";

/** What a rule says about the program. */
export interface Diagnostic {
  /** Stable code of the error registry. */
  code: string;
  /** The user's own property path, for example `vm.subnetId`. */
  property: string;
  /** How much it weighs, after `strict` and `acknowledge`. */
  severity: Severity;
  /** Code, path, fact and fix in one text. */
  message: string;
}

/** A diagnostic whose text is the registry's, with these values. */
export function diagnostic(
  code: string,
  severity: Severity,
  property: string,
  values: Record<string, string | number>,
): Diagnostic {
  return { code, severity, property, message: formatError(code, { property, values }) };
}

/** An error that a look-up threw, as what a rule says. */
export const errorDiagnostic = ({ code, property = "", message }: KmsError): Diagnostic => ({
  code,
  severity: "error",
  property,
  message,
});

/** How a resource wants its warnings treated. */
export interface Tolerance {
  /** Turns warnings into errors. */
  strict?: boolean;
  /** Codes of warnings that are known and accepted; they are shown as information. */
  acknowledge?: string[];
}

/** Applies `acknowledge` and `strict` to a resource's diagnostics; a code that does not exist is an error. */
export function settle(
  diagnostics: Diagnostic[],
  { strict = false, acknowledge = [] }: Tolerance,
): Diagnostic[] {
  const accepted = new Set(acknowledge);
  const settled = diagnostics.map((one): Diagnostic => {
    if (one.severity !== "warning") {
      return one;
    }
    if (accepted.has(one.code)) {
      return { ...one, severity: "info", message: `${one.message} (acknowledged)` };
    }
    return strict
      ? { ...one, severity: "error", message: `${one.message} (an error, since strict is set)` }
      : one;
  });
  return [...unknownCodes(acknowledge), ...settled];
}

function unknownCodes(acknowledge: string[]): Diagnostic[] {
  const known = new Set(errorEntries().map(({ code }) => code));
  return acknowledge.flatMap((code, index) =>
    known.has(code) ? [] : [diagnostic("KMS2301", "error", `acknowledge[${index}]`, { given: code })],
  );
}

/** A sentence with the best guess at what was meant; "" without one. */
export function hintOf([guess]: string[]): string {
  return guess === undefined ? "" : ` Did you mean "${guess}"?`;
}
