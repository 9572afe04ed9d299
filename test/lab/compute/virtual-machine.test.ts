import assert from "node:assert/strict";
import type { VirtualMachine } from "@azure/arm-compute";
import {
  type LabClock,
  millisecondsPerDay,
  millisecondsPerMinute,
  movableClock,
} from "../../../provider/lab/windows/clock";
import {
  type Arm,
  createInterface,
  createMachine,
  createNetwork,
  machineBody,
  serverImage,
  startArm,
} from "../arm/arm-fixture";
import { idOf, refusal, tenantId } from "../arm/arm-names";

describe("lab/arm virtual machines", () => {
  let arm: Arm;
  let nic: string;
  beforeEach(async () => {
    arm = await startArm();
    nic = await createInterface(arm, "nic", await createNetwork(arm));
  });
  afterEach(() => arm.close());

  const put = (body: VirtualMachine, name = "kms") =>
    arm.compute.virtualMachines.beginCreateOrUpdateAndWait("rg", name, body);

  it("fills in what Azure computes and never returns the password", async () => {
    const vm = await put({ ...machineBody("kms", nic), identity: { type: "SystemAssigned" } });
    assert.match(vm.vmId ?? "", /^[0-9a-f-]{36}$/);
    assert.equal(vm.osProfile?.adminPassword, undefined);
    assert.equal(vm.storageProfile?.imageReference?.exactVersion, "1.0.0");
    assert.equal(vm.storageProfile?.osDisk?.osType, "Windows");
    assert.equal(vm.identity?.tenantId, tenantId);
    const [machine] = await arm.control.machines();
    assert.equal(machine?.uuid, vm.vmId);
    assert.equal(machine?.partialProductKey, "6VM33");
    assert.equal((await arm.network.networkInterfaces.get("rg", "nic")).virtualMachine?.id, vm.id);
  });

  it("shows the instance view when asked to", async () => {
    await put(machineBody("kms", nic));
    assert.equal((await arm.compute.virtualMachines.get("rg", "kms")).instanceView, undefined);
    const vm = await arm.compute.virtualMachines.get("rg", "kms", { expand: "instanceView" });
    assert.equal(vm.instanceView?.computerName, "kms");
    assert.equal(vm.instanceView?.osName, "Windows Server 2022 Datacenter");
  });

  it("keeps the machine when it is written again or its tags change", async () => {
    const first = await put(machineBody("kms", nic));
    const second = await put(machineBody("kms", nic));
    assert.equal(second.vmId, first.vmId);
    const tagged = await arm.compute.virtualMachines.beginUpdateAndWait("rg", "kms", {
      tags: { role: "kms" },
    });
    assert.deepEqual(tagged.tags, { role: "kms" });
    assert.equal(tagged.vmId, first.vmId);
    assert.equal((await arm.control.machines()).length, 1);
  });

  describe("of an image that Azure has withdrawn", () => {
    const withdrawn = { ...serverImage, offer: "WindowsServer" };
    const body = (computerName: string, nicId: string) => {
      const machine = machineBody(computerName, nicId);
      return { ...machine, storageProfile: { ...machine.storageProfile, imageReference: withdrawn } };
    };
    const beforeItsEnd = Date.parse("2026-06-08T12:00:00Z");
    const restarted = async (clock: LabClock) => {
      await arm.close();
      arm = await startArm({ clock });
      nic = await createInterface(arm, "nic", await createNetwork(arm));
    };

    it("are created until its day, and refused from then on, as those of ended releases are", async () => {
      const clock = movableClock(() => beforeItsEnd);
      await restarted(clock);
      await put(body("kms", nic));
      clock.advance(12 * 60 * millisecondsPerMinute);
      const next = await createInterface(arm, "next-nic", await createNetwork(arm, "next", "10.9"));
      const deprecated = refusal(404, "ImageVersionDeprecated");
      await assert.rejects(put(body("next", next), "next"), deprecated);
      await put(machineBody("next", next), "next");
      const ended = { ...withdrawn, sku: "2012-r2-datacenter-gensecond" };
      const old = { ...body("old", next), storageProfile: { imageReference: ended } };
      await assert.rejects(put(old, "old"), deprecated);
    });

    it("run on, and can be written again and looked at", async () => {
      const clock = movableClock(() => beforeItsEnd);
      await restarted(clock);
      const { vmId } = await put(body("kms", nic));
      clock.advance(30 * millisecondsPerDay);
      const again = await put({ ...body("kms", nic), tags: { role: "kms" } });
      assert.equal(again.vmId, vmId);
      const seen = await arm.compute.virtualMachines.get("rg", "kms", { expand: "instanceView" });
      assert.equal(seen.instanceView?.osName, "Windows Server 2022 Datacenter");
    });
  });

  it("refuses to change what Azure cannot change", async () => {
    const body = machineBody("kms", nic);
    await put(body);
    const changed = (part: Partial<VirtualMachine>) => put({ ...body, ...part });
    await assert.rejects(
      changed({ osProfile: { ...body.osProfile, computerName: "other" } }),
      refusal(409, "PropertyChangeNotAllowed"),
    );
    await assert.rejects(
      changed({ osProfile: { ...body.osProfile, adminPassword: "An0ther-Passw" } }),
      refusal(409, "PropertyChangeNotAllowed"),
    );
    const imageReference = { ...serverImage, offer: "WindowsServer", sku: "2025-datacenter-g2" };
    await assert.rejects(
      changed({ storageProfile: { ...body.storageProfile, imageReference } }),
      refusal(409, "PropertyChangeNotAllowed"),
    );
  });

  it("refuses to change what is fixed at the creation, and takes some of it while the machine is deallocated", async () => {
    const body = machineBody("kms", nic);
    await put(body);
    const windowsConfiguration = { timeZone: "W. Europe Standard Time" };
    for (const part of [
      { zones: ["1"] },
      { availabilitySet: { id: idOf("Microsoft.Compute/availabilitySets/set") } },
      { osProfile: { ...body.osProfile, windowsConfiguration } },
      { priority: "Spot" },
    ]) {
      await assert.rejects(put({ ...body, ...part }), refusal(409, "PropertyChangeNotAllowed"));
    }
    await put({ ...body, priority: "Regular" });
    const encrypted = { ...body, securityProfile: { ...body.securityProfile, encryptionAtHost: true } };
    await assert.rejects(put(encrypted), refusal(409, "OperationNotAllowed"));
    await arm.compute.virtualMachines.beginDeallocateAndWait("rg", "kms");
    await put(encrypted);
  });

  it("keeps a network interface in its virtual network", async () => {
    await put(machineBody("kms", nic));
    const properties = (id: string) => ({ ipConfigurations: [{ name: "primary", subnet: { id } }] });
    const update = (id: string) =>
      arm.network.networkInterfaces.beginCreateOrUpdateAndWait("rg", "nic", {
        location: "westeurope",
        ...properties(id),
      });
    await assert.rejects(
      update(await createNetwork(arm, "other", "10.9")),
      refusal(400, "SubnetsNotInSameVnet"),
    );
    await update(idOf("Microsoft.Network/virtualNetworks/vnet/subnets/hosts"));
  });

  it("refuses images that it does not have and Trusted Launch on first-generation images", async () => {
    const withSku = (sku: string): VirtualMachine => {
      const body = machineBody("kms", nic);
      const imageReference = { ...body.storageProfile?.imageReference, sku };
      return { ...body, storageProfile: { ...body.storageProfile, imageReference } };
    };
    await assert.rejects(put(withSku("2022-datacentre")), refusal(404, "PlatformImageNotFound"));
    await assert.rejects(put(withSku("2022-datacenter")), refusal(400, "BadRequest"));
  });

  it("knows images of a gallery by the SKU that they are named after", async () => {
    const withId = (name: string): VirtualMachine => {
      const body = machineBody("kms", nic);
      const id = idOf(`Microsoft.Compute/galleries/golden/images/${name}/versions/1.0.0`);
      return { ...body, storageProfile: { ...body.storageProfile, imageReference: { id } } };
    };
    await assert.rejects(put(withId("my-image")), refusal(404, "NotFound"));
    await assert.rejects(put(withId("2022-datacenter")), refusal(400, "BadRequest"), "no Trusted Launch");
    const managed = withId("2022-datacenter-core-g2");
    managed.storageProfile!.imageReference = { id: idOf("Microsoft.Compute/images/2022-datacenter-core-g2") };
    await assert.rejects(put(managed), refusal(400, "BadRequest"), "no Trusted Launch of a managed image");
    await put(withId("2022-datacenter-core-g2"));
    const { instanceView } = await arm.compute.virtualMachines.get("rg", "kms", { expand: "instanceView" });
    assert.equal(instanceView?.osName, "Windows Server 2022 Datacenter");
  });

  it("connects no machine to a network of another region", async () => {
    const subnet = { id: await createNetwork(arm, "elsewhere", "10.9") };
    const create = arm.network.networkInterfaces.beginCreateOrUpdateAndWait("rg", "far", {
      location: "northeurope",
      ipConfigurations: [{ name: "primary", subnet }],
    });
    await assert.rejects(create, refusal(400, "InvalidResourceReference"));
  });

  it("refuses weak passwords without repeating them, and names that Windows does not take", async () => {
    const profile = { computerName: "kms", adminUsername: "kmsadmin", adminPassword: "lab-password" };
    await assert.rejects(put({ ...machineBody("kms", nic), osProfile: profile }), (error: Error) => {
      assert.match(error.message, /password must be between 8-123 characters/);
      assert.ok(!error.message.includes("lab-password"));
      return true;
    });
    await assert.rejects(put(machineBody("a-name-of-16-char", nic)), refusal(400, "InvalidParameter"));
    const admin = { ...machineBody("kms", nic).osProfile, adminUsername: "Administrator" };
    await assert.rejects(
      put({ ...machineBody("kms", nic), osProfile: admin }),
      refusal(400, "InvalidParameter"),
    );
  });

  it("refuses extensions on a machine that is made without the agent", async () => {
    const body = machineBody("kms", nic);
    const profile = { ...body.osProfile, windowsConfiguration: { provisionVMAgent: false } };
    await assert.rejects(put({ ...body, osProfile: profile }), refusal(400, "InvalidParameter"));
    await put({ ...body, osProfile: { ...profile, allowExtensionOperations: false } });
  });

  it("refuses sizes that do not fit image and disk", async () => {
    const sized = (vmSize: string, storageAccountType = "StandardSSD_LRS") => {
      const body = machineBody("kms", nic);
      const osDisk = { ...body.storageProfile!.osDisk!, managedDisk: { storageAccountType } };
      return {
        ...body,
        hardwareProfile: { vmSize },
        storageProfile: { ...body.storageProfile, osDisk },
      };
    };
    await assert.rejects(put(sized("B2as_v2")), refusal(400, "InvalidParameter"));
    await assert.rejects(put(sized("Standard_D2_v3")), refusal(400, "BadRequest"));
    await assert.rejects(put(sized("Standard_D2ps_v5")), refusal(400, "BadRequest"));
    await assert.rejects(put(sized("Standard_E2_v5", "Premium_LRS")), refusal(400, "InvalidParameter"));
    await put(sized("Standard_E2_v5"));
  });

  it("refuses a network interface that another machine has", async () => {
    await put(machineBody("kms", nic));
    await assert.rejects(put(machineBody("web", nic), "web"), refusal(409, "NicInUse"));
  });

  it("deletes the disk with the machine only where it is told to", async () => {
    await put(machineBody("kms", nic));
    await arm.compute.virtualMachines.beginDeleteAndWait("rg", "kms");
    const disks = async () => (await arm.control.resources()).filter((id) => id.includes("/disks/")).length;
    assert.equal(await disks(), 0);
    const body = machineBody("kms", nic);
    await put({ ...body, storageProfile: { ...body.storageProfile, osDisk: { createOption: "FromImage" } } });
    await arm.compute.virtualMachines.beginDeleteAndWait("rg", "kms");
    assert.equal(await disks(), 1);
  });

  it("gives interfaces the addresses of their subnet, each once", async () => {
    const subnetId = idOf("Microsoft.Network/virtualNetworks/vnet/subnets/hosts");
    await createMachine(arm, "web", subnetId);
    const address = async (name: string) =>
      (await arm.network.networkInterfaces.get("rg", name)).ipConfigurations?.[0]?.privateIPAddress;
    assert.deepEqual([await address("nic"), await address("web-nic")], ["10.0.1.4", "10.0.1.5"]);
    const fixed = (privateIPAddress: string) =>
      arm.network.networkInterfaces.beginCreateOrUpdateAndWait("rg", "fixed", {
        location: "westeurope",
        ipConfigurations: [
          { name: "a", subnet: { id: subnetId }, privateIPAddress, privateIPAllocationMethod: "Static" },
        ],
      });
    await assert.rejects(fixed("10.0.1.4"), refusal(400, "PrivateIPAddressInUse"));
    await assert.rejects(fixed("10.0.2.9"), refusal(400, "PrivateIPAddressNotInSubnet"));
    assert.equal((await fixed("10.0.1.9")).ipConfigurations?.[0]?.privateIPAddress, "10.0.1.9");
  });
});
