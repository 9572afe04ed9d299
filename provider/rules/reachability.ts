import { ActivationMode, NextHopType } from "../catalog/constants";
import { limits } from "../catalog/limits";
import { adminDecision } from "./azure-network/admin-rules";
import { type Maybe, notKnown } from "./azure-network/declared-resource";
import { arePeered, peeringFault } from "./azure-network/peerings";
import type { Place, Subnet } from "./azure-network/program-network";
import { defaultHop, type NextHop, withHub } from "./azure-network/routes";
import {
  type Connection,
  decide,
  type Endpoint,
  prefixCoverage,
  type SecurityGroup,
  type SecurityRule,
} from "./azure-network/security-rules";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import { type GroupFacts, type HostFacts, isCreated, isReadOnly } from "./facts";
import { hostWayDiagnostics } from "./host-way";
import { onPremisesDiagnostics } from "./on-premises";
import { holdsPath } from "./paths";
import { hostsOf, memoized, type ProgramIndex } from "./program-index";

/*
 * What the program's own resources of azure-native do with the connections that activation needs. Only what is certain is
 * reported: an unknown rule or route, and what another stack may add, is not judged.
 */

/** Where the members of a group are, as far as the program declares their networks; each kind of place once. */
export const placesOfGroup = memoized((group: GroupFacts, { network }): Place[] => {
  const inSets = network.places(group, "machines.scaleSet.subnetId", "machines.scaleSetId");
  return [...network.places(group, "machines.create.subnetId", "machines.azureVmIds"), ...inSets];
});

/** Where a host is, as far as the program declares its network. */
export const placeOfHost = (host: HostFacts, { network }: ProgramIndex): Place | undefined =>
  network.places(host, "machine.create.subnetId", "machine.azureVmId").at(0);

/** The security groups that a connection of a machine passes, as far as the program has any. */
const groupsAt = (place: Place | undefined): Maybe<SecurityGroup>[] =>
  place === undefined ? [] : [place.securityGroup, place.subnet.securityGroup];

export const endpointOf = (place: Place | undefined): Endpoint => ({
  kind: "network",
  ranges: place?.subnet.ranges,
  groups: place?.applicationGroups,
});

const isSameNetwork = (one: Subnet | undefined, other: Subnet | undefined) =>
  one !== undefined &&
  other !== undefined &&
  (one.key === other.key || sameKnown(one.network, other.network));

const sameKnown = <Value>(one: Maybe<Value>, other: Maybe<Value>) =>
  one !== undefined && one !== notKnown && one === other;

/** The rule of the program that closes a connection for certain, seen from one of its ends. */
function closingRule(
  place: Place | undefined,
  connection: Connection,
  { network }: ProgramIndex,
): SecurityRule | undefined {
  const { closes, mayPass } = adminDecision(connection, place?.subnet.network, network.all);
  if (closes !== undefined || mayPass) {
    return closes;
  }
  for (const group of groupsAt(place)) {
    const decision = typeof group === "object" ? decide(group, connection) : undefined;
    if (decision?.allowed === false) {
      return decision.rule;
    }
  }
  return undefined;
}

/** Members reach the port of their hosts: through security rules and routes of the program, and clientPrefixes. */
export const hostReachDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] =>
  group.args.azureKms === true
    ? []
    : hostsOf(group, index).flatMap(({ host, path }) => {
        const to = placeOfHost(host, index);
        const places = placesOfGroup(group, index);
        const from = places.length === 0 ? [undefined] : places;
        return unique([
          ...from.flatMap((place) => closedDiagnostics(host, place, to, path, index)),
          ...from.flatMap((place) => (place && to ? hostWayDiagnostics(host, place, to, path, index) : [])),
          ...from.flatMap((place) => (place && to ? apartDiagnostics(host, place, to, path, index) : [])),
          ...leftOutDiagnostics(host, places, to, path),
          ...onPremisesDiagnostics(group, host, to, path, index),
        ]);
      });

function closedDiagnostics(
  host: HostFacts,
  from: Place | undefined,
  to: Place | undefined,
  path: string,
  index: ProgramIndex,
): Diagnostic[] {
  if (holdsPath(host.unknown, "port")) {
    return [];
  }
  const port = host.args.port ?? limits.kmsPort;
  const connection = {
    source: endpointOf(from),
    destination: endpointOf(to),
    port,
    sameNetwork:
      isSameNetwork(from?.subnet, to?.subnet) ||
      (from !== undefined && to !== undefined && arePeered(from.subnet, to.subnet, index.network.all)),
  };
  const outbound = closingRule(from, { ...connection, direction: "Outbound" }, index);
  const inbound = closingRule(to, { ...connection, direction: "Inbound" }, index);
  const rule = outbound ?? inbound;
  return rule === undefined
    ? []
    : [
        diagnostic("KMS2270", "error", path, {
          rule: rule.words,
          port,
          host: host.name,
          from: wordsOf(from),
        }),
      ];
}

