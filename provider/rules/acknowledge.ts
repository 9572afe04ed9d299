import { errorEntry } from "../errors/kms-error";
import type { AcknowledgementValues } from "./args.generated";
import { condensed, diagnostic, type Diagnostic } from "./diagnostic";
import { holdsPath } from "./paths";
import { dayAfter } from "./days";

/** How a resource wants its diagnostics treated. */
export interface Tolerance {
  /** Whether warnings are errors. */
  strict?: boolean;
  /** Diagnostics that are accepted. */
  acknowledge?: readonly AcknowledgementValues[];
  /** Paths of the arguments that are not known yet. */
  unknown?: ReadonlySet<string>;
  /** Day of the review, ISO 8601 date; without one, no acknowledgement has ended. */
  today?: string;
}

/**
 * Applies `acknowledge` and `strict` to the diagnostics of a resource. An acknowledged error becomes a warning and a
 * warning information; `strict` leaves both as they are. What is acknowledged wrongly is reported, and has no effect.
 */
export const settle = (diagnostics: readonly Diagnostic[], tolerance: Tolerance): Diagnostic[] => [
  ...condensed(wrongAcknowledgements(tolerance).flat()),
  ...tolerate(diagnostics, tolerance),
];

/** What is wrong with each acknowledgement. */
const wrongAcknowledgements = (tolerance: Tolerance): Diagnostic[][] =>
  (tolerance.acknowledge ?? []).map((one, index) =>
    acknowledgementDiagnostics(one, `acknowledge[${index}]`, tolerance),
  );

/** Applies `acknowledge` and `strict` to some of the diagnostics of a resource. */
export function tolerate(diagnostics: readonly Diagnostic[], tolerance: Tolerance): Diagnostic[] {
  const { strict = false, acknowledge = [], today } = tolerance;
  const wrong = wrongAcknowledgements(tolerance);
  const right = acknowledge.filter((_, index) => wrong[index].length === 0);
  const accepted = new Map(right.map((one) => [one.code, one]));
  return condensed(diagnostics).map((one) => {
    const acknowledgement = accepted.get(one.code);
    if (acknowledgement === undefined) {
      return strict ? stricter(one) : one;
    }
    const { reason = "", until } = acknowledgement;
    if (until !== undefined && today !== undefined && until < today) {
      const counting = strict ? stricter(one) : one;
      return { ...counting, message: `${counting.message} (acknowledged until ${until}: ${reason})` };
    }
    return accept(one, reason);
  });
}

const stricter = (one: Diagnostic): Diagnostic =>
  one.severity === "warning"
    ? { ...one, severity: "error", message: `${one.message} (an error because strict is set)` }
    : one;

const accept = (one: Diagnostic, reason: string): Diagnostic => ({
  ...one,
  severity: one.severity === "error" ? "warning" : "info",
  message: `${one.message} (acknowledged: ${reason})`,
  acknowledged: true,
});

/** How long what spends a host or an activation can be accepted: nobody remembers for longer why. */
const longestConsentDays = 366;

/** What is wrong with an acknowledgement; nothing where its code is not known yet. */
function acknowledgementDiagnostics(
  { code, until }: AcknowledgementValues,
  path: string,
  { unknown = new Set(), today }: Tolerance,
): Diagnostic[] {
  if (code === undefined) {
    return [];
  }
  const entry = errorEntry(code);
  if (entry === undefined) {
    return [diagnostic("KMS2301", "error", `${path}.code`, { given: code })];
  }
  const given = `${code} (${entry.title})`;
  if (entry.acknowledge === "until" && until === undefined && !holdsPath(unknown, `${path}.until`)) {
    return [diagnostic("KMS2304", "error", `${path}.until`, { given })];
  }
  const allowed = today === undefined ? undefined : dayAfter(today, longestConsentDays);
  if (entry.acknowledge === "until" && until !== undefined && allowed !== undefined && until > allowed) {
    return [diagnostic("KMS2305", "error", `${path}.until`, { given, until, allowed })];
  }
  return entry.acknowledge === "yes" || entry.acknowledge === "until"
    ? []
    : [diagnostic("KMS2303", "error", `${path}.code`, { given })];
}
