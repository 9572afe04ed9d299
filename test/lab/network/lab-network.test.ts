import assert from "node:assert/strict";
import type { SecurityRule } from "@azure/arm-network";
import { createFleet } from "../../../provider/lab/windows/fleet";
import type { LabNetwork } from "../../../provider/lab/windows/world";
import { type Arm, createMachine, createNetwork, startArm } from "../arm/arm-fixture";
import { idOf, refusal } from "../arm/arm-names";

describe("lab/arm network as machines see it", () => {
  let arm: Arm;
  let network: LabNetwork;
  let host: string;
  let client: string;

  beforeEach(async () => {
    arm = await startArm({
      fleet: (given, clock) => {
        network = given;
        return createFleet({ network: given, clock });
      },
    });
    const nsg = await arm.network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", "nsg", {
      location: "westeurope",
    });
    const subnetId = await createNetwork(arm);
    host = (await createMachine(arm, "kms", subnetId, nsg.id)).toLowerCase();
    client = (await createMachine(arm, "web", subnetId)).toLowerCase();
  });
  afterEach(() => arm.close());

  const rule = (name: string, properties: Partial<SecurityRule>) =>
    arm.network.securityRules.beginCreateOrUpdateAndWait("rg", "nsg", name, {
      protocol: "Tcp",
      direction: "Inbound",
      access: "Deny",
      priority: 200,
      sourcePortRange: "*",
      sourceAddressPrefix: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "1688",
      ...properties,
    });

  it("lets the virtual network in by default", () => {
    assert.equal(network.allows(client, host, 1688), true);
  });

  it("lets the rule of the lowest number decide", async () => {
    await rule("deny", { priority: 210 });
    assert.equal(network.allows(client, host, 1688), false);
    assert.equal(network.allows(client, host, 3389), true);
    await rule("allow", {
      priority: 200,
      access: "Allow",
      sourceAddressPrefix: undefined,
      sourceAddressPrefixes: ["10.0.1.5/32"],
    });
    assert.equal(network.allows(client, host, 1688), true);
    await rule("allow", { priority: 200, access: "Allow", sourceAddressPrefix: "10.0.1.6" });
    assert.equal(network.allows(client, host, 1688), false);
  });

  it("understands port ranges, protocols and service tags", async () => {
    await rule("deny", { destinationPortRange: "1000-2000", sourceAddressPrefix: "VirtualNetwork" });
    assert.equal(network.allows(client, host, 1688), false);
    await rule("deny", { protocol: "Udp" });
    assert.equal(network.allows(client, host, 1688), true);
    await rule("deny", { sourceAddressPrefix: "Internet" });
    assert.equal(network.allows(client, host, 1688), true);
    await rule("deny", { destinationPortRange: undefined, destinationPortRanges: ["80", "1688"] });
    assert.equal(network.allows(client, host, 1688), false);
  });

  it("refuses rules that Azure refuses", async () => {
    await rule("first", {});
    await assert.rejects(rule("second", {}), refusal(400, "SecurityRuleConflict"));
    await rule("second", { direction: "Outbound" });
    await assert.rejects(rule("low", { priority: 99 }), refusal(400, "SecurityRuleInvalidPriority"));
    await assert.rejects(
      rule("none", { priority: 300, sourceAddressPrefix: undefined }),
      refusal(400, "SecurityRuleParametersMissing"),
    );
    await assert.rejects(
      rule("wrong", { priority: 300, sourceAddressPrefix: "10.0.0.0/33" }),
      refusal(400, "SecurityRuleInvalidAddressPrefix"),
    );
    const from = (sourceAddressPrefixes: string[]) =>
      rule("list", { priority: 300, sourceAddressPrefix: undefined, sourceAddressPrefixes });
    const lists: [prefixes: string[], code: string][] = [
      [["10.20.5.68/27"], "SecurityRuleInvalidAddressPrefix"],
      [
        ["10.20.0.0/16", "fd00:db8:20::/48"],
        "ResourceCannotContainAddressPrefixesFromDifferentAddressFamilies",
      ],
      [["10.20.0.0/16", "10.20.1.5"], "OverlappingSubnetsNotPermittedInSecurityRule"],
      [["10.20.0.0/16", "VirtualNetwork"], "SecurityRuleParameterContainsUnsupportedValue"],
    ];
    for (const [prefixes, code] of lists) {
      await assert.rejects(from(prefixes), refusal(400, code));
    }
    const many = Array.from({ length: 4000 }, (_, n) => `10.${n >> 8}.${n & 255}.0/24`);
    await from(many);
    const more = { priority: 301, sourceAddressPrefix: undefined, sourceAddressPrefixes: ["10.99.0.0/24"] };
    const tooMany = refusal(400, "NetworkSecurityGroupAddressPrefixLimitReached");
    await assert.rejects(rule("more", more), tooMany);
  });

  it("refuses names, tags and regions that Azure refuses", async () => {
    const group = (name: string, changes: object = {}) =>
      arm.network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", name, {
        location: "westeurope",
        ...changes,
      });
    await assert.rejects(group("kms host"), refusal(400, "InvalidResourceName"));
    await assert.rejects(group("a", { tags: { "a/b": "" } }), refusal(400, "InvalidTags"));
    const tags = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`tag${n}`, ""]));
    await assert.rejects(group("a", { tags }), refusal(400, "InvalidTags"));
    const code = "LocationNotAvailableForResourceType";
    await assert.rejects(group("a", { location: "west-europe" }), refusal(400, code));
    assert.equal((await arm.group("rg.", "PUT", { location: "westeurope" })).status, 400);
  });

  it("reaches other virtual networks only when they are peered both ways", async () => {
    const other = (await createMachine(arm, "far", await createNetwork(arm, "far", "10.1"))).toLowerCase();
    assert.equal(network.allows(other, client, 1688), false);
    const peer = (name: string, to: string) =>
      arm.network.virtualNetworkPeerings.beginCreateOrUpdateAndWait("rg", name, "peer", {
        remoteVirtualNetwork: { id: idOf(`Microsoft.Network/virtualNetworks/${to}`) },
        allowVirtualNetworkAccess: true,
      });
    await peer("far", "vnet");
    assert.equal(network.allows(other, client, 1688), false);
    await peer("vnet", "far");
    assert.equal(network.allows(other, client, 1688), true);
    assert.equal(network.resolve(other, "10.0.1.5"), client);
  });

  it("resolves Azure's own names and addresses within a network", () => {
    const suffix = network.dnsSuffix(client);
    assert.match(suffix, /\.internal\.cloudapp\.net$/);
    assert.equal(network.resolve(client, "KMS"), host);
    assert.equal(network.resolve(client, `kms.${suffix}.`), host);
    assert.equal(network.resolve(client, "10.0.1.4"), host);
    assert.equal(network.resolve(client, "other"), undefined);
    assert.equal(network.resolve("/none", "kms"), undefined);
  });

  it("answers from private zones only to linked networks", async () => {
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", { location: "Global" });
    await arm.dns.recordSets.createOrUpdate("rg", "corp.example", "A", "kms", {
      ttl: 60,
      aRecords: [{ ipv4Address: "10.0.1.4" }],
    });
    await arm.dns.recordSets.createOrUpdate("rg", "corp.example", "CNAME", "activation", {
      ttl: 60,
      cnameRecord: { cname: "kms.corp.example" },
    });
    const srv = { priority: 0, weight: 10, port: 1688, target: "kms.corp.example" };
    await arm.dns.recordSets.createOrUpdate("rg", "corp.example", "SRV", "_vlmcs._tcp", {
      ttl: 60,
      srvRecords: [srv],
    });
    assert.deepEqual(network.srvRecords(client, "corp.example"), []);
    assert.equal(network.resolve(client, "kms.corp.example"), undefined);
    await link(false);
    network.clearDnsCache(client);
    assert.deepEqual(network.srvRecords(client, "Corp.Example."), [srv]);
    assert.equal(network.resolve(client, "kms.corp.example."), host);
    assert.equal(network.resolve(client, "activation.corp.example"), host);
    assert.equal(network.resolve(client, "web.corp.example"), undefined);
    await link(true);
    assert.equal(network.resolve(client, "web.corp.example"), client);
  });

  it("keeps a zone as long as it is linked", async () => {
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", { location: "Global" });
    await link(false);
    await assert.rejects(
      arm.dns.privateZones.beginDeleteAndWait("rg", "corp.example"),
      refusal(409, "CannotDeleteResource"),
    );
    await arm.dns.virtualNetworkLinks.beginDeleteAndWait("rg", "corp.example", "link");
    await arm.dns.privateZones.beginDeleteAndWait("rg", "corp.example");
  });

  it("refuses reserved names of zones, and more than twenty records in one set", async () => {
    const zone = (name: string) =>
      arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", name, { location: "Global" });
    await assert.rejects(zone("windows.net"), refusal(400, "BadRequest"));
    await assert.rejects(zone("corp"), refusal(400, "BadRequest"));
    await zone("corp.example");
    const records = (count: number) =>
      arm.dns.recordSets.createOrUpdate("rg", "corp.example", "SRV", "_vlmcs._tcp", {
        ttl: 3600,
        srvRecords: Array.from({ length: count }, (_, n) => ({
          priority: 0,
          weight: 0,
          port: 1688,
          target: `kms${n}.corp.example`,
        })),
      });
    await records(20);
    await assert.rejects(records(21), refusal(400, "BadRequest"));
  });

  it("refuses a region for a private zone", async () => {
    await assert.rejects(
      arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", { location: "westeurope" }),
      refusal(400, "LocationNotAvailableForResourceType"),
    );
  });

  const link = (registrationEnabled: boolean) =>
    arm.dns.virtualNetworkLinks.beginCreateOrUpdateAndWait("rg", "corp.example", "link", {
      location: "Global",
      virtualNetwork: { id: idOf("Microsoft.Network/virtualNetworks/vnet") },
      registrationEnabled,
    });
});
