import assert from "node:assert/strict";
import { type AzureResource, type KMSClientGroupValues, type KMSHostValues, validate } from "../../provider";
import { createdHost, createdServers, defaultRoute, idOf, network } from "./azure-program";

/*
 * Networks as landing zones and their templates have them, in which everything is right: nothing may be said of them.
 */

const create = { resourceGroupName: "rg", adminPassword: "correct horse 7 battery" };
const zoneId = "/subscriptions/s/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/corp.example";
const vnet = (name: string, prefix: string, args: object = {}) =>
  network("VirtualNetwork", name, {
    virtualNetworkName: name,
    location: "westeurope",
    addressSpace: { addressPrefixes: [prefix] },
    ...args,
  });
const subnet = (name: string, of: string, addressPrefix: string, args: object = {}) =>
  network("Subnet", name, { virtualNetworkName: of, addressPrefix, ...args });
const around = (kind: string, property: string) => (name: string) => ({
  [property]: { id: idOf.network(kind, name) },
});
const table = around("routeTables", "routeTable");
const group = around("networkSecurityGroups", "networkSecurityGroup");
const nat = around("natGateways", "natGateway");
const routes = (name: string, ...given: object[]) =>
  network("RouteTable", name, { routeTableName: name, routes: given });
const route = (addressPrefix: string, nextHopIpAddress?: string) => ({
  ...defaultRoute(nextHopIpAddress === undefined ? "Internet" : "VirtualAppliance", { nextHopIpAddress }),
  name: addressPrefix.replace(/\W/g, "-"),
  addressPrefix,
});
const peered = (one: string, other: string) => [
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
const rules = (name: string, ...given: object[]) =>
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
const natGateway = network("NatGateway", "nat", {
  natGatewayName: "nat",
  publicIpAddresses: [{ id: idOf.network("publicIPAddresses", "nat") }],
});
const zone: AzureResource = {
  type: "azure-native:privatedns:PrivateZone",
  name: "corp",
  args: { resourceGroupName: "dns", privateZoneName: "corp.example", location: "Global" },
};
const link = (to: string, registrationEnabled = false): AzureResource => ({
  type: "azure-native:privatedns:VirtualNetworkLink",
  name: `corp-${to}`,
  args: {
    resourceGroupName: "dns",
    privateZoneName: "corp.example",
    registrationEnabled,
    virtualNetwork: { id: idOf.network("virtualNetworks", to) },
  },
});
const azureFirewall = (...given: object[]) => [
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
const networkRule = (args: object) => ({
  ruleType: "NetworkRule",
  name: "kms",
  ipProtocols: ["TCP"],
  sourceAddresses: ["10.2.0.0/16"],
  destinationPorts: ["1688"],
  ...args,
});
const hub = [vnet("hub", "10.0.0.0/16"), subnet("AzureFirewallSubnet", "hub", "10.0.0.0/26")];
const firewallAddress = "10.0.0.4";

const host = (subnetId: string, args: KMSHostValues = {}): Record<string, KMSHostValues> => ({
  kms: createdHost({
    machine: { create: { ...create, subnetId, location: "westeurope" } },
    clientPrefixes: ["10.2.0.0/16"],
    zones: [{ zoneName: "corp.example", azurePrivateZoneId: zoneId }],
    ...args,
  }),
});
const servers = (
  subnetId: string,
  args: KMSClientGroupValues = {},
): Record<string, KMSClientGroupValues> => ({
  web: createdServers({
    hosts: ["kms"],
    machines: { create: { ...create, count: 6, subnetId, location: "West Europe" } },
    ...args,
  }),
});
const ofAzure = (subnetId: string) => servers(subnetId, { hosts: undefined, azureKms: true });

const [inHosts, inWeb] = [idOf.subnet("hosts", "shared"), idOf.subnet("web", "apps")];
const spokes = [vnet("shared", "10.1.0.0/16"), vnet("apps", "10.2.0.0/16")];

/** Programs by what they are like. */
const programs: Record<string, Parameters<typeof validate>[0]> = {
  "one network with a linked zone that registers its machines, and rules that let KMS in alone": {
    hosts: host(idOf.subnet("hosts", "apps"), { clientPrefixes: ["10.2.2.0/24"] }),
    groups: servers(inWeb),
    resources: [
      vnet("apps", "10.2.0.0/16"),
      subnet("hosts", "apps", "10.2.1.0/28", group("hosts")),
      subnet("web", "apps", "10.2.2.0/24", group("web")),
      rules(
        "hosts",
        {
          access: "Allow",
          direction: "Inbound",
          protocol: "Tcp",
          sourceAddressPrefix: "10.2.2.0/24",
          destinationPortRange: "1688",
        },
        { access: "Deny", direction: "Inbound" },
      ),
      rules("web", { access: "Allow", direction: "Outbound", destinationAddressPrefix: "VirtualNetwork" }),
      zone,
      link("apps", true),
    ],
  },
  "spokes behind the firewall of a hub, with a rule for KMS and one for the host's own activation": {
    hosts: host(inHosts),
    groups: servers(inWeb),
    resources: [
      ...hub,
      ...spokes,
      ...peered("hub", "shared"),
      ...peered("hub", "apps"),
      subnet("hosts", "shared", "10.1.1.0/24", table("to-fw")),
      subnet("web", "apps", "10.2.2.0/24", table("to-fw")),
      routes("to-fw", route("0.0.0.0/0", firewallAddress)),
      ...azureFirewall(
        networkRule({ destinationAddresses: ["10.1.1.0/24"] }),
        networkRule({
          name: "activation",
          sourceAddresses: ["10.1.0.0/16"],
          destinationPorts: ["443"],
          destinationAddresses: ["*"],
        }),
      ),
      zone,
      link("shared"),
      link("apps"),
    ],
  },
  "a host in the hub, and spokes that are peered with it": {
    hosts: host(idOf.subnet("shared-services", "hub")),
    groups: servers(inWeb),
    resources: [
      ...hub,
      subnet("shared-services", "hub", "10.0.2.0/24"),
      vnet("apps", "10.2.0.0/16"),
      ...peered("hub", "apps"),
      subnet("web", "apps", "10.2.2.0/24", table("to-fw")),
      routes("to-fw", route("0.0.0.0/0", firewallAddress)),
      ...azureFirewall(networkRule({ destinationAddresses: ["*"] })),
      zone,
      link("hub"),
      link("apps"),
    ],
  },
  "session hosts that reach Azure's KMS through the hub's firewall by names": {
    groups: ofAzure(inWeb),
    resources: [
      ...hub,
      vnet("apps", "10.2.0.0/16", { dhcpOptions: { dnsServers: [firewallAddress] } }),
      ...peered("hub", "apps"),
      subnet("web", "apps", "10.2.2.0/24", { ...table("to-fw"), defaultOutboundAccess: false }),
      routes("to-fw", route("0.0.0.0/0", firewallAddress)),
      ...azureFirewall(
        networkRule({ destinationFqdns: ["azkms.core.windows.net", "kms.core.windows.net"] }),
        {
          ruleType: "ApplicationRule",
          name: "updates",
          sourceAddresses: ["*"],
          fqdnTags: ["WindowsUpdate"],
          protocols: [{ protocolType: "Https", port: 443 }],
        },
      ),
    ],
  },
  "a forced tunnel with routes for each address of Azure's KMS, and rules that deny the Internet but these": {
    groups: ofAzure(inWeb),
    resources: [
      vnet("apps", "10.2.0.0/16", { dhcpOptions: { dnsServers: ["192.168.1.4"] } }),
      subnet("web", "apps", "10.2.2.0/24", { ...table("tunnel"), ...group("web") }),
      routes(
        "tunnel",
        defaultRoute("VirtualNetworkGateway"),
        ...["20.118.99.224/32", "40.83.235.53/32", "23.102.135.246/32"].map((prefix) => route(prefix)),
      ),
      rules(
        "web",
        ...["20.118.99.224", "40.83.235.53", "23.102.135.246"].map((destinationAddressPrefix) => ({
          access: "Allow",
          direction: "Outbound",
          protocol: "Tcp",
          destinationAddressPrefix,
          destinationPortRange: "1688",
        })),
        { access: "Deny", direction: "Outbound", destinationAddressPrefix: "Internet" },
      ),
    ],
  },
  "private subnets with a NAT gateway": {
    hosts: host(inHosts),
    groups: servers(inWeb),
    resources: [
      ...spokes,
      ...peered("shared", "apps"),
      subnet("hosts", "shared", "10.1.1.0/24", { ...nat("nat"), defaultOutboundAccess: false }),
      subnet("web", "apps", "10.2.2.0/24", { ...nat("nat"), defaultOutboundAccess: false }),
      natGateway,
      zone,
      link("apps"),
    ],
  },
  "an isolated host that is activated by telephone": {
    hosts: host(inHosts, { activation: "offline" }),
    groups: servers(inWeb),
    resources: [
      ...spokes,
      ...peered("shared", "apps"),
      subnet("hosts", "shared", "10.1.1.0/24", { ...table("nowhere"), defaultOutboundAccess: false }),
      routes("nowhere", defaultRoute("None")),
      subnet("web", "apps", "10.2.2.0/24"),
      zone,
      link("apps"),
    ],
  },
  "a hub with a gateway, whose routes no table has": {
    hosts: host(inHosts, { clientPrefixes: ["10.2.0.0/16", "192.168.0.0/16"] }),
    groups: servers(inWeb),
    resources: [
      ...hub,
      ...spokes,
      ...peered("hub", "shared"),
      ...peered("hub", "apps"),
      subnet("GatewaySubnet", "hub", "10.0.1.0/27"),
      network("VirtualNetworkGateway", "er", {
        virtualNetworkGatewayName: "er",
        gatewayType: "ExpressRoute",
      }),
      subnet("hosts", "shared", "10.1.1.0/24"),
      subnet("web", "apps", "10.2.2.0/24", table("to-fw")),
      routes("to-fw", route("10.0.0.0/8", firewallAddress)),
      ...azureFirewall(networkRule({ destinationAddresses: ["10.0.0.0/8"] })),
      zone,
      link("apps"),
      link("shared"),
    ],
  },
  "a network appliance that forwards, in the hub": {
    hosts: host(inHosts),
    groups: servers(inWeb),
    resources: [
      ...hub,
      ...spokes,
      ...peered("hub", "shared"),
      ...peered("hub", "apps"),
      network("NetworkInterface", "nva", {
        networkInterfaceName: "nva",
        enableIPForwarding: true,
        ipConfigurations: [{ name: "ip", privateIPAddress: "10.0.3.4", privateIPAllocationMethod: "Static" }],
      }),
      subnet("hosts", "shared", "10.1.1.0/24", table("back")),
      subnet("web", "apps", "10.2.2.0/24", table("there")),
      routes("there", route("10.1.0.0/16", "10.0.3.4")),
      routes("back", route("10.2.0.0/16", "10.0.3.4")),
      zone,
      link("apps"),
    ],
  },
  "application security groups in place of prefixes": {
    hosts: host(inHosts),
    groups: servers(inWeb),
    resources: [
      ...spokes,
      ...peered("shared", "apps"),
      subnet("hosts", "shared", "10.1.1.0/24"),
      subnet("web", "apps", "10.2.2.0/24", group("web")),
      network("ApplicationSecurityGroup", "jump", { applicationSecurityGroupName: "jump" }),
      rules("web", {
        access: "Deny",
        direction: "Outbound",
        sourceAddressPrefix: undefined,
        sourceApplicationSecurityGroups: [{ id: idOf.network("applicationSecurityGroups", "jump") }],
      }),
      zone,
      link("apps"),
      {
        type: "azure-native:authorization:ManagementLockByScope",
        name: "protect",
        args: { scope: zoneId, level: "CanNotDelete" },
      },
    ],
  },
};

describe("N11: networks in which everything is right", () => {
  for (const [title, program] of Object.entries(programs)) {
    it(`are not complained of: ${title}`, () => {
      // That Azure has a KMS of its own, and what a key has left, are told of every program.
      const said = validate(program).filter(({ code }) => code !== "KMS2226" && code !== "KMS6020");
      assert.deepEqual(
        said.map(({ message }) => message),
        [],
      );
    });
  }
});
