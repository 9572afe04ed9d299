import assert from "node:assert/strict";
import {
  createInterface,
  createMachine,
  createNetwork,
  machineBody,
  startArm,
  type Arm,
} from "./arm-fixture";
import { groupPath, idOf, refusal } from "./arm-names";

describe("lab/arm resources", () => {
  let arm: Arm;
  beforeEach(async () => {
    arm = await startArm();
  });
  afterEach(() => arm.close());

  it("creates, reads, lists and deletes a network, in any case of its ID", async () => {
    const subnetId = await createNetwork(arm);
    assert.equal(subnetId, idOf("Microsoft.Network/virtualNetworks/vnet/subnets/hosts"));
    const network = await arm.network.virtualNetworks.get("RG", "VNET");
    assert.equal(network.provisioningState, "Succeeded");
    assert.equal(network.subnets?.[0]?.addressPrefix, "10.0.1.0/24");
    const names: (string | undefined)[] = [];
    for await (const item of arm.network.virtualNetworks.list("rg")) {
      names.push(item.name);
    }
    assert.deepEqual(names, ["vnet"]);
    await arm.network.virtualNetworks.beginDeleteAndWait("rg", "vnet");
    assert.deepEqual(await arm.control.resources(), [groupPath("rg")]);
  });

  it("refuses a resource in a group that is missing", async () => {
    await assert.rejects(
      arm.network.virtualNetworks.beginCreateOrUpdateAndWait("other", "vnet", {
        location: "westeurope",
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      }),
      refusal(404, "ResourceGroupNotFound"),
    );
  });

  it("refuses a child whose parent is missing", async () => {
    await assert.rejects(
      arm.network.subnets.beginCreateOrUpdateAndWait("rg", "vnet", "hosts", { addressPrefix: "10.0.1.0/24" }),
      refusal(404, "ParentResourceNotFound"),
    );
    await assert.rejects(
      arm.dns.recordSets.createOrUpdate("rg", "corp.example", "SRV", "_vlmcs._tcp", {
        ttl: 60,
        srvRecords: [],
      }),
      refusal(404, "ParentResourceNotFound"),
    );
  });

  it("answers 404 for what does not exist", async () => {
    await assert.rejects(arm.compute.virtualMachines.get("rg", "vm"), refusal(404, "ResourceNotFound"));
    await assert.rejects(
      arm.dns.recordSets.get("rg", "z.example", "A", "x"),
      refusal(404, "ParentResourceNotFound"),
    );
  });

  it("refuses references to what does not exist", async () => {
    const subnet = idOf("Microsoft.Network/virtualNetworks/vnet/subnets/hosts");
    await assert.rejects(createInterface(arm, "nic", subnet), refusal(404, "InvalidResourceReference"));
    const nic = idOf("Microsoft.Network/networkInterfaces/nic");
    await assert.rejects(
      arm.compute.virtualMachines.beginCreateOrUpdateAndWait("rg", "vm", machineBody("vm", nic)),
      refusal(404, "InvalidResourceReference"),
    );
  });

  it("refuses to delete what is in use", async () => {
    const subnetId = await createNetwork(arm);
    const nsg = await arm.network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", "nsg", {
      location: "westeurope",
    });
    await createMachine(arm, "kms", subnetId, nsg.id);
    await assert.rejects(
      arm.network.networkInterfaces.beginDeleteAndWait("rg", "kms-nic"),
      refusal(409, "NicInUse"),
    );
    await assert.rejects(
      arm.network.subnets.beginDeleteAndWait("rg", "vnet", "hosts"),
      refusal(409, "InUseSubnetCannotBeDeleted"),
    );
    await assert.rejects(
      arm.network.virtualNetworks.beginDeleteAndWait("rg", "vnet"),
      refusal(409, "InUseSubnetCannotBeDeleted"),
    );
    await assert.rejects(
      arm.network.networkSecurityGroups.beginDeleteAndWait("rg", "nsg"),
      refusal(409, "InUseNetworkSecurityGroupCannotBeDeleted"),
    );
  });

  it("deletes everything in a resource group", async () => {
    await createMachine(arm, "kms", await createNetwork(arm));
    const answer = await arm.group("rg", "DELETE");
    assert.equal(answer.status, 202);
    const operation = answer.headers.get("azure-asyncoperation")!;
    const { status } = (await (await fetch(operation)).json()) as { status: string };
    assert.equal(status, "Succeeded");
    assert.deepEqual(await arm.control.resources(), []);
    assert.deepEqual(await arm.control.machines(), []);
  });

  it("keeps the rest when a child in the body is refused", async () => {
    await createNetwork(arm);
    await assert.rejects(
      arm.network.virtualNetworks.beginCreateOrUpdateAndWait("rg", "vnet", {
        location: "westeurope",
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [
          { name: "hosts", addressPrefix: "10.0.2.0/24" },
          { name: "far", addressPrefix: "10.1.0.0/24" },
        ],
      }),
      refusal(400, "NetcfgInvalidSubnet"),
    );
    const subnets = (await arm.network.virtualNetworks.get("rg", "vnet")).subnets;
    assert.deepEqual(
      subnets?.map(({ addressPrefix }) => addressPrefix),
      ["10.0.1.0/24"],
    );
  });

  it("removes subnets that a write of their network does not list", async () => {
    await createNetwork(arm);
    await arm.network.virtualNetworks.beginCreateOrUpdateAndWait("rg", "vnet", {
      location: "westeurope",
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    });
    assert.deepEqual((await arm.network.virtualNetworks.get("rg", "vnet")).subnets, []);
  });

  it("refuses API versions that it does not have", async () => {
    const url = `${arm.endpoint}${idOf("Microsoft.Network/virtualNetworks/vnet")}`;
    const code = async (suffix: string) => {
      const answer = await fetch(`${url}${suffix}`);
      return [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];
    };
    assert.deepEqual(await code(""), [400, "MissingApiVersionParameter"]);
    assert.deepEqual(await code("?api-version=2015-01-01"), [400, "NoRegisteredProviderFound"]);
  });

  it("pages long lists", async () => {
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", { location: "global" });
    for (let index = 0; index < 101; index++) {
      await arm.dns.recordSets.createOrUpdate("rg", "corp.example", "A", `h${index}`, {
        ttl: 60,
        aRecords: [{ ipv4Address: "10.0.0.4" }],
      });
    }
    const names = new Set<string | undefined>();
    for await (const item of arm.dns.recordSets.list("rg", "corp.example")) {
      names.add(item.name);
    }
    assert.equal(names.size, 101);
  });
});
