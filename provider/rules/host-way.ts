import { NextHopType } from "../catalog/constants";
import { limits } from "../catalog/limits";
import { addressRange, type AddressRange } from "./azure-network/address-ranges";
import {
  type DeclaredResource,
  type DeclaredResources,
  hasUnknown,
  notKnown,
} from "./azure-network/declared-resource";
import { isClosedByFirewall } from "./azure-network/firewall-rules";
import { arePeered, forwardingFault, mayBeConnected } from "./azure-network/peerings";
import { type Place, rangesOf, type Subnet } from "./azure-network/program-network";
import { type NextHop, nextHopOf } from "./azure-network/routes";
import { type Diagnostic, diagnostic } from "./diagnostic";
import type { HostFacts } from "./facts";
import { holdsPath } from "./paths";
import type { ProgramIndex } from "./program-index";

/*
 * The way of requests to a KMS host of the program, and of its answers, through the routes and firewalls of the program.
 */

/** Requests and answers find their way, past nothing that drops them. */
export function hostWayDiagnostics(
  host: HostFacts,
  { subnet: from }: Place,
  { subnet: to }: Place,
  path: string,
  { network: { all } }: ProgramIndex,
): Diagnostic[] {
  const [there, back] = [hopBetween(from, to, all), hopBetween(to, from, all)];
  const dropped = [there, back].find((hop) => hop?.route !== undefined && nowhere.includes(hop.type));
  const names = { host: host.name, from: from.words };
  if (dropped?.route !== undefined) {
    return [
      diagnostic("KMS2271", "error", path, { ...names, route: dropped.route.words, given: dropped.type }),
    ];
  }
  const dead = [there, back].find((hop) => hop?.type === NextHopType.VirtualAppliance && hop.route?.deadEnd);
  if (dead?.route?.deadEnd !== undefined) {
    const values = { route: dead.route.words, appliance: dead.route.deadEnd.name };
    return [diagnostic("KMS2297", "error", path, values)];
  }
  const peering = droppingPeering(from, to, { there, back }, all);
  if (peering !== undefined) {
    return [diagnostic("KMS2196", "warning", path, { ...names, peering: peering.name })];
  }
  const closing = closingFirewall(host, from, to, there, all);
  if (closing !== undefined) {
    const port = host.args.port ?? limits.kmsPort;
    return [diagnostic("KMS2298", "warning", path, { ...names, firewall: closing.name, port })];
  }
  const fault = wayBackFault(from, to, { there, back }, all);
  return fault === undefined
    ? []
    : [diagnostic("KMS2296", "warning", path, { ...names, to: to.words, ...fault })];
}

/** Private addresses are found neither behind the next hop None nor in the Internet. */
const nowhere: readonly string[] = [NextHopType.None, NextHopType.Internet];

const isOneNetwork = (one: Subnet, other: Subnet) =>
  one.key === other.key || (typeof one.network === "object" && one.network === other.network);

/** Where the addresses of another subnet are for a subnet; undefined where that is not known. */
function hopBetween(from: Subnet, to: Subnet, all: DeclaredResources): NextHop | undefined {
  const isReached = isOneNetwork(from, to) || arePeered(from, to, all);
  const space = isReached ? addressSpaceOf(to) : undefined;
  if (from.routeTable === notKnown || to.ranges === undefined || (isReached && space === undefined)) {
    return undefined;
  }
  if (from.routeTable === undefined) {
    return { type: isReached ? NextHopType.VnetLocal : NextHopType.Internet };
  }
  return nextHopOf(from.routeTable, to.ranges, space);
}

const addressSpaceOf = ({ network }: Subnet): AddressRange[] | undefined =>
  typeof network === "object" ? rangesOf(network, "addressSpace.addressPrefixes") : undefined;

/** The peering that drops what an appliance forwards, on the way there or back. */
function droppingPeering(
  from: Subnet,
  to: Subnet,
  hops: { there: NextHop | undefined; back: NextHop | undefined },
  all: DeclaredResources,
): DeclaredResource | undefined {
  const at = (hop: NextHop | undefined, end: Subnet) => {
    const { nextHopAddress = "" } = hop?.route ?? {};
    const appliance = hop?.type === NextHopType.VirtualAppliance ? addressRange(nextHopAddress) : undefined;
    return appliance && forwardingFault(end, appliance, all);
  };
  return at(hops.there, to) ?? at(hops.back, from);
}

/** The program's firewall on the way whose rules let nothing through to the host's port. */
function closingFirewall(
  host: HostFacts,
  from: Subnet,
  to: Subnet,
  there: NextHop | undefined,
  all: DeclaredResources,
): DeclaredResource | undefined {
  const firewall = there?.type === NextHopType.VirtualAppliance ? there.route?.firewall : undefined;
  const port = holdsPath(host.unknown, "port") ? undefined : (host.args.port ?? limits.kmsPort);
  return typeof firewall === "object" &&
    port !== undefined &&
    isClosedByFirewall(firewall, from.ranges, to.ranges ?? [], port, all)
    ? firewall
    : undefined;
}

/**
 * Why answers do not come back as requests went, in words. A firewall sees both directions of a connection or drops it.
 * Source: learn.microsoft.com azure/firewall/firewall-faq; virtual-networks-udr-overview.
 */
function wayBackFault(
  from: Subnet,
  to: Subnet,
  { there, back }: { there: NextHop | undefined; back: NextHop | undefined },
  all: DeclaredResources,
): { route: string; reason: string } | undefined {
  if (there === undefined || back === undefined) {
    return undefined;
  }
  const forwarded = [there, back].filter(({ type }) => type === NextHopType.VirtualAppliance);
  const [only] = forwarded;
  if (forwarded.length !== 1 || only.route === undefined) {
    return undefined;
  }
  const { words: route, firewall } = only.route;
  const other = only === there ? back : there;
  const isSystemRoute = other.route === undefined;
  if (other.type === NextHopType.Internet && isSystemRoute) {
    // Gateways and hubs bring routes that no table of the program has.
    return only === there && !mayBeConnected(to, all)
      ? { route, reason: `no route and no peering of the program leads from ${to.words} back to them` }
      : undefined;
  }
  const sees = typeof firewall === "object" && !mayTranslate(firewall, all);
  return other.type === NextHopType.VnetLocal && isSystemRoute && sees
    ? {
        route,
        reason: `the other direction goes straight between the networks, past the Azure Firewall "${firewall.name}", which drops what it sees half of`,
      }
    : undefined;
}

/** Whether a firewall may put its own address in place of private ones, so that answers come back to it. */
function mayTranslate(firewall: DeclaredResource, all: DeclaredResources): boolean {
  const policy = all.referred(firewall, "firewallPolicy", "network:FirewallPolicy");
  const holders = [
    { resource: firewall, path: "additionalProperties" },
    ...(typeof policy === "object" ? [{ resource: policy, path: "snat" }] : []),
  ];
  return (
    policy === notKnown ||
    holders.some(({ resource, path }) => resource.values[path] !== undefined || hasUnknown(resource, path))
  );
}
