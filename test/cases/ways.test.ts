import assert from "node:assert/strict";
import { type AzureResource, type KMSClientGroupValues, validate } from "../../provider";
import {
  around,
  codes,
  createdHost,
  createdServers,
  defaultRoute,
  existingHost,
  idOf,
  network,
  ofHost,
  routeTable,
  securityGroup,
  subnet,
  virtualNetwork,
} from "./azure-program";
import { expectDiagnostics } from "./expect";

/*
 * Ways between machines, and out of their networks, that administrators described in public.
 */

const create = { resourceGroupName: "rg", adminPassword: "correct horse 7 battery" };
const natGateway = network("NatGateway", "nat", {
  natGatewayName: "nat",
  publicIpAddresses: [{ id: idOf.network("publicIPAddresses", "nat") }],
});

describe("members behind an internal load balancer", () => {
  const balancer = (frontend: object, sku = "Standard") =>
    network("LoadBalancer", "balancer", {
      loadBalancerName: "balancer",
      sku: { name: sku },
      frontendIPConfigurations: [{ name: "front", ...frontend }],
    });
  const inside = { subnet: { id: idOf.subnet("web") } };
  const pool = `${idOf.network("loadBalancers", "balancer")}/backendAddressPools/pool`;
  const member = (configuration: object = {}): AzureResource[] => [
    {
      type: "azure-native:compute:VirtualMachine",
      name: "web1",
      args: {
        vmName: "web1",
        networkProfile: { networkInterfaces: [{ id: idOf.network("networkInterfaces", "web1") }] },
      },
    },
    network("NetworkInterface", "web1", {
      networkInterfaceName: "web1",
      ipConfigurations: [{ ...inside, loadBalancerBackendAddressPools: [{ id: pool }], ...configuration }],
    }),
  ];
  const of = (...resources: AzureResource[]) =>
    validate({
      groups: {
        web: {
          azureKms: true,
          os: "Windows Server 2022",
          edition: "Datacenter",
          machines: { azureVmIds: [idOf.machine("web1")] },
        },
      },
      resources: [virtualNetwork(), ...resources],
    });

  // Source: https://github.com/MicrosoftDocs/SupportArticles-docs/pull/1931
  it("R127: do not reach Azure's KMS without another way out", () => {
    expectDiagnostics(of(subnet("web"), ...member(), balancer(inside)), [
      "warning",
      "KMS2235",
      "web",
      /machines\.azureVmIds\[0\]: the internal load balancer "balancer" takes default outbound access away from its members/,
      /NAT gateway/,
    ]);
    const isolated = subnet("web", { defaultOutboundAccess: false });
    expectDiagnostics(of(isolated, ...member(), balancer(inside)), [
      "warning",
      "KMS2235",
      "web",
      /the subnet "web" is private/,
    ]);
  });

  it("R127: reach it by a public front end, a public address or a NAT gateway", () => {
    const published = { publicIPAddress: { id: idOf.network("publicIPAddresses", "front") } };
    assert.deepEqual(of(subnet("web"), ...member(), balancer(published)), []);
    assert.deepEqual(of(subnet("web"), ...member(published), balancer(inside)), []);
    assert.deepEqual(of(subnet("web", around.nat), natGateway, ...member(), balancer(inside)), []);
    assert.deepEqual(of(subnet("web"), ...member(), balancer(inside, "Basic")), []);
    assert.deepEqual(of(subnet("web"), ...member()), [], "a load balancer of another stack");
  });

  // Source: https://learn.microsoft.com/azure/load-balancer/outbound-rules
  it("N24: do not reach it by a public front end whose rules send nothing out", () => {
    const published = { publicIPAddress: { id: idOf.network("publicIPAddresses", "front") } };
    const withRules = (rule: object, ...outboundRules: object[]): AzureResource => {
      const { args, ...rest } = balancer(published);
      return { ...rest, args: { ...args, loadBalancingRules: [rule], outboundRules } };
    };
    const inbound = { name: "https", protocol: "Tcp", frontendPort: 443, backendPort: 443 };
    for (const rule of [
      { ...inbound, disableOutboundSnat: true },
      { ...inbound, protocol: "Udp" },
    ]) {
      expectDiagnostics(of(subnet("web"), ...member(), withRules(rule)), [
        "warning",
        "KMS2235",
        "web",
        /the load balancer "balancer", none of whose rules sends TCP to the Internet, takes default outbound access away/,
      ]);
      assert.deepEqual(of(subnet("web"), ...member(), withRules(rule, { protocol: "All" })), []);
    }
    assert.deepEqual(of(subnet("web"), ...member(), withRules(inbound)), []);
  });

  // Source: https://learn.microsoft.com/azure/nat-gateway/nat-gateway-resource
  it("R127: do not reach it by a NAT gateway without a public address", () => {
    const nat = network("NatGateway", "nat", { natGatewayName: "nat", sku: { name: "Standard" } });
    const isolated = subnet("web", { defaultOutboundAccess: false, ...around.nat });
    expectDiagnostics(of(isolated, nat, ...member({ loadBalancerBackendAddressPools: undefined })), [
      "warning",
      "KMS2235",
      "web",
      /the subnet "web" is private, the NAT gateway "nat" has no public address and no outbound method is declared/,
    ]);
  });

  it("R127: are where their primary network interface is", () => {
    const [machine, first] = member({ loadBalancerBackendAddressPools: undefined });
    const second = network("NetworkInterface", "web1-second", {
      networkInterfaceName: "web1-second",
      ipConfigurations: [{ ...inside, publicIPAddress: { id: idOf.network("publicIPAddresses", "web1") } }],
    });
    const isolated = subnet("web", { defaultOutboundAccess: false });
    const withPrimary = (primary: string) => ({
      ...machine,
      args: {
        ...machine.args,
        networkProfile: {
          networkInterfaces: ["web1", "web1-second"].map((name) => ({
            id: idOf.network("networkInterfaces", name),
            primary: name === primary,
          })),
        },
      },
    });
    assert.deepEqual(of(isolated, withPrimary("web1-second"), first, second), []);
    assert.deepEqual(codes(of(isolated, withPrimary("web1"), first, second)), ["warning KMS2235"]);
  });

  it("R127: cannot be activated online as KMS hosts", () => {
    const hosts = validate({
      hosts: {
        kms: existingHost("web1"),
      },
      resources: [virtualNetwork(), subnet("web"), ...member(), balancer(inside)],
    });
    expectDiagnostics(hosts, [
      "error",
      "KMS2105",
      "kms",
      /the internal load balancer "balancer" takes default outbound access away from its members and no outbound method is declared/,
    ]);
  });
});

