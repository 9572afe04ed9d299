import assert from "node:assert/strict";
import { validate } from "../../provider";
import { defaultRoute, idOf, network } from "./azure-program";
import {
  azureFirewall,
  firewallAddress,
  group,
  host,
  hub,
  link,
  nat,
  natGateway,
  networkRule,
  ofAzure,
  peered,
  route,
  routes,
  rules,
  servers,
  subnet,
  table,
  vnet,
  zone,
  zoneId,
} from "./landing-zone";

/*
 * Networks as landing zones and their templates have them, in which everything is right: nothing may be said of them.
 */

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
