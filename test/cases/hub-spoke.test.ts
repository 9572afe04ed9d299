import assert from "node:assert/strict";
import { type AzureResource, type KMSHostValues, validate } from "../../provider";
import { codes, createdHost, createdServers, defaultRoute, idOf, network } from "./azure-program";
import { expectDiagnostics } from "./expect";

/*
 * A hub with the network of a firewall, and two spokes: `shared` with the KMS host, `apps` with its clients.
 */

const create = { resourceGroupName: "rg", adminPassword: "correct horse 7 battery" };
const firewallAddress = "10.0.0.4";

const peering = (from: string, to: string, args: object = {}) =>
  network("VirtualNetworkPeering", `${from}-${to}`, {
    virtualNetworkName: from,
    remoteVirtualNetwork: { id: idOf.network("virtualNetworks", to) },
    allowForwardedTraffic: true,
    ...args,
  });
const virtualNetwork = (name: string, prefix: string) =>
  network("VirtualNetwork", name, { virtualNetworkName: name, addressSpace: { addressPrefixes: [prefix] } });
const subnetOf = (name: string, vnet: string, addressPrefix: string, table?: string) =>
  network("Subnet", name, {
    virtualNetworkName: vnet,
    addressPrefix,
    ...(table !== undefined && { routeTable: { id: idOf.network("routeTables", table) } }),
  });
const table = (name: string, ...routes: object[]) =>
  network("RouteTable", name, { routeTableName: name, routes });
const toFirewall = (addressPrefix = "0.0.0.0/0") =>
  defaultRoute("VirtualAppliance", { addressPrefix, nextHopIpAddress: firewallAddress });

const topology: AzureResource[] = [
  virtualNetwork("hub", "10.0.0.0/16"),
  virtualNetwork("shared", "10.1.0.0/16"),
  virtualNetwork("apps", "10.2.0.0/16"),
  network("Subnet", "firewall", {
    virtualNetworkName: "hub",
    subnetName: "AzureFirewallSubnet",
    addressPrefix: "10.0.0.0/26",
  }),
  ...["shared", "apps"].flatMap((spoke) => [peering("hub", spoke), peering(spoke, "hub")]),
];
const firewall = network("AzureFirewall", "fw", {
  azureFirewallName: "fw",
  firewallPolicy: { id: idOf.network("firewallPolicies", "policy") },
});
const policy = (args: object = {}) =>
  network("FirewallPolicy", "policy", { firewallPolicyName: "policy", ...args });
const rule = (args: object = {}) => ({
  ruleType: "NetworkRule",
  name: "kms",
  ipProtocols: ["TCP"],
  sourceAddresses: ["10.2.0.0/16"],
  destinationAddresses: ["10.1.1.0/24"],
  destinationPorts: ["1688"],
  ...args,
});
const rules = (...given: object[]) =>
  network("FirewallPolicyRuleCollectionGroup", "rules", {
    firewallPolicyName: "policy",
    priority: 200,
    ruleCollections: [{ name: "allow", priority: 200, action: { type: "Allow" }, rules: given }],
  });

/** What is said of a host in the subnet `hosts` of the one spoke and its clients in the subnet `web` of the other. */
const of = (
  resources: AzureResource[],
  host: KMSHostValues = {},
  hostSubnet = idOf.subnet("hosts", "shared"),
) =>
  validate({
    hosts: {
      kms: createdHost({
        machine: { create: { ...create, subnetId: hostSubnet } },
        clientPrefixes: ["10.2.0.0/16"],
        ...host,
      }),
    },
    groups: {
      web: createdServers({
        hosts: ["kms"],
        machines: { create: { ...create, count: 6, subnetId: idOf.subnet("web", "apps") } },
      }),
    },
    resources: [...topology, ...resources],
  }).filter(({ code }) => code !== "KMS2226");

const hosts = (routes?: string) => subnetOf("hosts", "shared", "10.1.1.0/24", routes);
const web = (routes?: string) => subnetOf("web", "apps", "10.2.1.0/24", routes);
const bothRouted = [hosts("to-fw"), web("to-fw"), table("to-fw", toFirewall())];
const behind = (...given: object[]) => [...bothRouted, firewall, policy(), rules(...given)];

