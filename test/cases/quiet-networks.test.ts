import assert from "node:assert/strict";
import { ActivationMode, Discovery, validate } from "../../provider";
import type { AzureResource } from "../../provider/component/validate";
import { createdHost, createdServers, existingHost, idOf, network } from "./azure-program";
import {
  azureFirewall,
  create,
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
 * More networks in which everything is right: what stands around the machines is no fault of theirs.
 */

const [hosts, web] = [idOf.subnet("hosts", "spoke"), idOf.subnet("web", "spoke")];
const spoke = [
  vnet("spoke", "10.2.0.0/16"),
  subnet("hosts", "spoke", "10.2.1.0/24"),
  subnet("web", "spoke", "10.2.2.0/24"),
];
const fingerprint = `SHA256:${"A".repeat(43)}`;
const machine = (name: string, configuration: object, args: object = {}): AzureResource[] => [
  {
    type: "azure-native:compute:VirtualMachine",
    name,
    args: {
      vmName: name,
      networkProfile: { networkInterfaces: [{ id: idOf.network("networkInterfaces", name) }] },
      ...args,
    },
  },
  network("NetworkInterface", name, { networkInterfaceName: name, ipConfigurations: [configuration] }),
];
const kmsRule = { access: "Allow", direction: "Inbound", protocol: "Tcp", destinationPortRange: "1688" };
const closed = { access: "Deny", direction: "Inbound", priority: 4096 };

/** Programs by what they are like. */
const programs: Record<string, Parameters<typeof validate>[0]> = {
  "two spokes of one hub of Azure Virtual WAN": {
    hosts: host(idOf.subnet("hosts", "shared"), { clientPrefixes: ["10.2.0.0/16"] }),
    groups: servers(web),
    resources: [
      ...spoke,
      vnet("shared", "10.3.0.0/16"),
      subnet("hosts", "shared", "10.3.1.0/24"),
      network("VirtualHub", "hub", { virtualHubName: "hub" }),
      ...["spoke", "shared"].map((name) =>
        network("HubVirtualNetworkConnection", `${name}-to-hub`, {
          virtualHubName: "hub",
          remoteVirtualNetwork: { id: idOf.network("virtualNetworks", name) },
        }),
      ),
    ],
  },
  "a spoke that asks the inbound endpoint of a resolver in the hub, to which the zone is linked": {
    hosts: host(hosts),
    groups: servers(web),
    resources: [
      ...hub,
      subnet("dns-inbound", "hub", "10.0.1.0/28", {
        delegations: [{ name: "dns", serviceName: "Microsoft.Network/dnsResolvers" }],
      }),
      vnet("spoke", "10.2.0.0/16", { dhcpOptions: { dnsServers: ["10.0.1.4"] } }),
      ...spoke.slice(1),
      ...peered("hub", "spoke"),
      zone,
      link("hub"),
    ],
  },
  "a network whose DNS servers are in an office, with a forwarder that no program shows": {
    hosts: host(hosts),
    groups: servers(web),
    resources: [
      ...hub,
      vnet("spoke", "10.2.0.0/16", { dhcpOptions: { dnsServers: ["192.168.1.10", "192.168.1.11"] } }),
      ...spoke.slice(1),
      ...peered("hub", "spoke"),
      zone,
      link("hub"),
    ],
  },
  "a public zone of the same name beside the private one": {
    hosts: host(hosts),
    groups: servers(web),
    resources: [
      ...spoke,
      zone,
      link("spoke"),
      {
        type: "azure-native:dns:Zone",
        name: "public",
        args: { zoneName: "corp.example", location: "Global" },
      },
    ],
  },
  "a bastion, a gateway and a route server beside the subnets of the machines": {
    hosts: host(hosts),
    groups: servers(web),
    resources: [
      ...spoke,
      subnet("AzureBastionSubnet", "spoke", "10.2.10.0/26"),
      subnet("GatewaySubnet", "spoke", "10.2.11.0/27"),
      subnet("RouteServerSubnet", "spoke", "10.2.12.0/27"),
      network("BastionHost", "bastion", {
        ipConfigurations: [{ subnet: { id: idOf.subnet("AzureBastionSubnet", "spoke") } }],
      }),
      network("VirtualNetworkGateway", "gateway", { gatewayType: "ExpressRoute" }),
    ],
  },
  "an office behind a gateway, whose prefix is among the client prefixes and whose routes are taken over": {
    hosts: host(hosts, { clientPrefixes: ["192.168.0.0/16"] }),
    groups: {
      office: {
        hosts: ["kms"],
        os: "Windows Server 2022",
        edition: "Datacenter",
        discovery: Discovery.FixedHost,
        machines: {
          ssh: {
            user: "admin",
            machines: ["10", "11", "12", "13", "14"].map((last) => ({
              host: `192.168.5.${last}`,
              hostKeyFingerprint: fingerprint,
            })),
          },
        },
      },
    },
    resources: [
      vnet("spoke", "10.2.0.0/16"),
      subnet("hosts", "spoke", "10.2.1.0/24", table("hosts")),
      routes("hosts", route("0.0.0.0/0")),
      network("VirtualNetworkGateway", "gateway", { gatewayType: "Vpn" }),
    ],
  },
  "a host with a public address for its own way out, whose port only the network reaches": {
    hosts: { kms: existingHost("kms1") },
    groups: {
      web: createdServers({ hosts: ["kms"], machines: { create: { ...create, count: 6, subnetId: web } } }),
    },
    resources: [
      ...spoke.slice(0, 1),
      subnet("hosts", "spoke", "10.2.1.0/24", { ...group("hosts"), defaultOutboundAccess: false }),
      subnet("web", "spoke", "10.2.2.0/24"),
      rules("hosts", { ...kmsRule, sourceAddressPrefix: "VirtualNetwork" }, closed),
      ...machine("kms1", {
        subnet: { id: hosts },
        publicIPAddress: { id: idOf.network("publicIPAddresses", "kms1") },
      }),
    ],
  },
  "servers on dedicated hosts, in zones, with Spot priority and an own outbound rule of a load balancer": {
    groups: {
      web: {
        azureKms: true,
        os: "Windows Server 2022",
        edition: "Datacenter",
        machines: { azureVmIds: [idOf.machine("web1")] },
      },
    },
    resources: [
      ...spoke.slice(0, 1),
      subnet("web", "spoke", "10.2.2.0/24", { defaultOutboundAccess: false }),
      ...machine(
        "web1",
        {
          subnet: { id: web },
          loadBalancerBackendAddressPools: [
            { id: `${idOf.network("loadBalancers", "out")}/backendAddressPools/pool` },
          ],
        },
        { zones: ["1"], host: { id: "/hosts/one" }, priority: "Spot", evictionPolicy: "Deallocate" },
      ),
      network("LoadBalancer", "out", {
        loadBalancerName: "out",
        sku: { name: "Standard" },
        frontendIPConfigurations: [{ publicIPAddress: { id: idOf.network("publicIPAddresses", "out") } }],
        outboundRules: [{ name: "out", protocol: "All" }],
      }),
    ],
  },
  "private subnets of which an address manager chooses the prefixes": {
    hosts: host(hosts),
    groups: servers(web),
    resources: [
      network("VirtualNetwork", "spoke", {
        virtualNetworkName: "spoke",
        location: "westeurope",
        addressSpace: {
          ipamPoolPrefixAllocations: [{ pool: { id: "/pools/spokes" }, numberOfIpAddresses: "512" }],
        },
      }),
      ...["hosts", "web"].map((name) =>
        network("Subnet", name, {
          virtualNetworkName: "spoke",
          defaultOutboundAccess: false,
          ...nat("nat"),
          ipamPoolPrefixAllocations: [{ pool: { id: "/pools/spokes" }, numberOfIpAddresses: "64" }],
        }),
      ),
      natGateway,
    ],
  },
  "an isolated enclave whose host is activated by telephone, behind a firewall that lets KMS through": {
    hosts: host(hosts, { activation: ActivationMode.Offline, clientPrefixes: ["10.4.0.0/16"] }),
    groups: servers(idOf.subnet("web", "enclave")),
    resources: [
      ...hub,
      vnet("spoke", "10.2.0.0/16"),
      subnet("hosts", "spoke", "10.2.1.0/24", { ...table("back"), defaultOutboundAccess: false }),
      vnet("enclave", "10.4.0.0/16"),
      subnet("web", "enclave", "10.4.2.0/24", { ...table("there"), defaultOutboundAccess: false }),
      ...peered("hub", "spoke"),
      ...peered("hub", "enclave"),
      routes("there", route("0.0.0.0/0", "10.0.0.4")),
      routes("back", route("10.4.0.0/16", "10.0.0.4")),
      ...azureFirewall(
        networkRule({ sourceAddresses: ["10.4.0.0/16"], destinationAddresses: ["10.2.1.0/24"] }),
      ),
    ],
  },
  "Azure's own KMS through an outbound firewall with a public address, by the addresses of both names": {
    groups: ofAzure(web),
    resources: [
      ...hub,
      vnet("spoke", "10.2.0.0/16"),
      subnet("web", "spoke", "10.2.2.0/24", table("out")),
      ...peered("hub", "spoke"),
      routes("out", route("0.0.0.0/0", "10.0.0.4")),
      ...azureFirewall(
        networkRule({ destinationAddresses: ["20.118.99.224", "40.83.235.53", "23.102.135.246"] }),
      ),
    ],
  },
  "a zone that the hosts of two regions share, each with its own record": {
    hosts: {
      west: createdHost({
        clientPrefixes: ["10.2.0.0/16"],
        machine: { create: { ...create, subnetId: hosts, computerName: "kms-west" } },
        zones: [{ zoneName: "corp.example", azurePrivateZoneId: zoneId }],
      }),
      north: createdHost({
        clientPrefixes: ["10.2.0.0/16"],
        machine: {
          create: { ...create, subnetId: idOf.subnet("hosts", "other"), computerName: "kms-north" },
        },
        zones: [{ zoneName: "corp.example", azurePrivateZoneId: zoneId }],
      }),
    },
    groups: {
      web: createdServers({
        hosts: ["west", "north"],
        machines: { create: { ...create, count: 40, subnetId: web } },
      }),
    },
    resources: [zone, link("spoke"), ...spoke],
  },
};

describe("N41: more networks in which everything is right", () => {
  for (const [title, program] of Object.entries(programs)) {
    it(`are not complained of: ${title}`, () => {
      const said = validate(program).filter(({ severity }) => severity !== "info");
      assert.deepEqual(said, []);
    });
  }
});
