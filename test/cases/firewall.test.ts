import assert from "node:assert/strict";
import type { AzureResource } from "../../provider";
import { around, codes, defaultRoute, idOf, network, ofAzure, routeTable, subnet } from "./azure-program";
import { expectDiagnostics } from "./expect";

const firewall = (args: object = {}) =>
  network("AzureFirewall", "hub", {
    azureFirewallName: "hub",
    firewallPolicy: { id: idOf.network("firewallPolicies", "policy") },
    ...args,
  });
const firewallSubnet = network("Subnet", "firewall", {
  virtualNetworkName: "vnet",
  subnetName: "AzureFirewallSubnet",
  addressPrefix: "10.20.0.0/26",
});
const policy = network("FirewallPolicy", "policy", {
  firewallPolicyName: "policy",
  dnsSettings: { enableProxy: true },
});
const collection = (rules: object[], more: object = {}) => ({
  ruleCollectionType: "FirewallPolicyFilterRuleCollection",
  name: "collection",
  priority: 200,
  action: { type: "Allow" },
  rules,
  ...more,
});
const ruleGroup = (...ruleCollections: object[]) =>
  network("FirewallPolicyRuleCollectionGroup", "rules", {
    firewallPolicyName: "policy",
    priority: 200,
    ruleCollections,
  });
const networkRule = (destinations: object, more: object = {}) => ({
  ruleType: "NetworkRule",
  name: "kms",
  ipProtocols: ["TCP"],
  sourceAddresses: ["*"],
  destinationPorts: ["1688"],
  ...destinations,
  ...more,
});
const bothNames = { destinationFqdns: ["kms.core.windows.net", "azkms.core.windows.net"] };
const throughFirewall = (...rules: AzureResource[]) => [
  subnet("web", around.spoke),
  routeTable(defaultRoute("VirtualAppliance", { nextHopIpAddress: "10.20.0.4" })),
  firewall(),
  firewallSubnet,
  policy,
  ...rules,
];

