import data from "./data/hresults.json";

/** Which machine reports an HRESULT; `azureKms`: a client of Azure's own KMS. */
export type HresultSide = "host" | "client" | "azureKms";

/** What may have led to an HRESULT. */
export interface HresultCause {
  /** Names the cause within its code, for example `portClosed`; it keeps its meaning. */
  id: string;
  /** In words, to follow "because". */
  cause: string;
  /** Diagnostics of the preview by which the program itself says that this is the cause, the surest first. */
  codes?: string[];
  source: string;
}

/** What an HRESULT of the licensing service means. */
export interface HresultEntry {
  /** `0x` and eight upper-case hexadecimal digits. */
  hresult: string;
  side: HresultSide | "both";
  /** What went wrong on a client: finding a KMS host, reaching it, or being served by it. */
  about?: "discovery" | "reach" | "product";
  /** Microsoft's symbolic name, where one is known. */
  name?: string;
  meaning: string;
  /** The most likely first. */
  causes: HresultCause[];
  remedy: string;
  /** Whether no text of Microsoft's says what it means. */
  unconfirmed?: boolean;
  source: string;
}

const rows = data as HresultEntry[];

/** All HRESULTs; one that means different things on host and client has a row for each. */
export function hresults(): readonly HresultEntry[] {
  return rows;
}

/** Sides whose rows explain an HRESULT on this one, best first. */
const sides: Record<HresultSide, HresultEntry["side"][]> = {
  host: ["host", "both"],
  client: ["client", "both"],
  azureKms: ["azureKms", "client", "both"],
};

/** All diagnostics of the preview that name a cause of an HRESULT on one of these sides. */
export const causeCodes = (...of: HresultSide[]): ReadonlySet<string> => {
  const shown = new Set(of.flatMap((side) => sides[side]));
  return new Set(
    rows
      .filter(({ side }) => shown.has(side))
      .flatMap(({ causes }) => causes.flatMap(({ codes }) => codes ?? [])),
  );
};

/** What an HRESULT means on this side; what it means on the other when nothing else is known. */
export function findHresult(hresult: string, side: HresultSide): HresultEntry | undefined {
  const wanted = hresult.toLowerCase();
  const found = rows.filter((row) => row.hresult.toLowerCase() === wanted);
  const best = sides[side].map((from) => found.find((row) => row.side === from));
  return best.find((row) => row !== undefined) ?? found[0];
}

/** An HRESULT in words. */
export interface ExplainedHresult {
  hresult: string;
  /** Microsoft's symbolic name; "unnamed" where none is known. */
  name: string;
  meaning: string;
  /** What to do, in whole sentences. */
  remedy: string;
}

/** HRESULTs that say nothing of what failed. */
const unspecific = new Set(["0x80004005", "0x80041001"]);

/**
 * What an HRESULT of the licensing service means on a KMS host or a client, and what to do.
 * @param detail the error's identifier and text, which is shown where the HRESULT does not say what failed
 */
export function explainHresult(hresult: string, side: HresultSide, detail?: string): ExplainedHresult {
  const known = findHresult(hresult, side);
  const shown =
    detail !== undefined && (known === undefined || unspecific.has(known.hresult)) ? ` (${detail})` : "";
  if (known === undefined) {
    return {
      hresult,
      name: "unnamed",
      meaning: `a code that this package does not know${shown}`,
      remedy: `Run slui.exe 0x2a ${hresult} on a Windows machine: it shows Microsoft's text.`,
    };
  }
  return {
    hresult: known.hresult,
    name: known.name ?? "unnamed",
    meaning: `${known.meaning}${shown}`,
    remedy: known.remedy,
  };
}
