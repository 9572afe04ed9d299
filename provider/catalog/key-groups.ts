import data from "./data/key-groups.json";
import { nameIndex } from "./name-index";

/** Where a pair of key group and client is listed: in the table of 2019, on the present page only, or nowhere. */
export type Listing = "seed" | "current" | "unlisted";

/** An operating system that can be KMS host with a key of the group. */
export interface HostEntry {
  os: string;
  /** The editions that Microsoft names; absent where the table names none. */
  editions?: string[];
  requirements?: string[];
  ambiguities?: string[];
  source: string;
}

/** A product that a KMS host with a key of the group activates. */
export interface ClientEntry {
  /** As Microsoft's table prints it; `product-names.json` tells what it stands for. */
  name: string;
  listing: Listing;
  requirements?: string[];
  ambiguities?: string[];
  source: string;
}

/** A product key group: the kind of KMS host key (CSVLK). */
export interface KeyGroupEntry {
  /** Identifier in `KeyGroup`. */
  id: string;
  /** Microsoft's name. */
  name: string;
  aliases: string[];
  application: "windows" | "office";
  /** Family of the operating systems that can be its hosts. */
  hostFamily: "server" | "client" | "any";
  /** Activation ID of the host key's license; Office has one for each version. */
  activationId?: string;
  /** Number of the Office Volume License Pack in Microsoft's download center. */
  licensePackId?: number;
  /** Identifier of the next newer group. */
  supersededBy?: string;
  requirements?: string[];
  ambiguities?: string[];
  source: string;
  hosts: HostEntry[];
  clients: ClientEntry[];
}

const rows = data as KeyGroupEntry[];
const index = nameIndex(rows);

/** All product key groups. */
export function keyGroups(): readonly KeyGroupEntry[] {
  return rows;
}

/** The product key group of this name or alias. */
export function findKeyGroup(name: string): KeyGroupEntry | undefined {
  return index.find(name);
}

/** Names of product key groups that the given one may be a slip of, best first. */
export function suggestKeyGroups(name: string): string[] {
  return index.suggest(name);
}
