import assert from "node:assert/strict";
import { coresOf } from "../../../provider/lab/arm/conditions";
import { createFleet } from "../../../provider/lab/windows/fleet";
import type { LabNetwork } from "../../../provider/lab/windows/world";
import { scaleSetBody } from "../compute/scale-set-fixture";
import {
  type Arm,
  createInterface,
  createMachine,
  createNetwork,
  machineBody,
  startArm,
} from "./arm-fixture";
import { idOf, refusal } from "./arm-names";

describe("lab/arm conditions of the subscription", () => {
  let arm: Arm;
  let network: LabNetwork;
  beforeEach(async () => {
    arm = await startArm({
      fleet: (given, clock) => {
        network = given;
        return createFleet({ network: given, clock });
      },
    });
  });
  afterEach(() => arm.close());

  const publicAddress = (name: string, more: object = {}) =>
    arm.network.publicIPAddresses.beginCreateOrUpdateAndWait("rg", name, { location: "westeurope", ...more });

  it("deny what lacks a tag that a policy demands, and name the policy", async () => {
    await arm.control.setConditions({ requiredTags: ["Owner"] });
    await assert.rejects(publicAddress("one"), (error: Error) => {
      assert.match(
        error.message,
        /^Resource 'one' was disallowed by policy\. Policy identifiers: '\[\{"policyAssignment"/,
      );
      assert.match(error.message, /Require the tag Owner on resources/);
      return true;
    });
    await assert.rejects(publicAddress("one"), refusal(403, "RequestDisallowedByPolicy"));
    await publicAddress("one", { tags: { owner: "network" } });
    const zone = { location: "global", tags: { Owner: "network" } };
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", zone);
    const set = { ttl: 60, aRecords: [{ ipv4Address: "10.0.1.4" }] };
    await arm.dns.recordSets.createOrUpdate("rg", "corp.example", "A", "kms", set);
  });

  it("deny other regions than those that a policy allows", async () => {
    await arm.control.setConditions({ allowedLocations: ["North Europe"] });
    await assert.rejects(publicAddress("one"), refusal(403, "RequestDisallowedByPolicy"));
    await publicAddress("one", { location: "northeurope" });
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", { location: "global" });
    await arm.control.setConditions({ allowedLocations: null });
    await publicAddress("two");
  });

  it("limit the vCPUs and public addresses of a region", async () => {
    await arm.control.setConditions({ cores: 7, publicAddresses: 1 });
    const subnetId = await createNetwork(arm);
    await createMachine(arm, "one", subnetId);
    const set = (capacity: number) =>
      arm.compute.virtualMachineScaleSets.beginCreateOrUpdateAndWait(
        "rg",
        "farm",
        scaleSetBody(subnetId, "Flexible", capacity),
      );
    await set(2);
    const nic = await createInterface(arm, "two-nic", subnetId);
    const second = () =>
      arm.compute.virtualMachines.beginCreateOrUpdateAndWait("rg", "two", machineBody("two", nic));
    await assert.rejects(second(), (error: Error & { statusCode?: number; code?: string }) => {
      assert.deepEqual([error.statusCode, error.code], [409, "OperationNotAllowed"]);
      assert.match(
        error.message,
        /Total Regional Cores quota\..*Limit: 7, Current Usage: 6, Additional Required: 2/,
      );
      return true;
    });
    await assert.rejects(set(3), refusal(409, "OperationNotAllowed"));
    await set(1);
    await second();
    await publicAddress("one");
    await publicAddress("one");
    await assert.rejects(publicAddress("two"), refusal(400, "PublicIPCountLimitReached"));
  });

  it("read the vCPUs off the name of a size", () => {
    assert.deepEqual(
      ["Standard_B2as_v2", "Standard_D16ds_v5", "Standard_NV4as_v4", "Standard_E4-2s_v5"].map(coresOf),
      [2, 16, 4, 4],
    );
  });

  it("make subnets private that do not say so", async () => {
    await arm.control.setConditions({ privateSubnets: true });
    const machine = (await createMachine(arm, "kms", await createNetwork(arm))).toLowerCase();
    assert.equal(network.reachesInternet(machine), false);
    assert.equal(network.reachesAzureKms(machine, "azkms.core.windows.net", 1688), false);
    const subnet = (more: object) =>
      arm.network.subnets.beginCreateOrUpdateAndWait("rg", "vnet", "hosts", {
        addressPrefix: "10.0.1.0/24",
        ...more,
      });
    const address = await publicAddress("out");
    const gateway = await arm.network.natGateways.beginCreateOrUpdateAndWait("rg", "nat", {
      location: "westeurope",
      sku: { name: "Standard" },
      publicIpAddresses: [{ id: address.id }],
    });
    assert.equal((await subnet({ natGateway: { id: gateway.id } })).defaultOutboundAccess, false);
    assert.equal(network.reachesInternet(machine), true);
    await subnet({ defaultOutboundAccess: true });
    assert.equal(network.reachesInternet(machine), true);
  });

  it("show records and links a while after they were written", async () => {
    const machine = (await createMachine(arm, "web", await createNetwork(arm))).toLowerCase();
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", { location: "global" });
    const link = () =>
      arm.dns.virtualNetworkLinks.beginCreateOrUpdateAndWait("rg", "corp.example", "link", {
        location: "global",
        virtualNetwork: { id: idOf("Microsoft.Network/virtualNetworks/vnet") },
        registrationEnabled: false,
      });
    const srv = (...targets: string[]) =>
      arm.dns.recordSets.createOrUpdate("rg", "corp.example", "SRV", "_vlmcs._tcp", {
        ttl: 60,
        srvRecords: targets.map((target) => ({ priority: 0, weight: 0, port: 1688, target })),
      });
    const seen = () => network.srvRecords(machine, "corp.example").map(({ target }) => target);
    await arm.control.setConditions({ dnsDelaySeconds: 60 });
    await link();
    await arm.control.setConditions({ dnsDelaySeconds: 0 });
    await srv("one");
    assert.deepEqual(seen(), [], "the link is not there yet");
    await arm.control.advanceClock(2);
    assert.deepEqual(seen(), [], "Windows remembers that there was none");
    network.clearDnsCache(machine);
    assert.deepEqual(seen(), ["one"]);
    await arm.control.setConditions({ dnsDelaySeconds: 60 });
    await srv("one", "two");
    await srv("one", "two", "three");
    assert.deepEqual(seen(), ["one"], "what was there before is served meanwhile");
    await arm.control.advanceClock(2);
    assert.deepEqual(seen(), ["one", "two", "three"]);
  });

  it("are as usual again when asked, and refuse what is none", async () => {
    const usual = await arm.control.conditions();
    await arm.control.setConditions({ cores: 4, dnsDelaySeconds: 3 });
    assert.deepEqual(await arm.control.conditions(), { ...usual, cores: 4, dnsDelaySeconds: 3 });
    await arm.control.resetConditions();
    assert.deepEqual(await arm.control.conditions(), usual);
    await assert.rejects(arm.control.setConditions({ cores: -1 }), /KMS7102.*cores/);
    await assert.rejects(arm.control.setConditions({ core: 1 } as object), /KMS7102.*core is no condition/);
  });
});
