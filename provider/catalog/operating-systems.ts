import data from "./data/operating-systems.json";
import { nameIndex } from "./name-index";

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
}

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
  /** The channel that this is one release of. */
  releaseOf?: string;
  /** Microsoft's page for an operating system that the compatibility table leaves out for its age. */
  documentedElsewhere?: string;
  editions: Edition[];
  requirements?: string[];
  ambiguities?: string[];
  source: string;
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
