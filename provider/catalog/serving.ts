import { type OsEdition, findEdition } from "./editions";
import type { ClientEntry, KeyGroupEntry } from "./key-groups";
import { keyGroups } from "./key-groups";
import { findOperatingSystem } from "./operating-systems";
import { findProductName } from "./product-names";

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
