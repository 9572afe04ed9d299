import { Discovery, RecordPublisher } from "../catalog/constants";
import { type DeclaredResource, notKnown, stringAt } from "./azure-network/declared-resource";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import { effectiveDiscovery } from "./discovery";
import { type GroupFacts, type HostFacts, isReadOnly, zonesOf } from "./facts";
import { valueAt } from "./paths";
import { hostsOf, type ProgramIndex } from "./program-index";
import { placesOfGroup } from "./reachability";

/*
 * What the program itself declares of the DNS zones in which its hosts are published.
 */

const zoneKinds = ["privatedns:PrivateZone", "network:PrivateZone"];
const linkKinds = ["privatedns:VirtualNetworkLink", "network:VirtualNetworkLink"];
const recordSetKinds = ["privatedns:PrivateRecordSet", "network:PrivateRecordSet"];

/** Name of the record set that KMS clients ask for. */
const kmsRecordSet = "_vlmcs._tcp";

/** azure-native keeps whole record sets: one that the package adds records to must not be a resource as well. */
export const recordSetDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  isReadOnly(host)
    ? []
    : zonesOf(host).flatMap(({ zone, path }) => {
        const declared = zoneAt(host, path, index);
        if (zone.publishedBy === RecordPublisher.Windows) {
          return [];
        }
        return index.network.all
          .of(...recordSetKinds)
          .filter((set) => isKmsRecordSet(set) && isInZone(set, declared, zone.zoneName, index))
          .map((set) =>
            diagnostic("KMS2275", "error", path, {
              given: `the resource "${set.name}"`,
              name: `${kmsRecordSet}.${zone.zoneName ?? ""}`,
            }),
          );
      });

const isKmsRecordSet = (set: DeclaredResource) =>
  stringAt(set, "recordType")?.toUpperCase() === "SRV" &&
  (stringAt(set, "relativeRecordSetName") ?? set.name).toLowerCase() === kmsRecordSet;

function isInZone(
  set: DeclaredResource,
  zone: DeclaredResource | undefined,
  zoneName: string | undefined,
  { network }: ProgramIndex,
): boolean {
  const referred = network.all.referred(set, "privateZoneName", ...zoneKinds);
  return typeof referred === "object"
    ? referred === zone
    : stringAt(set, "privateZoneName")?.toLowerCase() === zoneName?.toLowerCase() && zoneName !== undefined;
}

/** The private zone of the program that an entry of a host's zones names. */
function zoneAt(host: HostFacts, path: string, { network }: ProgramIndex): DeclaredResource | undefined {
  const { args, unknown, links = [] } = host;
  const found = network.all.referred(
    { values: args, unknown, links },
    `${path}.azurePrivateZoneId`,
    ...zoneKinds,
  );
  return typeof found === "object" ? found : undefined;
}

/** Machines resolve a private zone that is linked to their virtual network. Source: learn.microsoft.com private-dns-virtual-network-links. */
export function zoneLinkDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { discovery, lookupDomain } = effectiveDiscovery(group, index);
  if (discovery !== Discovery.Dns || group.args.azureKms === true) {
    return [];
  }
  return hostsOf(group, index).flatMap(({ host, path }) =>
    zonesOf(host).flatMap(({ zone, path: place }) => {
      const declared = zoneAt(host, place, index);
      const isAsked = zone.zoneName?.toLowerCase() === (lookupDomain ?? zone.zoneName)?.toLowerCase();
      if (declared === undefined || !isAsked) {
        return [];
      }
      const without = networksWithout(declared, group, index);
      return without.length === 0
        ? []
        : [
            diagnostic("KMS2274", "warning", path, {
              zone: `the private DNS zone "${declared.name}"`,
              given: listed(without.map(({ name }) => `the virtual network "${name}"`)),
              name: zone.zoneName ?? "it",
            }),
          ];
    }),
  );
}

/** Networks of the members that the zone is not linked to; none where a link, or a network's DNS, is not known. */
function networksWithout(zone: DeclaredResource, group: GroupFacts, index: ProgramIndex): DeclaredResource[] {
  const { all } = index.network;
  const links = all
    .of(...linkKinds)
    .map((link) => ({ link, zone: all.referred(link, "privateZoneName", ...zoneKinds) }));
  const own = links
    .filter((one) => one.zone === zone)
    .map(({ link }) => all.referred(link, "virtualNetwork.id", "network:VirtualNetwork"));
  if (links.some((one) => one.zone === notKnown) || own.includes(notKnown)) {
    return [];
  }
  const networks = new Set(
    placesOfGroup(group, index).flatMap(({ subnet: { network } }) =>
      typeof network === "object" ? network : [],
    ),
  );
  return [...networks].filter(
    (network) => !own.includes(network) && !(own.length > 0 && hasDnsServers(network)),
  );
}

/** Whether DNS servers of one's own answer the machines of a network; they may forward to where the zone is linked. */
const hasDnsServers = ({ values, unknown }: DeclaredResource) =>
  valueAt(values, "dhcpOptions") !== undefined || [...unknown].some((path) => path.startsWith("dhcpOptions"));
