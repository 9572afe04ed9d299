import { findOperatingSystem } from "./operating-systems";
import type { Edition, OperatingSystemEntry } from "./operating-systems";
import { findProductName } from "./product-names";

/** An edition together with its operating system. */
export interface OsEdition {
  os: OperatingSystemEntry;
  edition: Edition;
}

/**
 * The edition of an operating system, by Microsoft's name or another spelling of it. Names that belong together
 * count as well: `Windows 10` with `Enterprise LTSB 2016` is `Windows 10 LTSB 2016` with `Enterprise LTSB`.
 */
export function findEdition(osName: string, editionName: string): OsEdition | undefined {
  const os = findOperatingSystem(osName);
  return (os && editionOf(os, editionName)) ?? printedEdition(`${osName} ${editionName}`);
}

/** The edition with this value of the registry's EditionID, and whether the value means an evaluation copy. */
export function findEditionById(
  osName: string,
  editionId: string,
): { edition: Edition; evaluation: boolean } | undefined {
  const wanted = editionId.toLowerCase();
  const has = (ids: string[] | undefined) => (ids ?? []).some((id) => id.toLowerCase() === wanted);
  const editions = findOperatingSystem(osName)?.editions ?? [];
  const full = editions.find(({ editionIds }) => has(editionIds));
  if (full !== undefined) {
    return { edition: full, evaluation: false };
  }
  const trial = editions.find(({ evaluationEditionIds }) => has(evaluationEditionIds));
  return trial && { edition: trial, evaluation: true };
}

function editionOf(os: OperatingSystemEntry, name: string): OsEdition | undefined {
  const edition = os.editions.find((entry) => entry.name === name || entry.aliases?.includes(name));
  return edition && { os, edition };
}

function printedEdition(name: string): OsEdition | undefined {
  const products = findProductName(name)?.products ?? [];
  const [first] = products;
  if (products.length !== 1 || first === undefined || first.editions === "all") {
    return undefined;
  }
  const os = findOperatingSystem(first.product);
  return os && editionOf(os, first.editions[0]);
}