const wordsOf = (place: Place | undefined) => place?.subnet.words ?? "the members' network";

/** Virtual networks reach each other by peerings, or by what the program routes through. */
function apartDiagnostics(
  host: HostFacts,
  from: Place,
  to: Place,
  path: string,
  { network }: ProgramIndex,
): Diagnostic[] {
  const reason = peeringFault(from.subnet, to.subnet, network.all);
  return reason === undefined
    ? []
    : [diagnostic("KMS2282", "warning", path, { reason, host: host.name, from: from.subnet.words })];
}

/** A created host lets in its client prefixes and nobody else, so these must have the members in them. */
function leftOutDiagnostics(
  host: HostFacts,
  places: Place[],
  to: Place | undefined,
  path: string,
): Diagnostic[] {
  const prefixes = host.args.clientPrefixes ?? [];
  const known = prefixes.filter((prefix) => prefix !== undefined);
  const open = [...host.unknown].some((one) => one.startsWith("clientPrefixes") || one === "");
  if (!isCreated(host) || known.length === 0 || known.length < prefixes.length || open) {
    return [];
  }
  return places.flatMap(({ subnet }) => {
    const { ranges } = subnet;
    const covers =
      ranges && prefixCoverage(known, { kind: "network", ranges }, isSameNetwork(subnet, to?.subnet));
    if (covers === undefined || covers === "all") {
      return [];
    }
    const part = covers === "none" ? "the members" : "some of the addresses";
    const values = { host: host.name, from: subnet.words, given: listed(subnet.prefixes ?? []), part };
    return [diagnostic("KMS2272", covers === "none" ? "error" : "warning", path, values)];
  });
}

/** The same is said once, however many kinds of places it is found for. */
const unique = (diagnostics: Diagnostic[]): Diagnostic[] => [
  ...new Map(diagnostics.map((one) => [one.message, one])).values(),
];

/** Microsoft's activation service is asked over HTTPS. Source: learn.microsoft.com vamt, activation endpoints. */
const activationPort = 443;

/** A host that is activated over the Internet reaches it from where the program puts it. */
export function hostWayOutDiagnostics(host: HostFacts, index: ProgramIndex): Diagnostic[] {
  const { activation = ActivationMode.Online, assume } = host.args;
  const place = placeOfHost(host, index);
  if (activation !== ActivationMode.Online || isReadOnly(host) || assume?.network !== undefined) {
    return [];
  }
  if (place === undefined || holdsPath(host.unknown, "activation")) {
    return [];
  }
  if (hasNoWayOut(place)) {
    // A network that was made by an earlier API version stays as it was.
    const severity = place.subnet.isPrivateByDefault ? "warning" : "error";
    return [diagnostic("KMS2105", severity, place.path, { cause: noWayOutCause(place) })];
  }
  const connection: Connection = {
    direction: "Outbound",
    source: endpointOf(place),
    destination: { kind: "internet" },
    port: activationPort,
    sameNetwork: false,
  };
  const rule = closingRule(place, connection, index);
  const hop = defaultHopOf(place.subnet);
  const by = rule?.words ?? (hop?.type === NextHopType.None ? hop.route?.words : undefined);
  return by === undefined
    ? []
    : [diagnostic("KMS2116", "error", place.path, { given: by, port: activationPort })];
}

/** Where the Internet is for a subnet; undefined where that is not known. */
export function defaultHopOf({ routeTable, hubRoute }: Subnet): NextHop | undefined {
  const hop =
    routeTable === undefined
      ? { type: NextHopType.Internet }
      : routeTable === notKnown
        ? undefined
        : defaultHop(routeTable);
  return withHub(hop, hubRoute);
}

/**
 * Whether a machine has no default outbound access for certain, since its subnet is private or an internal load balancer
 * takes it away, and nothing else that would send for it.
 */
export function hasNoWayOut({ subnet, hasOwnWayOut, silentBalancer }: Place): boolean {
  return (
    (subnet.defaultOutboundAccess === false || silentBalancer !== undefined) &&
    !hasNatGateway(subnet) &&
    hasOwnWayOut === false &&
    defaultHopOf(subnet)?.type === NextHopType.Internet
  );
}

/** Whether a NAT gateway sends for the machines of a subnet, or may do so. */
export const hasNatGateway = ({ natGateway, isNatWithoutAddress }: Subnet): boolean =>
  natGateway !== undefined && !isNatWithoutAddress;

/** What takes default outbound access away from a machine. */
export function noWayOutCause({ subnet, silentBalancer }: Place): string {
  const { natGateway } = subnet;
  const nat =
    typeof natGateway === "object" ? `, the NAT gateway "${natGateway.name}" has no public address` : "";
  return subnet.defaultOutboundAccess === false || silentBalancer === undefined
    ? `${subnet.words} is private${subnet.isPrivateByDefault ? " by the default of its API version" : ""}${nat}`
    : `${silentBalancer} takes default outbound access away from its members${nat}`;
}
