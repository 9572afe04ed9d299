import { Discovery, RecordPublisher } from "../catalog/constants";
import { addressRange, coverageOfAll } from "./azure-network/address-ranges";
import {
  type DeclaredResource,
  type DeclaredResources,
  type Maybe,
  notKnown,
  stringAt,
  textsAt,
} from "./azure-network/declared-resource";
import { type ProgramNetwork, rangesOf } from "./azure-network/program-network";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import { effectiveDiscovery, isDiscoveryKnown } from "./discovery";
import {
  computerNameOf,
  type GroupFacts,
  type HostFacts,
  isAbsent,
  isGiven,
  isReadOnly,
  isUnknown,
  zonesOf,
} from "./facts";
import { valueAt } from "./paths";
import { hostsOf, type ProgramIndex } from "./program-index";
import { placesOfGroup } from "./reachability";

/*
 * What the program itself declares of the DNS zones in which its hosts are published.
 */

export const zoneKinds = ["privatedns:PrivateZone", "network:PrivateZone"];
export const linkKinds = ["privatedns:VirtualNetworkLink", "network:VirtualNetworkLink"];
const rulesetLinkKinds = [
  "dnsresolver:PrivateResolverVirtualNetworkLink",
  "network:PrivateResolverVirtualNetworkLink",
];
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
          .filter((set) => isKmsRecordSet(set) || isAddressOf(set, host, path))
          .filter((set) => isInZone(set, declared, zone.zoneName, index))
          .map((set) =>
            diagnostic("KMS2275", "error", path, {
              given: `the resource "${set.name}"`,
              name: `${stringAt(set, "relativeRecordSetName") ?? set.name}.${zone.zoneName ?? ""}`,
              remedy: isKmsRecordSet(set) ? "" : ", or set addressRecord of the zone to false",
            }),
          );
      });

/** The target of an SRV record is no alias. Source: RFC 2782. */
export const aliasDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  zonesOf(host).flatMap(({ zone: { target, zoneName = "" }, path }) => {
    const declared = zoneAt(host, path, index);
    const isTarget = (set: DeclaredResource) =>
      `${stringAt(set, "relativeRecordSetName") ?? set.name}.${zoneName}`.toLowerCase() ===
      target?.replace(/\.$/, "").toLowerCase();
    return index.network.all
      .of(...recordSetKinds)
      .filter((set) => stringAt(set, "recordType")?.toUpperCase() === "CNAME" && isTarget(set))
      .filter((set) => isInZone(set, declared, zoneName, index))
      .map(({ name }) =>
        diagnostic("KMS5049", "warning", `${path}.target`, { given: target ?? "", resource: name }),
      );
  });

/** Whether a record set of the program is the one that the package adds a host's address to. */
const isAddressOf = (set: DeclaredResource, host: HostFacts, path: string) =>
  stringAt(set, "recordType")?.toUpperCase() === "A" &&
  (stringAt(set, "relativeRecordSetName") ?? set.name).toLowerCase() ===
    computerNameOf(host)?.toLowerCase() &&
  isGiven(host, `${path}.azurePrivateZoneId`) &&
  valueAt(host.args, `${path}.addressRecord`) !== false &&
  !isUnknown(host, `${path}.addressRecord`);

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
export function zoneAt(
  host: HostFacts,
  path: string,
  { network }: ProgramIndex,
): DeclaredResource | undefined {
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
  if (!isDiscoveryKnown(group, index) || group.args.azureKms === true) {
    return [];
  }
  const isPinned = discovery === Discovery.FixedHost;
  return hostsOf(group, index).flatMap(({ host, path }) =>
    zonesOf(host).flatMap(({ zone, path: place }, position) => {
      const declared = zoneAt(host, place, index);
      // Members that are pinned to a host know it by its name in its first zone, unless the program gives another one.
      const isAsked = isPinned
        ? position === 0 && isAbsent(host, "machine.fqdn")
        : zone.zoneName?.toLowerCase() === (lookupDomain ?? zone.zoneName)?.toLowerCase();
      if (declared === undefined || !isAsked) {
        return [];
      }
      const { without, useless } = linksOf(declared, group, index);
      const zoneWords = `the private DNS zone "${declared.name}"`;
      const name = zone.zoneName ?? "it";
      return [
        ...(without.length === 0
          ? []
          : [
              diagnostic("KMS2274", "warning", path, {
                zone: zoneWords,
                given: listed(without.map((one) => networkWords(one))),
                name,
              }),
            ]),
        ...(useless === undefined
          ? []
          : [
              diagnostic("KMS2283", "warning", path, {
                zone: zoneWords,
                given: networkWords(useless.network),
                servers: listed(useless.servers),
                elsewhere: networkWords(useless.elsewhere),
                name,
              }),
            ]),
      ];
    }),
  );
}

