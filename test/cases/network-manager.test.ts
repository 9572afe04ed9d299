import assert from "node:assert/strict";
import { validate } from "../../provider";
import type { AzureResource } from "../../provider/component/validate";
import { idOf, network } from "./azure-program";
import { expectDiagnostics } from "./expect";
import { group, host, rules, servers, subnet, vnet } from "./landing-zone";

/*
 * Networks that Azure Virtual Network Manager looks after.
 */

const hosts = idOf.subnet("hosts", "spoke");
const web = idOf.subnet("web", "spoke");

/** What is said of a host and its clients in one network, whose hosts have a security group. */
const of = (securityRules: object[], ...resources: AzureResource[]) =>
  validate({
    hosts: host(hosts),
    groups: servers(web),
    resources: [
      vnet("spoke", "10.2.0.0/16"),
      subnet("hosts", "spoke", "10.2.1.0/24", group("servers")),
      subnet("web", "spoke", "10.2.2.0/24"),
      rules("servers", ...securityRules),
      ...resources,
    ],
  }).filter(({ code }) => code !== "KMS2226");

const manager = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkManagers/manager";
const managed = (name: string): AzureResource[] => [
  network("NetworkGroup", "production", { networkManagerName: "manager", networkGroupName: "production" }),
  network("StaticMember", name, {
    networkGroupName: "production",
    resourceId: idOf.network("virtualNetworks", name),
  }),
  network("AdminRuleCollection", "baseline", {
    ruleCollectionName: "baseline",
    appliesToGroups: [{ networkGroupId: `${manager}/networkGroups/production` }],
  }),
];
const adminRule = (access: string, priority = 100, args: object = {}) =>
  network("AdminRule", `${access.toLowerCase()}-${priority}`, {
    ruleCollectionName: "baseline",
    kind: "Custom",
    access,
    direction: "Inbound",
    priority,
    protocol: "Tcp",
    sources: [{ addressPrefix: "*", addressPrefixType: "IPPrefix" }],
    destinations: [{ addressPrefix: "*", addressPrefixType: "IPPrefix" }],
    sourcePortRanges: ["0-65535"],
    destinationPortRanges: ["1688"],
    ...args,
  });
const closed = { access: "Deny", direction: "Inbound" };

// Source: https://learn.microsoft.com/azure/virtual-network-manager/concept-security-admins
describe("N22: security admin rules of Azure Virtual Network Manager", () => {
  it("take a connection past the security groups where they always allow it", () => {
    assert.deepEqual(of([closed], adminRule("AlwaysAllow")), []);
    assert.deepEqual(
      of([closed], adminRule("Allow")).map(({ code }) => code),
      ["KMS2270"],
      "what is allowed is shown to the security group",
    );
  });

  it("drop it before any security group is asked", () => {
    const open = { access: "Allow", direction: "Inbound" };
    expectDiagnostics(of([open], ...managed("spoke"), adminRule("Deny")), [
      "error",
      "KMS2270",
      "web",
      /the security rule "deny-100" of Azure Virtual Network Manager closes TCP 1688 between the subnet "web" and the KMSHost kms/,
    ]);
    assert.deepEqual(of([open], ...managed("spoke"), adminRule("Deny", 200), adminRule("AlwaysAllow")), []);
  });

  it("are not judged for other networks, groups and ports", () => {
    assert.deepEqual(of([], ...managed("other"), adminRule("Deny")), []);
    assert.deepEqual(of([], adminRule("Deny")), []);
    const remote = { destinationPortRanges: ["3389"] };
    assert.deepEqual(of([], ...managed("spoke"), adminRule("Deny", 100, remote)), []);
  });
});

describe("N23: networks that a mesh of Azure Virtual Network Manager connects", () => {
  it("need no peerings of the program", () => {
    const mesh = network("ConnectivityConfiguration", "mesh", { connectivityTopology: "Mesh" });
    const apart = [
      vnet("spoke", "10.2.0.0/16"),
      subnet("web", "spoke", "10.2.2.0/24"),
      vnet("shared", "10.9.0.0/16"),
      subnet("hosts", "shared", "10.9.1.0/24"),
    ];
    const said = (...resources: AzureResource[]) =>
      validate({
        hosts: host(idOf.subnet("hosts", "shared")),
        groups: servers(web),
        resources: [...apart, ...resources],
      })
        .map(({ code }) => code)
        .filter((code) => code !== "KMS2226");
    assert.deepEqual(said(), ["KMS2282"]);
    assert.deepEqual(said(mesh), []);
  });
});
