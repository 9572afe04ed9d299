import assert from "node:assert/strict";
import { type AzureResource, validate } from "../../provider";
import { createdHost, createdServers, idOf, network, subnet, virtualNetwork } from "./azure-program";
import { expectDiagnostics } from "./expect";

/*
 * Which DNS servers the machines of a network ask, and where a private zone must be linked for them.
 */

const zone = network("PrivateZone", "corp", { privateZoneName: "corp.example" });
const hub = network("VirtualNetwork", "hub", {
  virtualNetworkName: "hub",
  addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
});
const link = (name: string, virtualNetwork: string) => ({
  type: "azure-native:privatedns:VirtualNetworkLink",
  name,
  args: {
    privateZoneName: "corp.example",
    virtualNetwork: { id: idOf.network("virtualNetworks", virtualNetwork) },
  },
});
const [toSpoke, toHub] = [link("to-spoke", "vnet"), link("to-hub", "hub")];

/** What is said where the machines of the network `vnet` ask these servers. */
const asking = (dnsServers: string[] | undefined, ...more: AzureResource[]) =>
  validate({
    hosts: {
      kms: createdHost({
        zones: [
          { zoneName: "corp.example", azurePrivateZoneId: idOf.network("privateDnsZones", "corp.example") },
        ],
      }),
    },
    groups: { web: createdServers({ hosts: ["kms"] }) },
    resources: [
      virtualNetwork({ dhcpOptions: { dnsServers } }),
      ...[subnet("hosts"), subnet("web"), zone, hub, ...more],
    ],
  }).filter(({ code }) => code !== "KMS2226");

describe("a private zone for machines that ask DNS servers of their own", () => {
  // Source: https://learn.microsoft.com/azure/dns/private-dns-privatednszone
  it("R129: is to be linked where these servers are", () => {
    expectDiagnostics(asking(["10.0.0.4"], toSpoke), [
      "warning",
      "KMS2283",
      "web",
      /"corp" is linked to the virtual network "vnet", but its machines ask the DNS servers 10\.0\.0\.4; these are in the virtual network "hub"/,
      /forward to 168\.63\.129\.16/,
    ]);
    assert.deepEqual(asking(["10.0.0.4"], toHub), []);
    assert.deepEqual(asking(["10.0.0.4"], toHub, toSpoke), []);
    assert.deepEqual(asking(["10.20.0.4"], toSpoke), [], "servers in the network itself");
    assert.deepEqual(asking(["172.16.0.4"], toSpoke), [], "servers in no network of the program");
  });

  it("R129: is to be linked to the members' network where this asks Azure's own DNS", () => {
    for (const servers of [undefined, [], ["168.63.129.16"]]) {
      expectDiagnostics(asking(servers, toHub), [
        "warning",
        "KMS2274",
        "web",
        /linked to no virtual network of the members: the virtual network "vnet"/,
      ]);
    }
  });

  it("R129: may be answered by a forwarding ruleset of the network", () => {
    const ruleset = {
      type: "azure-native:dnsresolver:PrivateResolverVirtualNetworkLink",
      name: "ruleset",
      args: { virtualNetwork: { id: idOf.network("virtualNetworks", "vnet") } },
    };
    assert.deepEqual(asking([], toHub, ruleset), []);
  });
});
