/**
 * Rows of the compatibility matrix: an operating system or Office suite with editions that all key groups treat alike.
 * `listings` has one of "yes", "unlisted" and "no" for each group. Releases of a channel are left out: they are
 * treated as the channel is.
 */
export function clientRows(catalogue) {
  return documentedSystems(catalogue)
    .filter(({ releaseOf }) => releaseOf === undefined)
    .flatMap(({ name, family, editions }) =>
      rowsOf(
        { product: name, family },
        editions.map((edition) => edition.name),
        catalogue,
      ),
    );
}

/** Rows for Office: the suites that setup keys are published for. */
export function officeRows(catalogue) {
  const editions = new Map();
  const systems = new Set(catalogue.operatingSystems().map(({ name }) => name));
  for (const { product, edition } of catalogue.setupKeys().filter((row) => !systems.has(row.product))) {
    editions.set(product, [...(editions.get(product) ?? []), edition]);
  }
  return [...editions].flatMap(([product, names]) => rowsOf({ product, family: "office" }, names, catalogue));
}

/** Operating systems that the package activates. */
export const documentedSystems = (catalogue) =>
  catalogue.operatingSystems().filter(({ documentedElsewhere }) => documentedElsewhere === undefined);

/**
 * What a KMS host with a key of the group can do for a row: `listing` as in the row, and the updates that the host
 * needs. A KMS host on a client operating system activates client operating systems only.
 */
export function pairOf(catalogue, group, hostOs, row) {
  const listing = row.listings.get(group.id);
  const hostFamily = catalogue.findOperatingSystem(hostOs).family;
  const refused =
    (row.family === "server" && hostFamily === "client") ||
    catalogue.findImpossiblePair(hostOs, row.product) !== undefined;
  return listing === "no" || refused
    ? { listing: "no", updates: [] }
    : { listing, updates: catalogue.requiredUpdates(hostOs, row.product).map(({ kb }) => kb) };
}

function rowsOf(product, editions, catalogue) {
  const rows = new Map();
  for (const edition of editions) {
    const listings = listingsOf(product.product, edition, catalogue);
    const pattern = [...listings.values()].join();
    const row = rows.get(pattern) ?? { ...product, editions: [], listings };
    row.editions.push(edition);
    rows.set(pattern, row);
  }
  return [...rows.values()].map((row) => ({ ...row, all: rows.size === 1 }));
}

function listingsOf(product, edition, { findServing, keyGroups }) {
  return new Map(
    keyGroups().map((group) => {
      const listing = findServing(group, product, edition)?.listing ?? "no";
      return [group.id, ["no", "unlisted"].includes(listing) ? listing : "yes"];
    }),
  );
}