describe("Flexible scale sets and Azure's KMS", () => {
  const of = (resources: AzureResource[], more: KMSClientGroupValues = {}) =>
    codes(
      validate({
        groups: {
          web: {
            azureKms: true,
            os: "Windows Server 2022",
            edition: "Datacenter",
            machines: { scaleSet: { ...create, capacity: 5, subnetId: idOf.subnet("web") } },
            ...more,
          },
        },
        resources: [virtualNetwork(), ...resources],
      }),
    );

  // Source: https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access
  it("R127: have no default outbound access, unless the program declares a way out", () => {
    assert.deepEqual(of([subnet("web")]), ["warning KMS2264"]);
    assert.deepEqual(of([]), ["warning KMS2264"], "a subnet of another stack");
    assert.deepEqual(of([subnet("web", around.nat), natGateway]), []);
    assert.deepEqual(of([subnet("web", around.nat)]), [], "a NAT gateway of another stack");
    assert.deepEqual(of([subnet("web", around.spoke)]), [], "a route table of another stack");
  });

  it("R127: are reported once, by what leads elsewhere", () => {
    assert.deepEqual(of([subnet("web", { defaultOutboundAccess: false })]), ["warning KMS2235"]);
    const tunnel = routeTable(defaultRoute("VirtualNetworkGateway"));
    assert.deepEqual(of([subnet("web", around.spoke), tunnel]), ["warning KMS2232", "info KMS2233"]);
    assert.deepEqual(of([], { assume: { network: { privateSubnet: true } } }), ["warning KMS2235"]);
  });
});

