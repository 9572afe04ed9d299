import { azureKmsAddresses, azureKmsOf } from "pulumi-windows-kms/bin/provider/testing";
import { type JsonObject, objectAt, objectsIn, stringsIn, textOf } from "../arm/json";
import type { ResourceStore } from "../arm/resource-store";
import { inRange, ipNumber, ipRange } from "./ip-prefix";
import { type NetworkEndpoint, peersOf } from "./endpoint";
import { onPremisesPrefix } from "./on-premises";
import { defaultSecurityRules } from "./security-group";

/** A TCP connection that a security group judges. */
interface Connection {
  from: NetworkEndpoint;
  to: Pick<NetworkEndpoint, "address" | "applicationSecurityGroupIds">;
  port: number;
}

/** Service tag of Azure's own KMS, lower case. */
const azureKmsTag = "azureplatformlkm";

/**
 * Whether the security groups on both sides let a TCP connection pass: the groups of the interface and of the subnet
 * must both allow it. Source: learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works.
 */
export function securityGroupsAllow(
  store: ResourceStore,
  from: NetworkEndpoint,
  to: NetworkEndpoint,
  port: number,
): boolean {
  const connection = { from, to, port };
  return (
    groupsOf(store, from).every((group) => allows(store, group, "Outbound", connection)) &&
    groupsOf(store, to).every((group) => allows(store, group, "Inbound", connection))
  );
}

/**
 * Whether the security groups let a machine out to an address of Azure's own KMS. Ordinary rules do not hold it up, only
 * those for its service tag, unless a route for 0.0.0.0/0 ends that exemption.
 * Source: learn.microsoft.com/azure/virtual-network/network-security-groups-overview, Azure platform considerations.
 */
export function securityGroupsLetOut(
  store: ResourceStore,
  from: NetworkEndpoint,
  address: string,
  port: number,
  exempt: boolean,
): boolean {
  const connection = { from, to: { address, applicationSecurityGroupIds: [] }, port };
  return groupsOf(store, from).every((group) => {
    const rule = decidingRule(store, group, "Outbound", connection, exempt ? namesAzureKms : () => true);
    return rule === undefined ? exempt : rule.access === "Allow";
  });
}

const namesAzureKms = (rule: JsonObject) =>
  valuesOf(rule, "destinationAddressPrefix").some((prefix) => prefix.toLowerCase() === azureKmsTag);

function groupsOf(store: ResourceStore, endpoint: NetworkEndpoint): string[] {
  const subnet = store.get(endpoint.subnetId);
  const ofSubnet = textOf(objectAt(subnet?.body.properties, "networkSecurityGroup").id);
  return [ofSubnet, endpoint.interfaceSecurityGroupId].filter((id) => id !== undefined);
}

const allows = (store: ResourceStore, groupId: string, direction: string, connection: Connection) =>
  decidingRule(store, groupId, direction, connection, () => true)?.access === "Allow";

/** The rule of the lowest number that fits decides. */
function decidingRule(
  store: ResourceStore,
  groupId: string,
  direction: string,
  connection: Connection,
  counts: (rule: JsonObject) => boolean,
): JsonObject | undefined {
  const own = store.childrenOf(groupId, "Microsoft.Network/networkSecurityGroups/securityRules");
  const rules = [
    ...own.map(({ body }) => objectAt(body.properties)),
    ...defaultSecurityRules.map(({ properties }) => properties),
  ];
  const ordered = rules.sort((a, b) => Number(a.priority) - Number(b.priority));
  return ordered.find(
    (rule) => rule.direction === direction && counts(rule) && fits(store, rule, connection),
  );
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
  endpoint: Connection["to"],
  networkId: string,
): boolean {
  const groups = objectsIn(rule[`${side}ApplicationSecurityGroups`]).flatMap(
    ({ id }) => textOf(id)?.toLowerCase() ?? [],
  );
  return (
    groups.some((id) => endpoint.applicationSecurityGroupIds.includes(id)) ||
    valuesOf(rule, `${side}AddressPrefix`).some((prefix) =>
      hasAddress(store, prefix, endpoint.address, networkId),
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
    case azureKmsTag:
      return azureKmsAddresses(azureKmsOf("public")).includes(address);
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
