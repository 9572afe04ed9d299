import type { KMSClientGroupValues, KMSHostValues } from "../../provider";
import type { AzureResource } from "../../provider/component/validate";
import { createdHost, createdServers, defaultRoute, idOf, network } from "./azure-program";

/*
 * Parts of the networks that landing zones have, as plain values for `validate`.
 */

export const create = { resourceGroupName: "rg", adminPassword: "correct horse 7 battery" };
export const zoneId =
  "/subscriptions/s/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/corp.example";
export const vnet = (name: string, prefix: string, args: object = {}) =>
  network("VirtualNetwork", name, {
    virtualNetworkName: name,
    location: "westeurope",
    addressSpace: { addressPrefixes: [prefix] },
    ...args,
  });
export const subnet = (name: string, of: string, addressPrefix: string, args: object = {}) =>
  network("Subnet", name, { virtualNetworkName: of, addressPrefix, ...args });
export const around = (kind: string, property: string) => (name: string) => ({
  [property]: { id: idOf.network(kind, name) },
});
export const table = around("routeTables", "routeTable");
export const group = around("networkSecurityGroups", "networkSecurityGroup");
export const nat = around("natGateways", "natGateway");
export const routes = (name: string, ...given: object[]) =>
  network("RouteTable", name, { routeTableName: name, routes: given });
export const route = (addressPrefix: string, nextHopIpAddress?: string) => ({
  ...defaultRoute(nextHopIpAddress === undefined ? "Internet" : "VirtualAppliance", { nextHopIpAddress }),
  name: addressPrefix.replace(/\W/g, "-"),
  addressPrefix,
});
export const peered = (one: string, other: string) => [
  network("VirtualNetworkPeering", `${one}-to-${other}`, {
    virtualNetworkName: one,
    remoteVirtualNetwork: { id: idOf.network("virtualNetworks", other) },
    allowForwardedTraffic: true,
    allowGatewayTransit: true,
  }),
  network("VirtualNetworkPeering", `${other}-to-${one}`, {
    virtualNetworkName: other,
    remoteVirtualNetwork: { id: idOf.network("virtualNetworks", one) },
    allowForwardedTraffic: true,
  }),
];
export const rules = (name: string, ...given: object[]) =>
  network("NetworkSecurityGroup", name, {
    networkSecurityGroupName: name,
    securityRules: given.map((one, place) => ({
      name: `rule-${place}`,
      priority: 100 + place * 100,
      protocol: "*",
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "*",
      ...one,
    })),
  });
export const natGateway = network("NatGateway", "nat", {
  natGatewayName: "nat",
  publicIpAddresses: [{ id: idOf.network("publicIPAddresses", "nat") }],
});
export const zone: AzureResource = {
  type: "azure-native:privatedns:PrivateZone",
  name: "corp",
  args: { resourceGroupName: "dns", privateZoneName: "corp.example", location: "Global" },
};
export const link = (to: string, registrationEnabled = false): AzureResource => ({
  type: "azure-native:privatedns:VirtualNetworkLink",
  name: `corp-${to}`,
  args: {
    resourceGroupName: "dns",
    privateZoneName: "corp.example",
    registrationEnabled,
    virtualNetwork: { id: idOf.network("virtualNetworks", to) },
  },
});
export const azureFirewall = (...given: object[]) => [
  network("AzureFirewall", "fw", {
    azureFirewallName: "fw",
    firewallPolicy: { id: idOf.network("firewallPolicies", "policy") },
  }),
  network("FirewallPolicy", "policy", {
    firewallPolicyName: "policy",
    sku: { tier: "Standard" },
    dnsSettings: { enableProxy: true },
  }),
  network("FirewallPolicyRuleCollectionGroup", "rules", {
    firewallPolicyName: "policy",
    priority: 200,
    ruleCollections: [{ name: "allow", priority: 200, action: { type: "Allow" }, rules: given }],
  }),
];
export const networkRule = (args: object) => ({
  ruleType: "NetworkRule",
  name: "kms",
  ipProtocols: ["TCP"],
  sourceAddresses: ["10.2.0.0/16"],
  destinationPorts: ["1688"],
  ...args,
});
export const hub = [vnet("hub", "10.0.0.0/16"), subnet("AzureFirewallSubnet", "hub", "10.0.0.0/26")];
export const firewallAddress = "10.0.0.4";

export const host = (subnetId: string, args: KMSHostValues = {}): Record<string, KMSHostValues> => ({
  kms: createdHost({
    machine: { create: { ...create, subnetId, location: "westeurope" } },
    clientPrefixes: ["10.2.0.0/16"],
    zones: [{ zoneName: "corp.example", azurePrivateZoneId: zoneId }],
    ...args,
  }),
});
export const servers = (
  subnetId: string,
  args: KMSClientGroupValues = {},
): Record<string, KMSClientGroupValues> => ({
  web: createdServers({
    hosts: ["kms"],
    machines: { create: { ...create, count: 6, subnetId, location: "West Europe" } },
    ...args,
  }),
});
export const ofAzure = (subnetId: string) => servers(subnetId, { hosts: undefined, azureKms: true });
