import { findHresult } from "../catalog/hresults";
import type { HresultSide } from "../catalog/hresults";

/** An HRESULT in words. */
export interface ExplainedHresult {
  hresult: string;
  /** Microsoft's symbolic name; "unnamed" where none is known. */
  name: string;
  meaning: string;
  /** What to do, in whole sentences. */
  remedy: string;
}

/** What an HRESULT of the licensing service means on a KMS host or a client, and what to do. */
export function explainHresult(hresult: string, side: HresultSide): ExplainedHresult {
  const known = findHresult(hresult, side);
  if (known === undefined) {
    return {
      hresult,
      name: "unnamed",
      meaning: "a code that this package does not know",
      remedy: `Run slui.exe 0x2a ${hresult} on a Windows machine: it shows Microsoft's text.`,
    };
  }
  return {
    hresult: known.hresult,
    name: known.name ?? "unnamed",
    meaning: known.meaning,
    remedy: known.remedy,
  };
}