export const networkWords = ({ name }: DeclaredResource) => `the virtual network "${name}"`;

/**
 * Networks of the members that the zone is not linked to, and a link that is of no use to them; neither where a link is not
 * known.
 */
function linksOf(zone: DeclaredResource, group: GroupFacts, index: ProgramIndex) {
  const { all } = index.network;
  const links = all
    .of(...linkKinds)
    .map((link) => ({ link, zone: all.referred(link, "privateZoneName", ...zoneKinds) }));
  const own = links
    .filter((one) => one.zone === zone)
    .map(({ link }) => all.referred(link, "virtualNetwork.id", "network:VirtualNetwork"));
  if (links.some((one) => one.zone === notKnown) || own.includes(notKnown)) {
    return { without: [] };
  }
  const networks = new Set(
    placesOfGroup(group, index).flatMap(({ subnet: { network } }) =>
      typeof network === "object" ? network : [],
    ),
  );
  const asking = [...networks].filter((network) => !hasRuleset(network, index.network));
  return {
    without: asking.filter(
      (network) => !own.includes(network) && !(own.length > 0 && hasDnsServers(network)),
    ),
    useless: own.length === 0 ? undefined : linkWithoutEffect(asking, own, index),
  };
}

/** Azure's own DNS service, at the same address in every network. Source: learn.microsoft.com what-is-ip-address-168-63-129-16. */
const azureDns = "168.63.129.16";

/** DNS servers of one's own that the machines of a network ask; none where they ask Azure. */
function dnsServersOf(network: DeclaredResource): Maybe<string[]> {
  const path = "dhcpOptions.dnsServers";
  const { texts, complete } = textsAt(network, path);
  return complete ? texts.filter((server) => server !== azureDns) : notKnown;
}

/** Whether DNS servers of one's own answer the machines of a network; they may forward to where the zone is linked. */
const hasDnsServers = (network: DeclaredResource) => {
  const servers = dnsServersOf(network);
  return servers === notKnown || servers!.length > 0;
};

/** Whether a forwarding ruleset of DNS Private Resolver answers the machines of a network, or may do so. */
const hasRuleset = (network: DeclaredResource, { all }: ProgramNetwork) =>
  all.of(...rulesetLinkKinds).some((link) => {
    const found = all.referred(link, "virtualNetwork.id", "network:VirtualNetwork");
    return found === network || found === notKnown;
  });

/**
 * A link counts for machines that ask Azure's DNS. Where they ask servers in another network, it is that network which needs
 * the link. Source: learn.microsoft.com private-dns-privatednszone, virtual-networks-name-resolution-for-vms-and-role-instances.
 */
function linkWithoutEffect(
  networks: readonly DeclaredResource[],
  links: readonly Maybe<DeclaredResource>[],
  { network: { all } }: ProgramIndex,
): { network: DeclaredResource; servers: string[]; elsewhere: DeclaredResource } | undefined {
  const elsewhereOf = (network: DeclaredResource) => {
    const servers = dnsServersOf(network);
    const places = servers === notKnown ? [] : servers!.map((server) => networkAt(server, all));
    const [elsewhere] = places;
    const isElsewhere = places.every((place) => place !== undefined && place !== network);
    return servers !== notKnown && elsewhere !== undefined && isElsewhere
      ? { network, servers: servers!, elsewhere }
      : undefined;
  };
  const areAllElsewhere = links.every((link) => typeof link === "object" && elsewhereOf(link) !== undefined);
  const found = networks.flatMap((network) => elsewhereOf(network) ?? []).at(0);
  return areAllElsewhere && found !== undefined && !links.includes(found.elsewhere) ? found : undefined;
}

/** The program's virtual network that has an address. */
function networkAt(address: string, all: DeclaredResources): DeclaredResource | undefined {
  const range = addressRange(address);
  const found = all
    .of("network:VirtualNetwork")
    .filter((network) =>
      range === undefined
        ? false
        : coverageOfAll(rangesOf(network, "addressSpace.addressPrefixes") ?? [], [range]) === "all",
    );
  return found.length === 1 ? found[0] : undefined;
}
