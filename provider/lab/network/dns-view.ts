import { parentId } from "../arm/arm-path";
import { type JsonObject, objectAt, objectsIn, textOf } from "../arm/json";
import type { ResourceStore, StoredResource } from "../arm/resource-store";
import type { LabSrvRecord } from "../windows/world";
import { linkType, networkOf } from "./private-dns";

/** What Azure's DNS answers in one virtual network. Names are full names in lower case. */
export interface DnsView {
  /** The private zone that answers for a name: of the linked ones the longest that fits. */
  zoneOf(name: string): StoredResource | undefined;
  srvRecords(name: string): LabSrvRecord[];
  /** The first address of a name, through CNAME records in zones that the network is linked to. */
  address(name: string): string | undefined;
  /** Whether the zone takes the names of the network's machines by itself. */
  registersMachines(zone: StoredResource): boolean;
}

/** A chain of CNAME records is followed this far. */
const longestChain = 8;

/** The view of a virtual network at a moment: what was written just before is not seen yet. */
export function dnsView(store: ResourceStore, networkId: string, now: number): DnsView {
  /** The properties that are served; undefined while there are none. */
  const served = (resource: StoredResource | undefined): JsonObject | undefined => {
    const unseen = resource?.unseen;
    const body = unseen !== undefined && now < unseen.until ? unseen.before : resource?.body;
    return body && objectAt(body.properties);
  };
  const links = () =>
    store.ofType(linkType).filter((link) => networkOf(link.body) === networkId && served(link) !== undefined);

  const zoneOf = (name: string) => {
    const zones = links().flatMap(({ id }) => store.get(parentId(id)!) ?? []);
    const fitting = zones.filter((zone) => isIn(name, zone));
    return fitting.sort((a, b) => b.name.length - a.name.length)[0];
  };

  /** The record set of a name, or the wildcard that stands for it. */
  const recordSet = (type: string, name: string): JsonObject => {
    const zone = zoneOf(name);
    if (zone === undefined) {
      return {};
    }
    const relative = name === zone.name.toLowerCase() ? "@" : name.slice(0, -zone.name.length - 1);
    const exact = served(store.get(`${zone.id}/${type}/${relative}`));
    const wildcard = `${zone.id}/${type}/*${relative.replace(/^[^.]*/, "")}`;
    return exact ?? (relative === "@" ? undefined : served(store.get(wildcard))) ?? {};
  };

  const address = (name: string, steps = longestChain): string | undefined => {
    const first = objectsIn(recordSet("A", name).aRecords)[0];
    if (first !== undefined) {
      return textOf(first.ipv4Address);
    }
    const target = textOf(objectAt(recordSet("CNAME", name).cnameRecord).cname)
      ?.toLowerCase()
      .replace(/\.$/, "");
    return target === undefined || steps === 0 ? undefined : address(target, steps - 1);
  };

  return {
    zoneOf,
    srvRecords: (name) => objectsIn(recordSet("SRV", name).srvRecords).map(srvRecord),
    address,
    registersMachines: (zone) =>
      links().some(
        (link) =>
          parentId(link.id)!.toLowerCase() === zone.id.toLowerCase() &&
          served(link)?.registrationEnabled === true,
      ),
  };
}

const isIn = (name: string, zone: StoredResource) =>
  name === zone.name.toLowerCase() || name.endsWith(`.${zone.name.toLowerCase()}`);

function srvRecord({ priority, weight, port, target }: JsonObject): LabSrvRecord {
  return {
    priority: Number(priority ?? 0),
    weight: Number(weight ?? 0),
    port: Number(port ?? 0),
    target: (textOf(target) ?? "").replace(/\.$/, ""),
  };
}
