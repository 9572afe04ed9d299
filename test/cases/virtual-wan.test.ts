import assert from "node:assert/strict";
import type { AzureResource } from "../../provider";
import { around, codes, idOf, network, ofAzure, routeTable, subnet } from "./azure-program";
import { expectDiagnostics } from "./expect";

describe("members in a network of Azure Virtual WAN", () => {
  const connection = network("HubVirtualNetworkConnection", "to-hub", {
    virtualHubName: "hub",
    enableInternetSecurity: true,
    remoteVirtualNetwork: { id: idOf.network("virtualNetworks", "vnet") },
  });
  const firewall = (...rules: object[]) =>
    network("AzureFirewall", "secured", {
      azureFirewallName: "secured",
      virtualHub: { id: idOf.network("virtualHubs", "hub") },
      networkRuleCollections: [{ name: "kms", priority: 100, action: { type: "Allow" }, rules }],
    });
  const rule = {
    name: "kms",
    protocols: ["TCP"],
    sourceAddresses: ["*"],
    destinationPorts: ["1688"],
    destinationAddresses: ["20.118.99.224", "40.83.235.53", "23.102.135.246"],
  };

  // Source: https://learn.microsoft.com/azure/virtual-wan/howto-firewall
  it("R127: go to Azure's KMS through the firewall of its hub", () => {
    const of = (...resources: AzureResource[]) => ofAzure([subnet("web"), connection, ...resources]);
    expectDiagnostics(of(firewall()), [
      "warning",
      "KMS2234",
      "web",
      /VirtualAppliance by the hub connection "to-hub", to the Azure Firewall "secured"/,
    ]);
    assert.deepEqual(of(firewall(rule)), []);
    assert.deepEqual(codes(of()), ["warning KMS2234", "info KMS2277"]);
    const isolated = subnet("web", { defaultOutboundAccess: false });
    assert.deepEqual(ofAzure([isolated, connection, firewall(rule)]), []);
    const direct = ["20.118.99.224/32", "40.83.235.53/32", "23.102.135.246/32"].map((addressPrefix) => ({
      name: addressPrefix,
      addressPrefix,
      nextHopType: "Internet",
    }));
    assert.deepEqual(ofAzure([subnet("web", around.spoke), routeTable(...direct), connection]), []);
  });
});
