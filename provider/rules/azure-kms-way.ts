import { type AzureKmsEntry, azureKmsOf, azureKmsPrefixes } from "../catalog/azure-kms";
import { NextHopType, OutboundAccess } from "../catalog/constants";
import { limits } from "../catalog/limits";
import type { MachineNetworkValues } from "./args.generated";
import { closedToAzure, licensingDiagnostics } from "./azure-kms-security";
import { addressRange, type AddressRange } from "./azure-network/address-ranges";
import { type DeclaredResource, notKnown } from "./azure-network/declared-resource";
import { firewallAnswer } from "./azure-network/firewall-rules";
import type { Place } from "./azure-network/program-network";
import { type NextHop, nextHopOf, type Route, type RouteTable, withHub } from "./azure-network/routes";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import { type GroupFacts, isFlexible, isGiven } from "./facts";
import { hasNoOutbound, isPrivate } from "./network";
import type { ProgramIndex } from "./program-index";
import { defaultHopOf, hasNatGateway, hasNoWayOut, noWayOutCause, placesOfGroup } from "./reachability";

/** Next hops of Azure that take traffic away from Azure's own way to the Internet. */
const elsewhere: readonly string[] = [
  NextHopType.VirtualNetworkGateway,
  NextHopType.VirtualAppliance,
  NextHopType.None,
];

/**
 * Azure's own KMS answers only what comes from an Azure public address. What the program assumes goes before what it
 * declares: it may know of networks of other stacks.
 * Source: learn.microsoft.com custom-routes-enable-kms-activation, default-outbound-access.
 */
export function azureKmsRouteDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { azureKms = false, assume } = group.args;
  if (assume?.network !== undefined) {
    return assumedDiagnostics(group, assume.network);
  }
  if (!azureKms || isGiven(group, "assume")) {
    return [];
  }
  const found = placesOfGroup(group, index).flatMap((place) => [
    ...licensingDiagnostics(place),
    ...wayDiagnostics(group, place, index),
  ]);
  return [...new Map(found.map((one) => [one.message, one])).values()];
}

/** What the program assumes of the way of its members. */
function assumedDiagnostics(group: GroupFacts, network: MachineNetworkValues): Diagnostic[] {
  const { azureKms = false } = group.args;
  const given = network.defaultRoute ?? NextHopType.Internet;
  const routed = azureKms && isGiven(group, "azureKmsRouteTableId");
  const path = "assume.network.defaultRoute";
  const isAppliance = given === NextHopType.VirtualAppliance;
  const letsThrough = isAppliance && letsAzureKmsThrough(group, network);
  return [
    ...(azureKms && !routed && elsewhere.includes(given)
      ? awayDiagnostics(group, network, { given, letsThrough })
      : []),
    ...(isAppliance && !routed && !letsThrough ? [diagnostic("KMS2234", "warning", path, { given })] : []),
    ...(azureKms && isPrivate(group) && !(isAppliance && !routed)
      ? [
          routed
            ? diagnostic("KMS2235", "error", "azureKmsRouteTableId", { cause: "the subnet is private" })
            : diagnostic("KMS2235", "warning", "assume.network.outbound", { cause: "the subnet is private" }),
        ]
      : []),
  ];
}

/**
 * Requests that leave by an Azure Firewall have its Azure address; of another appliance, and of a firewall that is not
 * declared, nobody knows.
 */
function awayDiagnostics(
  group: GroupFacts,
  { outbound, dnsServers = [] }: MachineNetworkValues,
  { given, letsThrough }: { given: string; letsThrough: boolean },
): Diagnostic[] {
  const path = "assume.network.defaultRoute";
  if (given === NextHopType.VirtualAppliance && outbound === OutboundAccess.Firewall) {
    return [];
  }
  if (letsThrough && outbound === undefined) {
    return [diagnostic("KMS2277", "info", path, { given })];
  }
  const servers = dnsServers.flatMap((server) => server ?? []);
  return routeDiagnostics(kmsOf(group), path, given, azureKmsPrefixes(kmsOf(group)), listed(servers));
}

