import { addressRange, type AddressRange, coverageOfAll } from "./address-ranges";
import {
  type DeclaredResource,
  type DeclaredResources,
  hasUnknown,
  type Maybe,
  notKnown,
  textsAt,
} from "./declared-resource";
import type { Subnet } from "./program-network";
import { nextHopOf } from "./routes";
import { NextHopType } from "../../catalog/constants";

/** What may connect virtual networks besides peerings. */
const otherConnections = [
  "network:ConnectivityConfiguration",
  "network:HubVirtualNetworkConnection",
  "network:VirtualHubBgpConnection",
  "network:VirtualNetworkGatewayConnection",
  "network:VpnConnection",
];

/**
 * Why two virtual networks of the program do not reach each other, in words; undefined where they do or may do so. Peerings
 * have two sides and are not transitive. Source: learn.microsoft.com virtual-network-peering-overview,
 * virtual-network-manage-peering.
 */
export function peeringFault(from: Subnet, to: Subnet, all: DeclaredResources): string | undefined {
  const [one, other] = [from.network, to.network];
  const isOpen = typeof one !== "object" || typeof other !== "object" || one === other;
  if (isOpen || all.of(...otherConnections).length > 0 || isRouted(from, to) || isRouted(to, from)) {
    return undefined;
  }
  const peerings = peeringsIn(all);
  const mayPeer = ({ values, unknown }: DeclaredResource) =>
    values.virtualNetworkPeerings !== undefined ||
    [...unknown].some((path) => path.startsWith("virtualNetworkPeerings"));
  if (mayPeer(one) || mayPeer(other) || peerings.some(({ local }) => local === notKnown)) {
    return undefined;
  }
  const between = (local: DeclaredResource, remote: DeclaredResource) =>
    peerings.find((peering) => peering.local === local && isOneOf(peering.remote, remote))?.peering;
  const [there, back] = [between(one, other), between(other, one)];
  const [given, missing] = [`"${one.name}"`, `"${other.name}"`];
  if (there === undefined || back === undefined) {
    const found = there ?? back;
    const [local, remote] = there === undefined ? [given, missing] : [missing, given];
    return found === undefined
      ? `no peering of the program connects the virtual networks ${given} and ${missing}`
      : `the peering "${found.name}" has no counterpart from ${local} to ${remote}`;
  }
  const closed = [there, back].find(({ values }) => values.allowVirtualNetworkAccess === false);
  if (closed !== undefined) {
    return `the peering "${closed.name}" has allowVirtualNetworkAccess false`;
  }
  const spaces = [one, other].map((network) => rangesIn(network, "addressSpace.addressPrefixes"));
  if (
    spaces[1].some((range) => coverageOfAll(spaces[0], [range]) !== "none") &&
    arePeeredWhole(there, back)
  ) {
    return `the address spaces of ${given} and ${missing} overlap, and Azure refuses to peer them`;
  }
  const partial =
    connects(there, from, to) === false ? there : connects(back, to, from) === false ? back : undefined;
  return partial && `the peering "${partial.name}" connects other subnets alone (peerCompleteVnets false)`;
}

/** Source: learn.microsoft.com virtual-network-manage-peering, requirements and constraints. */
const arePeeredWhole = (...peerings: DeclaredResource[]) =>
  peerings.every((one) => one.values.peerCompleteVnets !== false && !hasUnknown(one, "peerCompleteVnets"));

/**
 * Whether a peering has both subnets in it, where it does not connect the virtual networks as a whole; undefined where that is
 * not known. Source: learn.microsoft.com how-to-configure-subnet-peering.
 */
function connects(peering: DeclaredResource, local: Subnet, remote: Subnet): boolean | undefined {
  if (peering.values.peerCompleteVnets !== false) {
    return hasUnknown(peering, "peerCompleteVnets") ? undefined : true;
  }
  const sides = [
    { subnet: local, names: textsAt(peering, "localSubnetNames") },
    { subnet: remote, names: textsAt(peering, "remoteSubnetNames") },
  ];
  return sides.some(({ subnet, names }) => subnet.azureName === undefined || !names.complete)
    ? undefined
    : sides.every(({ subnet, names }) => names.texts.includes(subnet.azureName!));
}