describe("subnets with IPv4 and IPv6", () => {
  const both = { addressPrefix: undefined, addressPrefixes: ["10.20.2.0/24", "fd00:db8:20:2::/64"] };

  // Source: https://learn.microsoft.com/azure/virtual-network/ip-services/ipv6-overview
  it("R127: are judged by IPv4, by which KMS hosts are reached", () => {
    assert.deepEqual(ofHost([subnet("hosts"), subnet("web", both)]), []);
    const closing = securityGroup({
      name: "deny",
      direction: "Inbound",
      sourceAddressPrefix: "10.20.2.0/24",
    });
    assert.deepEqual(codes(ofHost([subnet("hosts", around.servers), subnet("web", both), closing])), [
      "error KMS2270",
    ]);
    const prefixes = ofHost(
      [subnet("hosts"), subnet("web", both)],
      createdHost({ clientPrefixes: ["10.20.1.0/24"] }),
    );
    assert.match(
      prefixes[0].message,
      /KMS2272 .* leaves out the members in the subnet "web", 10\.20\.2\.0\/24\./,
    );
  });
});

describe("members and hosts in two virtual networks", () => {
  const hub = network("VirtualNetwork", "hub", {
    virtualNetworkName: "hub",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
  });
  const hosts = network("Subnet", "hub-hosts", {
    subnetName: "hosts",
    virtualNetworkName: "hub",
    addressPrefix: "10.0.1.0/24",
  });
  const host = createdHost({ machine: { create: { ...create, subnetId: idOf.subnet("hosts", "hub") } } });
  const peering = (name: string, local: string, remote: string, more: object = {}) =>
    network("VirtualNetworkPeering", name, {
      virtualNetworkName: local,
      remoteVirtualNetwork: { id: idOf.network("virtualNetworks", remote) },
      ...more,
    });
  const of = (...resources: AzureResource[]) => ofHost([hub, hosts, ...resources], host);
  const [there, back] = [peering("spoke-to-hub", "vnet", "hub"), peering("hub-to-spoke", "hub", "vnet")];

  // Source: https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview
  it("R127: need a peering on both sides", () => {
    const expected = (...facts: RegExp[]): Parameters<typeof expectDiagnostics>[1] => [
      "warning",
      "KMS2282",
      "web",
      ...facts,
    ];
    expectDiagnostics(
      of(subnet("web")),
      expected(
        /no peering of the program connects the virtual networks "vnet" and "hub", so the subnet "web"/,
      ),
    );
    expectDiagnostics(
      of(subnet("web"), there),
      expected(/the peering "spoke-to-hub" has no counterpart from "hub" to "vnet"/),
    );
    expectDiagnostics(
      of(subnet("web"), there, peering("hub-to-spoke", "hub", "vnet", { allowVirtualNetworkAccess: false })),
      expected(/the peering "hub-to-spoke" has allowVirtualNetworkAccess false/),
    );
    assert.deepEqual(of(subnet("web"), there, back), []);
  });

  it("R127: count as one network for rules and routes where they are peered", () => {
    const table = (nextHopType: string, addressPrefix = "10.0.0.0/16") =>
      routeTable({ name: "to-hub", addressPrefix, nextHopType });
    assert.deepEqual(codes(of(subnet("web", around.spoke), table("None"), there, back)), ["error KMS2271"]);
    assert.deepEqual(of(subnet("web", around.spoke), table("None", "0.0.0.0/0"), there, back), []);
    const closing = securityGroup({ destinationAddressPrefix: "VirtualNetwork" });
    assert.deepEqual(codes(of(subnet("web", around.servers), closing, there, back)), ["error KMS2270"]);
  });

  it("R127: may be connected by appliances, a Virtual WAN, gateways or another stack's peerings", () => {
    const routed = [
      subnet("web", around.spoke),
      routeTable({
        name: "hub",
        addressPrefix: "10.0.0.0/8",
        nextHopType: "VirtualAppliance",
        nextHopIpAddress: "10.0.9.4",
      }),
    ];
    for (const resources of [
      routed,
      [subnet("web"), network("HubVirtualNetworkConnection", "to-hub", { virtualHubName: "wan" })],
      [subnet("web"), network("VirtualNetworkGatewayConnection", "to-hub")],
      [subnet("web"), peering("of-a-network-that-is-not-known", "elsewhere", "hub")],
      [subnet("web", around.spoke)],
    ]) {
      assert.deepEqual(of(...resources), []);
    }
    assert.deepEqual(ofHost([subnet("web")], host), [], "a network of another stack");
    assert.deepEqual(ofHost([hub, hosts], host, createdServers()), [], "members in another stack's network");
  });
});
