import {
  findImpossiblePair,
  findOperatingSystem,
  findServing,
  keyGroups,
  type OperatingSystemEntry,
  operatingSystems,
  requiredUpdates,
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

/** A KMS host on a client operating system activates client operating systems only. */
export function pairOf(
  group: { id: string },
  hostOs: string,
  row: Pick<MatrixRow, "product" | "family" | "listings">,
): Pair {
  const listing = row.listings.get(group.id) ?? "no";
  const isRefused =
    (row.family === "server" && findOperatingSystem(hostOs)?.family === "client") ||
    findImpossiblePair(hostOs, row.product) !== undefined;
  return listing === "no" || isRefused
    ? { listing: "no", updates: [] }
    : { listing, updates: requiredUpdates(hostOs, row.product).map(({ kb }) => kb) };
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

function listingsOf(product: string, edition: string): Map<string, Listing> {
  return new Map(
    keyGroups().map((group) => {
      const listing = findServing(group, product, edition)?.listing;
      return [group.id, listing === undefined ? "no" : listing === "unlisted" ? "unlisted" : "yes"];
    }),
  );
}
