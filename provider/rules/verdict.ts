import { errorEntries, formatError, type KmsError } from "../errors/kms-error";

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

/** How a resource wants its warnings treated. */
export interface Tolerance {
  /** Turns warnings into errors. */
  strict?: boolean;
  /** Codes of warnings that are known and accepted; they are shown as information. */
  acknowledge?: string[];
}

/** Applies `acknowledge` and `strict` to a resource's verdicts; a code that does not exist is an error. */
export function settle(verdicts: Verdict[], { strict = false, acknowledge = [] }: Tolerance): Verdict[] {
  const accepted = new Set(acknowledge);
  const settled = verdicts.map((one): Verdict => {
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

function unknownCodes(acknowledge: string[]): Verdict[] {
  const known = new Set(errorEntries().map(({ code }) => code));
  return acknowledge.flatMap((code, index) =>
    known.has(code) ? [] : [verdict("KMS2301", "error", `acknowledge[${index}]`, { given: code })],
  );
}

/** A sentence with the best guess at what was meant; "" without one. */
export function hintOf([guess]: string[]): string {
  return guess === undefined ? "" : ` Did you mean "${guess}"?`;
}
