import {
  type KeyGroupEntry,
  keyGroups,
  neededUpdates,
  type OperatingSystemEntry,
  operatingSystems,
  pairVerdict,
  setupKeys,
} from "./product";

/** What a key group does for a product, as the pages show it. */
export type Listing = "yes" | "unlisted" | "no";

interface Product {
  product: string;
  family: "server" | "client" | "office";
}

/** A row of the compatibility matrix: an operating system or Office suite with editions that all key groups treat alike. */
export interface MatrixRow extends Product {
  editions: string[];
  /** By the identifier of the key group. */
  listings: Map<string, Listing>;
  /** Whether these are all editions of the product. */
  all: boolean;
}

/** What a KMS host with a key of a group can do for a row, and the updates that the host needs. */
export interface Pair {
  listing: Listing;
  updates: string[];
}

/** Rows for operating systems. Releases of a channel are left out: they are treated as the channel is. */
export function clientRows(): MatrixRow[] {
  return documentedSystems()
    .filter(({ releaseOf }) => releaseOf === undefined)
    .flatMap(({ name, family, editions }) =>
      rowsOf(
        { product: name, family },
        editions.map((edition) => edition.name),
      ),
    );
}

/** Rows for Office: the suites that setup keys are published for. */
export function officeRows(): MatrixRow[] {
  const editions = new Map<string, string[]>();
  const systems = new Set(operatingSystems().map(({ name }) => name));
  for (const { product, edition } of setupKeys().filter((row) => !systems.has(row.product))) {
    editions.set(product, [...(editions.get(product) ?? []), edition]);
  }
  return [...editions].flatMap(([product, names]) => rowsOf({ product, family: "office" }, names));
}

/** Operating systems that the package activates. */
export const documentedSystems = (): OperatingSystemEntry[] =>
  operatingSystems().filter(({ documentedElsewhere }) => documentedElsewhere === undefined);

/** What the diagnostics say of clients of the row on a host of this operating system with a key of the group. */
export function pairOf(
  group: KeyGroupEntry,
  hostOs: string,
  { product, editions }: Pick<MatrixRow, "product" | "editions">,
): Pair {
  const listing = listingOf({ group, hostOs, os: product, edition: editions[0] });
  const updates = neededUpdates({ group, hostOs, os: product }).map(({ update }) => update.kb);
  return { listing, updates: listing === "no" ? [] : updates };
}

function rowsOf(product: Product, editions: string[]): MatrixRow[] {
  const rows = new Map<string, Omit<MatrixRow, "all">>();
  for (const edition of editions) {
    const listings = listingsOf(product.product, edition);
    const pattern = [...listings.values()].join();
    const row = rows.get(pattern) ?? { ...product, editions: [], listings };
    row.editions.push(edition);
    rows.set(pattern, row);
  }
  return [...rows.values()].map((row) => ({ ...row, all: rows.size === 1 }));
}

const listingsOf = (os: string, edition: string): Map<string, Listing> =>
  new Map(keyGroups().map((group) => [group.id, listingOf({ group, os, edition })]));

function listingOf(clients: Parameters<typeof pairVerdict>[0]): Listing {
  const { listing } = pairVerdict(clients);
  return listing === "listed" ? "yes" : listing === "unlisted" ? "unlisted" : "no";
}
