import assert from "node:assert/strict";
import { validate } from "../../provider";
import {
  around,
  codes,
  createdHost,
  defaultRoute,
  idOf,
  network,
  ofAzure,
  ofHost,
  routeTable,
  securityGroup,
  subnet,
} from "./azure-program";
import { expectDiagnostics } from "./expect";

const firewall = (rules: object[], policy: object = { dnsSettings: { enableProxy: true } }) => [
  subnet("web", around.spoke),
  routeTable(defaultRoute("VirtualAppliance", { nextHopIpAddress: "10.20.0.4" })),
  network("Subnet", "AzureFirewallSubnet", { virtualNetworkName: "vnet", addressPrefix: "10.20.0.0/26" }),
  network("AzureFirewall", "hub", {
    azureFirewallName: "hub",
    firewallPolicy: { id: idOf.network("firewallPolicies", "policy") },
  }),
  network("FirewallPolicy", "policy", { firewallPolicyName: "policy", ...policy }),
  network("FirewallPolicyRuleCollectionGroup", "rules", {
    firewallPolicyName: "policy",
    priority: 200,
    ruleCollections: [{ name: "allow", priority: 200, action: { type: "Allow" }, rules }],
  }),
];
const rule = (args: object) => ({
  ruleType: "NetworkRule",
  name: "kms",
  ipProtocols: ["TCP"],
  sourceAddresses: ["*"],
  destinationPorts: ["1688"],
  ...args,
});
const names = ["azkms.core.windows.net", "kms.core.windows.net"];

describe("what people report of Azure's KMS in their networks", () => {
  // Source: https://github.com/MicrosoftDocs/SupportArticles-docs/issues/642
  it("N13: an address that a page had mistyped is missing among the routes", () => {
    const direct = ["20.118.99.244/32", "40.83.235.53/32", "23.102.135.246/32"].map((addressPrefix) => ({
      name: addressPrefix,
      addressPrefix,
      nextHopType: "Internet",
    }));
    const table = routeTable(defaultRoute("VirtualNetworkGateway"), ...direct);
    const [missing, ...others] = ofAzure([subnet("web", around.spoke), table]);
    assert.match(
      missing.message,
      /^KMS2232 .* routes with next hop Internet for 20\.118\.99\.224\/32, and let/,
    );
    assert.deepEqual(codes(others), ["info KMS2233"]);
  });

  // Source: https://github.com/MicrosoftDocs/azure-docs/issues/11957
  it("N14: the tags and default rules of an Azure Firewall do not have KMS in them", () => {
    const updates = {
      ruleType: "ApplicationRule",
      name: "updates",
      fqdnTags: ["WindowsUpdate", "WindowsDiagnostics"],
      sourceAddresses: ["*"],
      protocols: [{ protocolType: "Https", port: 443 }],
    };
    assert.deepEqual(codes(ofAzure(firewall([updates]))), ["warning KMS2234"]);
    assert.deepEqual(codes(ofAzure(firewall([]))), ["warning KMS2234"]);
  });

  // Source: https://github.com/Azure/CanadaPubSecALZ/issues/328
  it("N15: the name of 2022 is missing in the rules of a landing zone", () => {
    expectDiagnostics(ofAzure(firewall([rule({ destinationFqdns: ["kms.core.windows.net"] })])), [
      "warning",
      "KMS2107",
      "web",
      /azkms\.core\.windows\.net/,
    ]);
  });

  it("N16: KMS is no UDP", () => {
    assert.deepEqual(codes(ofAzure(firewall([rule({ ipProtocols: ["UDP"], destinationFqdns: names })]))), [
      "warning KMS2234",
    ]);
    const udp = { direction: "Inbound", name: "kms", access: "Allow", priority: 100, protocol: "Udp" };
    const closed = [
      subnet("web"),
      subnet("hosts", around.servers),
      securityGroup({ direction: "Inbound" }, udp),
    ];
    assert.deepEqual(codes(ofHost(closed)), ["error KMS2270"]);
  });

  // Source: https://learn.microsoft.com/azure/firewall/features-by-sku
  it("N17: an Azure Firewall Basic takes no names in network rules", () => {
    const basic = { sku: { tier: "Basic" }, dnsSettings: { enableProxy: true } };
    const found = ofAzure(firewall([rule({ destinationFqdns: names })], basic));
    assert.ok(codes(found).includes("error KMS2280"), codes(found).join());
    const addresses = ["20.118.99.224", "40.83.235.53", "23.102.135.246"];
    assert.deepEqual(ofAzure(firewall([rule({ destinationAddresses: addresses })], basic)), []);
  });

  // Source: https://github.com/hashicorp/terraform-provider-azurerm/issues/4739
  it("N18: a public zone, another zone and a name of one label are no private zone of the record", () => {
    const of = (zoneName: string, kind: string, name = zoneName) => {
      const azurePrivateZoneId = `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/${kind}/${name}`;
      return codes(validate({ hosts: { kms: createdHost({ zones: [{ zoneName, azurePrivateZoneId }] }) } }));
    };
    assert.deepEqual(of("corp.example", "privateDnsZones"), []);
    assert.deepEqual(of("corp.example", "dnsZones"), ["error KMS1003"]);
    assert.deepEqual(of("corp.example", "privateDnsZones", "kms.corp.example"), ["error KMS5017"]);
    assert.deepEqual(of("corp", "privateDnsZones"), ["error KMS2129"]);
  });
});