/** Whether the network rules that the program assumes name Azure's KMS for its port. */
function letsAzureKmsThrough(
  group: GroupFacts,
  { firewallNetworkRules = [] }: MachineNetworkValues,
): boolean {
  const rules = firewallNetworkRules
    .flatMap((rule) => rule ?? [])
    .filter((rule) => new RegExp(`:${limits.kmsPort}\\b`).test(rule));
  const names = rules
    .join(" ")
    .toLowerCase()
    .split(/[\s,]+/);
  // A firewall that names one server only is reported for the other one.
  return kmsOf(group).servers.some(
    ({ name, addresses }) => names.includes(name) || addresses.every((address) => names.includes(address)),
  );
}

const kmsOf = ({ azureCloud = "public" }: GroupFacts): AzureKmsEntry => azureKmsOf(azureCloud);

function routeDiagnostics(
  kms: AzureKmsEntry,
  path: string,
  given: string,
  prefixes: string[],
  servers: string,
): Diagnostic[] {
  const values = {
    given,
    prefixes: allInWords(prefixes),
    names: listed(kms.servers.map(({ name }) => name)),
    servers: servers || "the machines' DNS servers",
  };
  return [diagnostic("KMS2232", "warning", path, values), diagnostic("KMS2233", "info", path)];
}

const allOf = ["", "", ", both", ", all three"];

/** `a, b and c, all three`: whoever leaves one out loses activation now and then. */
const allInWords = (items: string[]): string => `${listed(items)}${allOf[items.length] ?? ", all of them"}`;

/** What the program's routes, firewalls and subnets do with requests to Azure's own KMS. */
function wayDiagnostics(group: GroupFacts, place: Place, index: ProgramIndex): Diagnostic[] {
  const { routeTable: table } = place.subnet;
  const hops =
    table === notKnown || hasRoutesOfGroup(group, table, index)
      ? undefined
      : hopsOf(group, table, place.subnet.hubRoute);
  const away = (hops ?? []).filter(({ hop }) => elsewhere.includes(hop.type));
  if (away.length > 0) {
    return awayFromAzure(group, place, away, index);
  }
  const routed = table !== undefined && table !== notKnown && hasRoutesOfGroup(group, table, index);
  return (hops !== undefined || routed) && hasNoWayOut(place)
    ? [diagnostic("KMS2235", "warning", place.path, { cause: noWayOutCause(place) })]
    : [];
}

/** Whether the group brings the routes to Azure's KMS into the table of its subnet. */
function hasRoutesOfGroup(
  group: GroupFacts,
  table: RouteTable | undefined,
  { network }: ProgramIndex,
): boolean {
  const { args, unknown, links = [] } = group;
  return (
    table !== undefined &&
    isGiven(group, "azureKmsRouteTableId") &&
    network.all.referred({ values: args, unknown, links }, "azureKmsRouteTableId", "network:RouteTable") ===
      table.resource
  );
}

/** A server's address with the way to it. */
interface Hop {
  prefix: string;
  hop: NextHop;
}

/** The way to each address of Azure's KMS; undefined where one is not known. */
function hopsOf(group: GroupFacts, table: RouteTable | undefined, hub: Route | undefined): Hop[] | undefined {
  const hops = azureKmsPrefixes(kmsOf(group)).map((prefix) => ({
    prefix,
    hop: withHub(
      table === undefined ? { type: NextHopType.Internet } : nextHopOf(table, [rangeOf(prefix)]),
      hub,
    ),
  }));
  return hops.some(({ hop }) => hop === undefined) ? undefined : (hops as Hop[]);
}

const rangeOf = (prefix: string): AddressRange => addressRange(prefix)!;