describe("N05: the program's firewall between a KMS host and its clients", () => {
  // Source: https://learn.microsoft.com/azure/architecture/networking/architecture/hub-spoke
  it("is fine with a network rule from the ones to the other, however it is written", () => {
    for (const given of [
      {},
      { sourceAddresses: ["*"], destinationAddresses: ["*"], destinationPorts: ["*"] },
      { ipProtocols: ["Any"], destinationPorts: ["1024-2000"] },
      { destinationAddresses: ["10.1.1.4"] },
      { destinationAddresses: undefined, destinationFqdns: ["kms.corp.example"] },
      { destinationAddresses: ["VirtualNetwork"] },
    ]) {
      assert.deepEqual(of(behind(rule(given))), [], JSON.stringify(given));
    }
  });

  it("is named where none of its rules allows it", () => {
    for (const given of [
      { destinationPorts: ["443"] },
      { ipProtocols: ["UDP"] },
      { sourceAddresses: ["10.3.0.0/16"] },
      { destinationAddresses: ["10.1.2.0/24"] },
      { destinationAddresses: undefined, destinationFqdns: ["azkms.core.windows.net"] },
      { ruleType: "ApplicationRule", protocols: [{ protocolType: "Https", port: 1688 }], targetFqdns: ["*"] },
    ]) {
      expectDiagnostics(of(behind(rule(given))), [
        "warning",
        "KMS2298",
        "web",
        /hosts\[0\]: the Azure Firewall "fw" stands between the subnet "web" and the KMSHost kms, and no network rule of it allows TCP 1688/,
      ]);
    }
    assert.deepEqual(codes(of(behind(rule()), { port: 1700 })), ["warning KMS2298"]);
  });

  // Source: https://learn.microsoft.com/azure/firewall-manager/rule-hierarchy
  it("has the rules of its parent policy as well, as far as the program declares it", () => {
    const child = policy({ basePolicy: { id: idOf.network("firewallPolicies", "base") } });
    const base = network("FirewallPolicy", "base", { firewallPolicyName: "base" });
    const baseRules = (given: object) => {
      const group = rules(rule(given));
      return { ...group, name: "base-rules", args: { ...group.args, firewallPolicyName: "base" } };
    };
    assert.deepEqual(of([...bothRouted, firewall, child, base, baseRules({})]), []);
    const closed = of([...bothRouted, firewall, child, base, baseRules({ destinationPorts: ["53"] })]);
    assert.deepEqual(codes(closed), ["warning KMS2298"]);
    assert.deepEqual(of([...bothRouted, firewall, child]), [], "a parent of another stack may have any rule");
  });

  it("is not asked where the networks are connected past it, or where it is another appliance", () => {
    const direct = [peering("shared", "apps"), peering("apps", "shared")];
    assert.deepEqual(of([hosts(), web(), ...direct]), []);
    assert.deepEqual(of([...bothRouted]), [], "no firewall of the program");
  });
});

