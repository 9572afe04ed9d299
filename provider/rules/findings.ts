import { causeCodes, findHresult, type HresultSide } from "../catalog/hresults";
import type { Diagnostic } from "./diagnostic";

/** What the preview reported that may be the cause of a failure at update. */
export interface Finding {
  /** Code of the error reference. */
  code: string;
  /** The whole text; that of another resource with its name before it. */
  message: string;
}

const codesOf = { host: causeCodes("host"), client: causeCodes("client", "azureKms") };

/**
 * The diagnostics that name a cause of what a KMS host or a client may report.
 * @param of comes before each text
 */
export const findingsIn = (
  diagnostics: readonly Diagnostic[],
  side: keyof typeof codesOf,
  of = "",
): Finding[] =>
  diagnostics
    .filter(({ code }) => codesOf[side].has(code))
    .map(({ code, message }) => ({ code, message: `${of}${message}` }));

/** The findings that may have led to an HRESULT, the most likely first. */
export function findingsFor(
  hresult: string,
  side: HresultSide,
  findings: readonly Finding[] = [],
): Finding[] {
  const codes = findHresult(hresult, side)?.causes.flatMap((cause) => cause.codes ?? []) ?? [];
  return [...new Set(codes)].flatMap((code) => findings.filter((finding) => finding.code === code));
}