/** Whether something may bring routes to the network of a subnet that no route table of the program has, or another stack. */
export function mayBeConnected({ network }: Subnet, all: DeclaredResources): boolean {
  const [own, gateways] = [
    peeringsIn(all).filter(({ local }) => local === network || local === notKnown),
    ["network:VirtualNetworkGateway", "network:RouteServer", "network:VirtualHub"],
  ];
  return (
    typeof network !== "object" ||
    all.of(...otherConnections, ...gateways).length > 0 ||
    own.length === 0 ||
    own.some(
      ({ local, peering: { values, unknown } }) =>
        local === notKnown || values.useRemoteGateways === true || unknown.has("useRemoteGateways"),
    )
  );
}

/**
 * The peering by which a network drops what an appliance in another network forwards to it. Source: learn.microsoft.com
 * virtual-network-manage-peering, allowForwardedTraffic.
 */
export function forwardingFault(
  to: Subnet,
  appliance: AddressRange,
  all: DeclaredResources,
): DeclaredResource | undefined {
  const isThere = (network: Maybe<DeclaredResource>) =>
    typeof network === "object" &&
    coverageOfAll(rangesIn(network, "addressSpace.addressPrefixes"), [appliance]) === "all";
  const found = peeringsIn(all).filter(({ local, remote }) => local === to.network && isThere(remote));
  return typeof to.network !== "object" || isThere(to.network) || found.length !== 1
    ? undefined
    : found
        .map(({ peering }) => peering)
        .find(
          ({ values, unknown }) =>
            values.allowForwardedTraffic !== true && !unknown.has("allowForwardedTraffic"),
        );
}

const rangesIn = (resource: DeclaredResource, path: string): AddressRange[] =>
  textsAt(resource, path).texts.flatMap((text) => addressRange(text) ?? []);

interface Peering {
  peering: DeclaredResource;
  local: Maybe<DeclaredResource>;
  remote: Maybe<DeclaredResource>;
}

const known = new WeakMap<DeclaredResources, Peering[]>();

function peeringsIn(all: DeclaredResources): Peering[] {
  const peerings =
    known.get(all) ??
    all.of("network:VirtualNetworkPeering").map((peering) => ({
      peering,
      local: all.referred(peering, "virtualNetworkName", "network:VirtualNetwork"),
      remote: all.referred(peering, "remoteVirtualNetwork.id", "network:VirtualNetwork"),
    }));
  known.set(all, peerings);
  return peerings;
}

/** Whether the program peers two virtual networks on both sides, each of which counts the other as its own. */
export function arePeered(one: Subnet, other: Subnet, all: DeclaredResources): boolean {
  const has = (from: Subnet, to: Subnet) =>
    peeringsIn(all).some(
      ({ peering, local, remote }) =>
        local === from.network &&
        remote === to.network &&
        peering.values.allowVirtualNetworkAccess !== false &&
        connects(peering, from, to) === true,
    );
  const [here, there] = [one.network, other.network];
  return typeof here === "object" && typeof there === "object" && has(one, other) && has(other, one);
}

/** What is not known may be it. */
const isOneOf = (found: unknown, network: DeclaredResource) => found === network || found === notKnown;

/** Whether a route of the user's own leads there, or may do so; an appliance may stand between the networks. */
function isRouted({ routeTable }: Subnet, { ranges }: Subnet): boolean {
  if (routeTable === undefined || ranges === undefined) {
    return ranges === undefined;
  }
  const hop = typeof routeTable === "object" ? nextHopOf(routeTable, ranges) : undefined;
  return hop === undefined || (hop.route !== undefined && hop.type !== NextHopType.Internet);
}