describe("N06: answers of a KMS host that take another way than the requests", () => {
  // Source: https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
  it("have no way back where the host's subnet has no route to the clients' spoke", () => {
    const oneSided = [hosts(), web("to-fw"), table("to-fw", toFirewall()), firewall, policy(), rules(rule())];
    expectDiagnostics(of(oneSided), [
      "warning",
      "KMS2296",
      "web",
      /the route "default" of the route table "to-fw" leads what the subnet "web" and the KMSHost kms send each other through an appliance in one direction only: no route and no peering of the program leads from the subnet "hosts" back to them/,
    ]);
    const gateway = network("VirtualNetworkGateway", "er", { virtualNetworkGatewayName: "er" });
    assert.deepEqual(of([...oneSided, gateway]), [], "a gateway may bring the routes");
    const back = [hosts("back"), table("back", toFirewall("10.2.0.0/16"))];
    assert.deepEqual(of([...oneSided.slice(1), ...back]), []);
  });

  // Source: https://learn.microsoft.com/azure/firewall/firewall-faq
  it("are dropped by an Azure Firewall that sees one direction alone", () => {
    const inHub = idOf.subnet("hosts", "hub");
    const hostInHub = subnetOf("hosts", "hub", "10.0.1.0/24");
    const asymmetric = (route: object, more: AzureResource[] = [policy()]) =>
      of(
        [
          hostInHub,
          web("to-hub"),
          table("to-hub", route),
          firewall,
          rules(rule({ destinationAddresses: ["10.0.1.0/24"] })),
          ...more,
        ],
        {},
        inHub,
      );
    expectDiagnostics(asymmetric(toFirewall("10.0.0.0/16")), [
      "warning",
      "KMS2296",
      "web",
      /the other direction goes straight between the networks, past the Azure Firewall "fw"/,
    ]);
    assert.deepEqual(asymmetric(toFirewall()), [], "the peering goes before a default route");
    const translating = policy({ snat: { privateRanges: ["255.255.255.255/32"] } });
    assert.deepEqual(asymmetric(toFirewall("10.0.0.0/16"), [translating]), []);
  });
});

describe("N07: a network interface as the next hop that does not forward", () => {
  const appliance = (args: object = {}) =>
    network("NetworkInterface", "nva-nic", {
      networkInterfaceName: "nva-nic",
      ipConfigurations: [
        { name: "ip", privateIPAllocationMethod: "Static", privateIPAddress: firewallAddress },
      ],
      ...args,
    });

  // Source: https://github.com/MicrosoftDocs/azure-docs/issues/91023
  it("drops requests to a KMS host", () => {
    expectDiagnostics(of([...bothRouted, appliance()]), [
      "error",
      "KMS2297",
      "web",
      /hosts\[0\]: the route "default" of the route table "to-fw" leads to the network interface "nva-nic", whose enableIPForwarding is not true/,
    ]);
    assert.deepEqual(of([...bothRouted, appliance({ enableIPForwarding: true })]), []);
  });

  it("drops requests to Azure's KMS, and is the one cause that is named", () => {
    const servers = createdServers({
      azureKms: true,
      machines: { create: { ...create, count: 6, subnetId: idOf.subnet("web", "apps") } },
    });
    const toAzure = (...resources: AzureResource[]) =>
      validate({ groups: { web: servers }, resources: [...topology, ...bothRouted, ...resources] });
    assert.deepEqual(codes(toAzure(appliance())), ["error KMS2297"]);
    assert.deepEqual(codes(toAzure(appliance({ enableIPForwarding: true }))), [
      "warning KMS2234",
      "info KMS2277",
    ]);
  });
});

describe("N12: a peering that takes nothing which is forwarded", () => {
  const without = (local: string, remote: string) =>
    topology.map((one) =>
      one.name === `${local}-${remote}`
        ? { ...one, args: { ...one.args, allowForwardedTraffic: undefined } }
        : one,
    );
  const through = (given: AzureResource[]) =>
    validate({
      hosts: {
        kms: createdHost({
          machine: { create: { ...create, subnetId: idOf.subnet("hosts", "shared") } },
          clientPrefixes: ["10.2.0.0/16"],
        }),
      },
      groups: {
        web: createdServers({
          hosts: ["kms"],
          machines: { create: { ...create, count: 6, subnetId: idOf.subnet("web", "apps") } },
        }),
      },
      resources: [...given, ...behind(rule(), { ...rule(), name: "out", destinationPorts: ["443"] })],
    }).filter(({ code }) => code !== "KMS2226");

  // Source: https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering
  it("drops requests in the host's spoke and answers in that of the clients", () => {
    for (const spoke of ["shared", "apps"]) {
      expectDiagnostics(through(without(spoke, "hub")), [
        "warning",
        "KMS2196",
        "web",
        new RegExp(`hosts\\[0\\]: the peering "${spoke}-hub" does not have allowForwardedTraffic true`),
      ]);
    }
    assert.deepEqual(through(without("hub", "apps")), [], "nothing is forwarded into the hub");
  });
});
