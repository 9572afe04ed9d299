import { parentId } from "./arm-path";
import { linkType, networkOf } from "./behaviours/private-dns";
import { objectAt, objectsIn, textOf } from "./json";
import type { ResourceStore, StoredResource } from "./resource-store";

/** A chain of CNAME records is followed this far. */
const longestChain = 8;

/** The private zone that answers for a name in a virtual network: of the linked ones the longest that fits. */
export function linkedZone(
  store: ResourceStore,
  networkId: string,
  name: string,
): StoredResource | undefined {
  const zones = linksOf(store, networkId).flatMap(({ id }) => store.get(parentId(id)!) ?? []);
  const fitting = zones.filter((zone) => isIn(name, zone));
  return fitting.sort((a, b) => b.name.length - a.name.length)[0];
}

const linksOf = (store: ResourceStore, networkId: string) =>
  store.ofType(linkType).filter(({ body }) => networkOf(body) === networkId);

const isIn = (name: string, zone: StoredResource) =>
  name === zone.name.toLowerCase() || name.endsWith(`.${zone.name.toLowerCase()}`);

/** Whether the zone takes the names of the network's machines by itself. */
export function registersMachines(store: ResourceStore, zone: StoredResource, networkId: string): boolean {
  const link = linksOf(store, networkId).find(
    ({ id }) => parentId(id)!.toLowerCase() === zone.id.toLowerCase(),
  );
  return objectAt(link?.body.properties).registrationEnabled === true;
}

/** The record set of a full name in a zone, or the wildcard that stands for it. */
export function recordSet(
  store: ResourceStore,
  zone: StoredResource,
  type: string,
  name: string,
): StoredResource | undefined {
  const relative = name === zone.name.toLowerCase() ? "@" : name.slice(0, -zone.name.length - 1);
  const exact = store.get(`${zone.id}/${type}/${relative}`);
  const wildcard =
    relative === "@" ? undefined : store.get(`${zone.id}/${type}/*${relative.replace(/^[^.]*/, "")}`);
  return exact ?? wildcard;
}

/** The first address of a full name, through CNAME records in zones that the network is linked to. */
export function aRecordAddress(
  store: ResourceStore,
  networkId: string,
  zone: StoredResource,
  name: string,
  steps = longestChain,
): string | undefined {
  const addresses = objectsIn(objectAt(recordSet(store, zone, "A", name)?.body.properties).aRecords);
  if (addresses[0] !== undefined) {
    return textOf(addresses[0].ipv4Address);
  }
  const alias = recordSet(store, zone, "CNAME", name);
  const target = textOf(objectAt(alias?.body.properties, "cnameRecord").cname)
    ?.toLowerCase()
    .replace(/\.$/, "");
  const next = target === undefined ? undefined : linkedZone(store, networkId, target);
  return next === undefined || steps === 0
    ? undefined
    : aRecordAddress(store, networkId, next, target!, steps - 1);
}