describe("K25: Azure Firewall on the way to Azure's KMS", () => {
  it("K25: at preview nothing is said of a declared firewall with network rules for both names", () => {
    for (const destination of [
      bothNames,
      { destinationAddresses: ["20.118.99.224", "40.83.235.53", "23.102.135.246"] },
      { destinationAddresses: ["20.118.99.224/32", "40.83.235.0/24", "23.102.135.0/24"] },
      { destinationAddresses: ["*"] },
    ]) {
      const resources = throughFirewall(ruleGroup(collection([networkRule(destination)])));
      assert.deepEqual(ofAzure(resources), [], JSON.stringify(destination));
      assert.deepEqual(ofAzure(resources, { strict: true }), []);
    }
    const split = ruleGroup(
      collection([
        networkRule({ destinationFqdns: ["kms.core.windows.net"] }),
        networkRule({ destinationFqdns: ["azkms.core.windows.net"] }, { destinationPorts: ["1000-2000"] }),
      ]),
    );
    assert.deepEqual(ofAzure(throughFirewall(split)), []);
  });

  it("K25: at preview the old name alone is not enough", () => {
    const old = ruleGroup(collection([networkRule({ destinationFqdns: ["kms.core.windows.net"] })]));
    expectDiagnostics(ofAzure(throughFirewall(old)), [
      "warning",
      "KMS2107",
      "web",
      /the network rules of the Azure Firewall "hub" name only kms\.core\.windows\.net, but since March 2023 all machines use azkms\.core\.windows\.net/,
      /Allow both names/,
    ]);
  });

  it("K25: at preview a firewall without such a rule is named with the route to it", () => {
    for (const rules of [
      [],
      [ruleGroup(collection([networkRule(bothNames, { destinationPorts: ["443"] })]))],
      [ruleGroup(collection([networkRule(bothNames, { ipProtocols: ["UDP"] })]))],
      [ruleGroup(collection([networkRule(bothNames)], { action: { type: "Deny" } }))],
      [
        ruleGroup(
          collection([networkRule(bothNames)], { priority: 300 }),
          collection([networkRule(bothNames)], { action: { type: "Deny" }, priority: 100 }),
        ),
      ],
    ]) {
      expectDiagnostics(ofAzure(throughFirewall(...rules)), [
        "warning",
        "KMS2234",
        "web",
        /machines\.create\.subnetId: .*VirtualAppliance by the route "default" of the route table "spoke", to the Azure Firewall "hub"/,
        /Add a network rule for TCP 1688/,
      ]);
    }
  });

  it("K25: at preview an application rule does not carry KMS", () => {
    const application = {
      ruleType: "ApplicationRule",
      name: "windows",
      protocols: [{ protocolType: "Https", port: 1688 }],
      targetFqdns: ["azkms.core.windows.net"],
    };
    expectDiagnostics(ofAzure(throughFirewall(ruleGroup(collection([application])))), [
      "error",
      "KMS2106",
      "web",
      /the application rule "windows" of the Azure Firewall "hub" accepts KMS connections but cannot carry them/,
    ]);
  });

  it("R127: at preview rules count for their sources alone, by addresses or IP groups of the program", () => {
    const from = (sources: object, ...more: AzureResource[]) =>
      codes(
        ofAzure(
          throughFirewall(
            ruleGroup(collection([networkRule(bothNames, { sourceAddresses: [], ...sources })])),
            ...more,
          ),
        ),
      );
    const group = (...ipAddresses: string[]) =>
      network("IpGroup", "clients", { ipGroupsName: "clients", ipAddresses });
    const grouped = { sourceIpGroups: [idOf.network("ipGroups", "clients")] };
    assert.deepEqual(from({ sourceAddresses: ["10.20.0.0/16"] }), []);
    assert.deepEqual(from({ sourceAddresses: ["10.99.0.0/16"] }), ["warning KMS2234"]);
    assert.deepEqual(from(grouped, group("10.20.2.0/24")), []);
    assert.deepEqual(from(grouped, group("10.99.0.0/16")), ["warning KMS2234"]);
    assert.deepEqual(from(grouped), [], "an IP group of another stack");
  });

  // Source: https://github.com/Azure/azure-sdk-for-go/issues/11094
  it("R127: at preview names in network rules need a firewall that is a DNS proxy", () => {
    const rules = ruleGroup(collection([networkRule(bothNames)]));
    const withSettings = (dnsSettings: object | undefined) => [
      ...throughFirewall(rules).filter(({ name }) => name !== "policy"),
      network("FirewallPolicy", "policy", { firewallPolicyName: "policy", dnsSettings }),
    ];
    for (const settings of [undefined, { servers: ["10.20.0.10"] }, { enableProxy: false }]) {
      expectDiagnostics(ofAzure(withSettings(settings)), [
        "error",
        "KMS2280",
        "web",
        /the network rule "kms" of the Azure Firewall "hub" names Azure's KMS, but Azure refuses names .* whose DNS proxy is off/,
        /enableProxy/,
      ]);
    }
    assert.deepEqual(ofAzure(withSettings({ requireProxyForNetworkRules: false })), []);
  });

  // Source: https://github.com/MicrosoftDocs/SupportArticles-docs/issues/640
  it("R127: at preview an address of Azure's KMS that the rules leave out is named", () => {
    const to = (...destinationAddresses: string[]) =>
      ofAzure(throughFirewall(ruleGroup(collection([networkRule({ destinationAddresses })]))));
    expectDiagnostics(to("20.118.99.224", "23.102.135.246"), [
      "warning",
      "KMS2281",
      "web",
      /the network rules of the Azure Firewall "hub" do not let 40\.83\.235\.53 through/,
    ]);
    // What a service tag stands for is not known here.
    for (const tag of ["AzureCloud", "AzureCloud.WestUS", "AzurePlatformLKM"]) {
      assert.deepEqual(to(tag), [], tag);
    }
  });

  it("K25: at preview another appliance is not judged, only what it has to do", () => {
    const table = routeTable(defaultRoute("VirtualAppliance", { nextHopIpAddress: "10.9.0.4" }));
    expectDiagnostics(
      ofAzure([subnet("web", around.spoke), table]),
      ["warning", "KMS2234", "web", /route "default" of the route table "spoke"/],
      ["info", "KMS2277", "web", /Azure Firewall with a public address of its own/],
    );
  });

  it("K25: at preview forced tunnelling takes the firewall's own way out away", () => {
    const rules = ruleGroup(collection([networkRule(bothNames)]));
    const tunnelled = [
      ...throughFirewall(rules).filter(({ name }) => name !== "hub"),
      firewall({ managementIpConfiguration: { name: "management" } }),
    ];
    assert.deepEqual(codes(ofAzure(tunnelled)), ["warning KMS2232", "info KMS2233"]);
  });

  it("K25: the classic rules of a firewall count as those of a policy", () => {
    const classic = firewall({
      firewallPolicy: undefined,
      additionalProperties: { "Network.DNS.EnableProxy": "true" },
      networkRuleCollections: [
        {
          name: "kms",
          priority: 100,
          action: { type: "Allow" },
          rules: [{ name: "kms", protocols: ["TCP"], destinationPorts: ["1688"], ...bothNames }],
        },
      ],
    });
    const resources = [...throughFirewall().filter(({ name }) => name !== "hub"), classic];
    assert.deepEqual(ofAzure(resources), []);
  });

  it("K25: what the program assumes of a firewall of another stack is taken as it is", () => {
    const assumed = (rest: object) =>
      ofAzure([], {
        assume: {
          network: {
            defaultRoute: "VirtualAppliance",
            outbound: "firewall",
            firewallNetworkRules: ["TCP:1688 kms.core.windows.net", "TCP:1688 azkms.core.windows.net"],
            ...rest,
          },
        },
      });
    assert.deepEqual(assumed({}), []);
    assert.deepEqual(codes(assumed({ firewallNetworkRules: ["TCP:1688 kms.core.windows.net"] })), [
      "warning KMS2107",
    ]);
    assert.deepEqual(codes(assumed({ firewallNetworkRules: [] })), ["warning KMS2234"]);
    assert.deepEqual(codes(assumed({ outbound: undefined })), ["info KMS2277"]);
  });
});
