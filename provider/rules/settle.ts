import { errorEntries } from "../errors/kms-error";
import { type Verdict, verdict } from "./verdict";

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
