import data from "./data/key-groups.json";
import { nameIndex } from "./find-by-name";
import {
  findEdition,
  findOperatingSystem,
  type OperatingSystemEntry,
  type OsEdition,
} from "./operating-systems";
import { findProductName, productNames } from "./product-names";
import { setupKeys } from "./setup-keys";

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

/** The row that lets this operating system be KMS host with a key of the group; it may name editions. */
export function findHosting(group: KeyGroupEntry, os: string): HostEntry | undefined {
  const name = findOperatingSystem(os)?.name;
  return group.hosts.find((host) => host.os === name);
}

/** The product key groups that this operating system can be KMS host for. */
export function groupsHostedOn(os: string): KeyGroupEntry[] {
  return keyGroups().filter((group) => findHosting(group, os) !== undefined);
}

/** Clients of each group by product, with "all" or an edition. */
const clientsByGroup = new Map(keyGroups().map((group) => [group.id, clientsOf(group)]));

/**
 * The row by which a key of the group activates this product; its `listing` tells where Microsoft says so.
 * An unknown edition is found only where the group activates all editions.
 */
export function findServing(group: KeyGroupEntry, product: string, edition: string): ClientEntry | undefined {
  const clients = clientsByGroup.get(group.id)!;
  const known = findEdition(product, edition);
  const editionName = known?.edition.name ?? edition;
  return productsOf(product, known)
    .flatMap((name) => [id(name, editionName), id(name, "all")])
    .map((key) => clients.get(key))
    .find((entry) => entry !== undefined);
}

/** The product key groups that activate this product, by listing or without. */
export function groupsServing(product: string, edition: string): KeyGroupEntry[] {
  return keyGroups().filter((group) => findServing(group, product, edition) !== undefined);
}

/** A release of a channel is served where the channel is. */
function productsOf(product: string, known: OsEdition | undefined): string[] {
  const os = known?.os ?? findOperatingSystem(product);
  return os === undefined ? [product] : [os.name, ...(os.releaseOf === undefined ? [] : [os.releaseOf])];
}

function clientsOf(group: KeyGroupEntry): Map<string, ClientEntry> {
  const rows = group.clients.flatMap((client) =>
    (findProductName(client.name)?.products ?? []).flatMap(({ product, editions }) =>
      (editions === "all" ? ["all"] : editions).map((edition) => [id(product, edition), client] as const),
    ),
  );
  return new Map(rows);
}

function id(product: string, edition: string): string {
  return `${product}\n${edition}`;
}

/** The key group of an Office version, by its short or full name: `LTSC 2024`, `Office LTSC 2024`. */
export const officeGroup = (version: string): KeyGroupEntry | undefined =>
  [version, `${version} Volume License Pack`, `Office ${version} Volume License Pack`, `Office ${version}`]
    .map(findKeyGroup)
    .find((entry) => entry?.application === "office");

/** Microsoft's name of the Office version; its setup keys are listed under it. */
export const officeName = ({ name }: Pick<KeyGroupEntry, "name">) => name.replace(" Volume License Pack", "");

/** The full name of an Office version; the given text for one that the catalogue lacks. */
export function officeNameOf(version: string): string {
  const group = officeGroup(version);
  return group === undefined ? version : officeName(group);
}

const officeSuite = (version: string) =>
  productNames().find(({ products }) => products.some(({ product }) => product === officeNameOf(version)));

/** End of Microsoft's support of an Office version, ISO 8601 date; undefined for one that the catalogue lacks. */
export const officeEndOfSupport = (version: string): string | undefined => officeSuite(version)?.endOfSupport;

/** The oldest operating system of each family on which Microsoft supports an Office version, as far as it says so. */
export const oldestSystemsOfOffice = (version: string): OperatingSystemEntry[] =>
  (officeSuite(version)?.oldestSystems ?? []).flatMap((name) => findOperatingSystem(name) ?? []);

/** Names of all volume editions of Office in the catalogue. */
export const officeVersions = () =>
  keyGroups()
    .filter(({ application }) => application === "office")
    .map(officeName);

/** Editions and single products of an Office version that have a setup key. */
export const officeEditions = (version: string) =>
  setupKeys()
    .filter(({ product }) => product === officeNameOf(version))
    .map(({ edition }) => edition);

/** The edition of an Office version that is activated where no other is named: Professional Plus. */
export const defaultOfficeProduct = (version: string): string | undefined =>
  officeEditions(version).find((edition) => edition.includes("Professional Plus"));
