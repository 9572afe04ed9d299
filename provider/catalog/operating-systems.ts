import data from "./data/operating-systems.json";
import { nameIndex } from "./find-by-name";
import { findProductName } from "./product-names";

/** A server activates from a lower count than a client operating system, and hosts KMS for both. */
export type OsFamily = "server" | "client";

/** An edition of an operating system. */
export interface Edition {
  /** As Microsoft's page of setup keys prints it. */
  name: string;
  aliases?: string[];
  /** Values of the registry's EditionID. */
  editionIds: string[];
  /** Values of EditionID of its evaluation copies. */
  evaluationEditionIds?: string[];
  /** Activated by Azure; can't be a KMS host. */
  azureOnly?: boolean;
  /**
   * Several users work on one machine at once. It activates in Azure alone, can't be a KMS client or host, and reports
   * itself as a server.
   */
  multiSession?: boolean;
  /** Page about an edition with rules of its own. */
  source?: string;
}

/** What is known of an operating system, each with a source of its own. */
export type OperatingSystemFact = "builds" | "endOfSupport" | "extendedSecurityUpdatesUntil" | "editionIds";

/** An operating system of the catalogue. */
export interface OperatingSystemEntry {
  /** Identifier in `OperatingSystem`. */
  id: string;
  /** Microsoft's name. */
  name: string;
  aliases?: string[];
  family: OsFamily;
  /** Values of CurrentBuild; several operating systems may share one. */
  builds: number[];
  /** End of Microsoft's ordinary support, ISO 8601 date; absent where it differs by version. */
  endOfSupport?: string;
  /** Last day of the Extended Security Updates that can be bought, ISO 8601 date. */
  extendedSecurityUpdatesUntil?: string;
  /** The channel that this is one release of. */
  releaseOf?: string;
  /** Microsoft's page for an operating system that the compatibility table leaves out for its age. */
  documentedElsewhere?: string;
  editions: Edition[];
  requirements?: string[];
  ambiguities?: string[];
  /** The page of each fact. */
  sources: Partial<Record<OperatingSystemFact, string>>;
  /** Facts that no page of Microsoft's was found to say. */
  unconfirmed?: OperatingSystemFact[];
}

const rows = data as OperatingSystemEntry[];
const index = nameIndex(rows);

/** All operating systems, newest server first. */
export function operatingSystems(): readonly OperatingSystemEntry[] {
  return rows;
}

/** The operating system of this name or alias. */
export function findOperatingSystem(name: string): OperatingSystemEntry | undefined {
  return index.find(name);
}

/** Names of operating systems that the given one may be a slip of, best first. */
export function suggestOperatingSystems(name: string): string[] {
  return index.suggest(name);
}

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

/** Whether an edition is for the session hosts of Azure Virtual Desktop: Azure's own KMS alone activates it, without a setup key. */
export const isMultiSession = (os: string | undefined, edition: string | undefined): boolean =>
  os !== undefined && edition !== undefined && findEdition(os, edition)?.edition.multiSession === true;

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

/** Whether a build is newer than all that are known of this operating system, and of no other one. */
export function isNewerBuild({ builds }: OperatingSystemEntry, build: number): boolean {
  const isKnown = rows.some((os) => os.builds.includes(build));
  return builds.length > 0 && !isKnown && build > Math.max(...builds);
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

/** An edition of an operating system, as a machine reports it. */
export interface FoundSystem {
  os: OperatingSystemEntry;
  edition: Edition;
  /** Whether it is an evaluation copy. */
  evaluation: boolean;
}

const systemKey = (build: number | string, editionId: string) => `${build} ${editionId.toLowerCase()}`;

const systemsByKey = new Map<string, FoundSystem>(
  operatingSystems().flatMap((os) =>
    os.editions.flatMap((edition) =>
      os.builds.flatMap((build) => [
        ...(edition.evaluationEditionIds ?? []).map(
          (id) => [systemKey(build, id), { os, edition, evaluation: true }] as const,
        ),
        ...edition.editionIds.map(
          (id) => [systemKey(build, id), { os, edition, evaluation: false }] as const,
        ),
      ]),
    ),
  ),
);

/** What a machine runs by its build, with or without revision, and the registry's EditionID; undefined where that is not known. */
export const findSystem = (osBuild: string, editionId: string): FoundSystem | undefined =>
  systemsByKey.get(systemKey(osBuild.split(".", 1)[0], editionId));
