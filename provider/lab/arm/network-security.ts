import { defaultSecurityRules } from "./behaviours/security-group";
import { inRange, ipNumber, ipRange } from "./ip-prefix";
import { objectAt, objectsIn, stringsIn, textOf, type JsonObject } from "./json";
import { onPremisesPrefix } from "./on-premises";
import { peersOf, type MachinePlace } from "./network-places";
import type { ResourceStore } from "./resource-store";

/** A TCP connection that a security group judges. */
interface Connection {
  from: MachinePlace;
  to: MachinePlace;
  port: number;
}

/**
 * Whether the security groups on both sides let a TCP connection pass: the groups of the interface and of the subnet
 * must both allow it. Source: learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works.
 */
export function securityGroupsAllow(
  store: ResourceStore,
  from: MachinePlace,
  to: MachinePlace,
  port: number,
): boolean {
  const connection = { from, to, port };
  return (
    groupsOf(store, from).every((group) => allows(store, group, "Outbound", connection)) &&
    groupsOf(store, to).every((group) => allows(store, group, "Inbound", connection))
  );
}

function groupsOf(store: ResourceStore, place: MachinePlace): string[] {
  const subnet = store.get(place.subnetId);
  const ofSubnet = textOf(objectAt(subnet?.body.properties, "networkSecurityGroup").id);
  return [ofSubnet, place.interfaceSecurityGroupId].filter((id) => id !== undefined);
}

/** The rule of the lowest number that fits decides. */
function allows(store: ResourceStore, groupId: string, direction: string, connection: Connection): boolean {
  const own = store.childrenOf(groupId, "Microsoft.Network/networkSecurityGroups/securityRules");
  const rules = [
    ...own.map(({ body }) => objectAt(body.properties)),
    ...defaultSecurityRules.map(({ properties }) => properties),
  ];
  const ordered = rules.sort((a, b) => Number(a.priority) - Number(b.priority));
  const first = ordered.find((rule) => rule.direction === direction && fits(store, rule, connection));
  return first?.access === "Allow";
}

function fits(store: ResourceStore, rule: JsonObject, { from, to, port }: Connection): boolean {
  const protocol = (textOf(rule.protocol) ?? "*").toLowerCase();
  return (
    ["*", "tcp"].includes(protocol) &&
    valuesOf(rule, "sourcePortRange").some(isAnyPort) &&
    valuesOf(rule, "destinationPortRange").some((range) => hasPort(range, port)) &&
    hasPlace(store, rule, "source", from, from.networkId) &&
    hasPlace(store, rule, "destination", to, from.networkId)
  );
}

/** The values of the single or of the plural property. */
function valuesOf(rule: JsonObject, single: string): string[] {
  const plural = single.endsWith("Prefix") ? `${single}es` : `${single}s`;
  return [textOf(rule[single]) ?? "", ...stringsIn(rule[plural])].filter((value) => value !== "");
}

/** A client's own port is any of the dynamic ones, so a rule must leave it open to fit. */
const isAnyPort = (range: string) => range === "*" || hasPort(range, 49_152);

function hasPort(range: string, port: number): boolean {
  const [first, last = first] = range.split("-").map(Number);
  return range === "*" || (first <= port && port <= last);
}

function hasPlace(
  store: ResourceStore,
  rule: JsonObject,
  side: "source" | "destination",
  place: MachinePlace,
  networkId: string,
): boolean {
  const groups = objectsIn(rule[`${side}ApplicationSecurityGroups`]).flatMap(
    ({ id }) => textOf(id)?.toLowerCase() ?? [],
  );
  return (
    groups.some((id) => place.applicationSecurityGroupIds.includes(id)) ||
    valuesOf(rule, `${side}AddressPrefix`).some((prefix) =>
      hasAddress(store, prefix, place.address, networkId),
    )
  );
}

/** A prefix, or one of the service tags that say something of addresses in a virtual network. */
function hasAddress(store: ResourceStore, prefix: string, address: string, networkId: string): boolean {
  if (prefix === "*") {
    return true;
  }
  const number = ipNumber(address) ?? -1;
  const isLocal = () => spaceOf(store, networkId).some((text) => inRange(ipRange(text) ?? nowhere, number));
  switch (prefix.toLowerCase()) {
    case "virtualnetwork":
      return isLocal();
    case "internet":
      return !isLocal();
    default:
      return inRange(ipRange(prefix) ?? nowhere, number);
  }
}

const nowhere = { first: 0, last: -1 };

/** Address space of a network, of its peers and behind its gateway: what the tag VirtualNetwork stands for. */
function spaceOf(store: ResourceStore, networkId: string): string[] {
  const spaces = [networkId, ...peersOf(store, networkId)].flatMap((id) =>
    stringsIn(objectAt(store.get(id)?.body.properties, "addressSpace").addressPrefixes),
  );
  return [...spaces, onPremisesPrefix];
}
