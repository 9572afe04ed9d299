import assert from "node:assert/strict";
import { Discovery, type KMSClientGroupValues, validate } from "../../provider";
import type { AzureResource } from "../../provider/component/validate";
import { codes, createdHost, createdServers, idOf, network } from "./azure-program";
import { expectDiagnostics } from "./expect";
import { create, host, route, routes, subnet, table as tableOf, vnet } from "./landing-zone";

/*
 * Machines in other places than public Azure, and what is near Azure's virtual machines without being one.
 */

const hosts = idOf.subnet("hosts", "spoke");
const fingerprint = `SHA256:${"A".repeat(43)}`;
const onPremises = (...addresses: string[]): Record<string, KMSClientGroupValues> => ({
  office: {
    hosts: ["kms"],
    os: "Windows Server 2022",
    edition: "Datacenter",
    discovery: Discovery.FixedHost,
    machines: {
      ssh: {
        user: "admin",
        machines: addresses.map((address) => ({ host: address, hostKeyFingerprint: fingerprint })),
      },
    },
  },
});
const addresses = (prefix: string, count = 6) =>
  Array.from({ length: count }, (_, place) => `${prefix}.${place + 10}`);

describe("N25: members in an office, reached over SSH, and a KMS host in Azure", () => {
  const of = (clientPrefixes: string[], given: string[]) =>
    validate({ hosts: host(hosts, { clientPrefixes }), groups: onPremises(...given) });

  it("are left out by client prefixes of Azure's networks alone", () => {
    expectDiagnostics(of(["10.2.0.0/16"], addresses("192.168.5")), [
      "warning",
      "KMS2272",
      "office",
      /hosts\[0\]: clientPrefixes of the KMSHost kms leaves out the members in machines\.ssh, 192\.168\.5\.10, 192\.168\.5\.11, 192\.168\.5\.12 and 3 more addresses/,
    ]);
    expectDiagnostics(of(["192.168.5.0/24"], [...addresses("192.168.5"), "192.168.6.4"]), [
      "warning",
      "KMS2272",
      "office",
      /leaves out some members in machines\.ssh, 192\.168\.6\.4\. Add 192\.168\.6\.4 to clientPrefixes/,
    ]);
  });

  it("are let in by the prefix of the office, and not judged by names or forwarded ports", () => {
    assert.deepEqual(of(["192.168.0.0/16"], addresses("192.168.5")), []);
    assert.deepEqual(
      of(
        ["10.2.0.0/16"],
        addresses("web").map((name) => `${name}.corp.example`),
      ),
      [],
    );
    assert.deepEqual(of(["10.2.0.0/16"], addresses("203.0.113")), [], "behind the address of a router");
  });
});

// Source: https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
describe("N38: an office behind a gateway whose routes the host's table does not take over", () => {
  const of = (table: object, given = addresses("192.168.5")) =>
    validate({
      hosts: host(hosts, { clientPrefixes: ["192.168.0.0/16", "10.2.0.0/16"] }),
      groups: onPremises(...given),
      resources: [
        vnet("spoke", "10.2.0.0/16"),
        subnet("hosts", "spoke", "10.2.1.0/24", tableOf("hosts")),
        network("RouteTable", "hosts", { routeTableName: "hosts", ...table }),
        network("VirtualNetworkGateway", "gateway", { gatewayType: "Vpn" }),
      ],
    });
  const toGateway = { name: "office", addressPrefix: "192.168.0.0/16", nextHopType: "VirtualNetworkGateway" };

  it("gets no answers", () => {
    expectDiagnostics(of({ disableBgpRoutePropagation: true, routes: [] }), [
      "warning",
      "KMS2152",
      "office",
      /hosts\[0\]: the route table "hosts" takes over no routes of gateways \(disableBgpRoutePropagation true\) and has no route to 192\.168\.5\.10, .* and 3 more addresses, so the answers of the KMSHost kms do not reach/,
    ]);
  });

  it("gets them by a route of the table, with the routes of the gateway, or inside Azure", () => {
    assert.deepEqual(of({ disableBgpRoutePropagation: true, routes: [toGateway] }), []);
    assert.deepEqual(of({ routes: [] }), []);
    assert.deepEqual(of({ disableBgpRoutePropagation: true, routes: [] }, addresses("10.2.2")), []);
  });
});