function awayFromAzure(group: GroupFacts, place: Place, away: Hop[], index: ProgramIndex): Diagnostic[] {
  const route = away[0].hop.route!;
  if (route.deadEnd !== undefined) {
    const values = { route: route.words, appliance: route.deadEnd.name };
    return [diagnostic("KMS2297", "error", place.path, values)];
  }
  const given = `${away[0].hop.type} by ${route.words}`;
  const kms = kmsOf(group);
  const prefixes = away.map(({ prefix }) => prefix);
  const closed = closedToAzure(place, prefixes, azureKmsPrefixes(kms).length, route.words);
  if (away.some(({ hop }) => hop.type !== NextHopType.VirtualAppliance)) {
    const dns = dnsServersOf(place);
    return [...closed, ...routeDiagnostics(kms, place.path, given, prefixes, dns)];
  }
  return typeof route.firewall === "object"
    ? [...closed, ...firewallDiagnostics(kms, place, given, route.firewall, index)]
    : [
        ...closed,
        diagnostic("KMS2234", "warning", place.path, { given }),
        diagnostic("KMS2277", "info", place.path, { given }),
      ];
}

/** DNS servers of the virtual network, in words. */
function dnsServersOf({ subnet: { network } }: Place): string {
  const options = typeof network === "object" ? network.values.dhcpOptions : undefined;
  const { dnsServers = [] } = (options ?? {}) as { dnsServers?: unknown[] };
  return listed(dnsServers.filter((server) => typeof server === "string"));
}

/** What the program's own Azure Firewall does with the requests; nothing is said where it lets both names through. */
function firewallDiagnostics(
  kms: AzureKmsEntry,
  place: Place,
  given: string,
  firewall: DeclaredResource,
  { network }: ProgramIndex,
): Diagnostic[] {
  const answer = firewallAnswer(firewall, place.subnet.ranges, kms.servers, limits.kmsPort, network.all);
  if (answer === undefined) {
    return [];
  }
  const { path } = place;
  // All machines use the newer name, which is the first.
  const [newer] = kms.servers;
  return [
    ...answer.applicationRules.map((rule) =>
      diagnostic("KMS2106", "error", path, { rule: `the application rule "${rule}" of ${answer.words}` }),
    ),
    ...answer.refusedRules.map((rule) =>
      diagnostic("KMS2280", "error", path, { rule: `the network rule "${rule}" of ${answer.words}` }),
    ),
    ...(answer.leftOut.length > 0
      ? [
          diagnostic("KMS2281", "warning", path, {
            where: `the network rules of ${answer.words}`,
            given: listed(answer.leftOut),
          }),
        ]
      : []),
    ...(answer.allowed.length === 0
      ? [diagnostic("KMS2234", "warning", path, { given: `${given}, to ${answer.words}` })]
      : !answer.allowed.includes(newer.name)
        ? [
            diagnostic("KMS2107", "warning", path, {
              where: `the network rules of ${answer.words}`,
              given: listed(answer.allowed),
              allowed: newer.name,
            }),
          ]
        : []),
    ...(answer.hasOwnWayOut
      ? []
      : routeDiagnostics(kms, path, given, azureKmsPrefixes(kms), dnsServersOf(place))),
  ];
}

/**
 * Instances of a Flexible scale set have no default outbound access. A private subnet, and routes that lead elsewhere, are
 * reported as such. Source: learn.microsoft.com default-outbound-access.
 */
export function scaleSetOutboundDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { azureKms, assume } = group.args;
  const { defaultRoute = NextHopType.Internet } = assume?.network ?? {};
  const isReported = isPrivate(group) || defaultRoute !== NextHopType.Internet;
  if (azureKms !== true || !isFlexible(group) || !hasNoOutbound(group) || isReported) {
    return [];
  }
  const place = placesOfGroup(group, index).find(({ path }) => path.startsWith("machines.scaleSet."));
  const isKnown = place !== undefined && assume?.network === undefined;
  if (isKnown && (hasWayOut(place) || hasNoWayOut(place))) {
    return [];
  }
  return [diagnostic("KMS2264", "warning", isKnown ? place.path : "assume.network.outbound")];
}

/** Whether a subnet has something that sends for its machines, or may have it. */
const hasWayOut = ({ subnet }: Place) =>
  hasNatGateway(subnet) || defaultHopOf(subnet)?.type !== NextHopType.Internet;