// Source: https://learn.microsoft.com/azure/vpn-gateway/site-to-site-tunneling
describe("N43: a gateway whose default site is an office", () => {
  const of = (gateway: object, around: object = {}, ...resources: AzureResource[]) =>
    validate({
      groups: {
        web: createdServers({
          azureKms: true,
          machines: { create: { ...create, count: 2, subnetId: idOf.subnet("web", "spoke") } },
        }),
      },
      resources: [
        vnet("spoke", "10.2.0.0/16"),
        subnet("web", "spoke", "10.2.2.0/24", around),
        subnet("GatewaySubnet", "spoke", "10.2.255.0/27"),
        network("VirtualNetworkGateway", "gateway", {
          gatewayType: "Vpn",
          ipConfigurations: [{ subnet: { id: idOf.subnet("GatewaySubnet", "spoke") } }],
          ...gateway,
        }),
        ...resources,
      ],
    });
  const site = { gatewayDefaultSite: { id: idOf.network("localNetworkGateways", "office") } };

  it("keeps members from Azure's KMS", () => {
    expectDiagnostics(of(site), [
      "warning",
      "KMS2232",
      "web",
      /the default route goes to VirtualNetworkGateway by the default site of the virtual network gateway "gateway"/,
    ]);
  });

  it("does not where routes lead to Azure's KMS, or no site is the default", () => {
    assert.deepEqual(of({}), []);
    const direct = ["20.118.99.224/32", "40.83.235.53/32", "23.102.135.246/32"].map((prefix) =>
      route(prefix),
    );
    assert.deepEqual(of(site, tableOf("direct"), routes("direct", ...direct)), []);
  });
});

describe("N26: IDs that are none of a virtual machine", () => {
  const providers = "/subscriptions/s/resourceGroups/rg/providers";
  const of = (id: string) =>
    validate({ groups: { web: { azureKms: true, machines: { azureVmIds: [id] } } } });

  for (const [id, hint] of [
    ["Microsoft.HybridCompute/machines/office1", /Machines of Azure Arc, .* are reached over SSH/],
    ["Microsoft.AzureStackHCI/virtualMachineInstances/default", /Azure Local .* are reached over SSH/],
    [
      "Microsoft.AVS/privateClouds/sddc/clusters/c/virtualMachines/v",
      /Azure VMware Solution are reached over SSH/,
    ],
    ["Microsoft.Compute/virtualMachineScaleSets/web/virtualMachines/0", /members by machines\.scaleSetId/],
    ["Microsoft.DesktopVirtualization/hostPools/pool/sessionHosts/web1", /its virtual machine in resourceId/],
  ] as const) {
    it(`are pointed to where they belong: ${id}`, () => {
      expectDiagnostics(of(`${providers}/${id}`), ["error", "KMS1003", "web", hint]);
    });
  }
});

describe("N27: regions of another Azure cloud than the one that is signed in to", () => {
  const of = (location: string, azureCloud?: "public" | "usgovernment" | "china") =>
    codes(
      validate({
        azureCloud,
        hosts: { kms: createdHost({ machine: { create: { ...create, subnetId: hosts, location } } }) },
        groups: {
          web: createdServers({
            hosts: ["kms"],
            machines: { create: { ...create, count: 6, subnetId: hosts, location } },
          }),
        },
      }).filter(({ code }) => code !== "KMS2226"),
    );

  it("are named", () => {
    assert.deepEqual(of("usgovvirginia"), ["warning KMS2145", "warning KMS2145"]);
    assert.deepEqual(of("West Europe", "china"), ["warning KMS2145", "warning KMS2145"]);
  });

  it("are right where the environment selects that cloud", () => {
    assert.deepEqual(of("US Gov Virginia", "usgovernment"), []);
    assert.deepEqual(of("chinanorth3", "china"), []);
    assert.deepEqual(of("West Europe"), []);
  });
});
