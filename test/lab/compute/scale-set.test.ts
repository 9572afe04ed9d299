import assert from "node:assert/strict";
import { millisecondsPerDay, movableClock } from "../../../provider/lab/windows/clock";
import { decodeAnswer } from "../../../provider/machine/licensing-script";
import { type Arm, createNetwork, startArm } from "../arm/arm-fixture";
import { idOf, refusal } from "../arm/arm-names";
import { all, createHost, scaleSetBody, sdkExtension } from "./scale-set-fixture";

const setId = idOf("Microsoft.Compute/virtualMachineScaleSets/web");
const filter = `'virtualMachineScaleSet/id' eq '${setId}'`;

describe("lab/arm virtual machine scale sets", () => {
  let arm: Arm;
  let subnetId: string;
  beforeEach(async () => {
    arm = await startArm();
    subnetId = await createNetwork(arm);
  });
  afterEach(() => arm.close());

  type Mode = "Flexible" | "Uniform";
  const put = (mode: Mode, capacity: number, withExtension = false) =>
    arm.compute.virtualMachineScaleSets.beginCreateOrUpdateAndWait(
      "rg",
      "web",
      scaleSetBody(subnetId, mode, capacity, withExtension ? [sdkExtension()] : undefined),
    );
  const flexible = () => all(arm.compute.virtualMachines.list("rg", { filter, expand: "instanceView" }));
  const uniform = () =>
    all(arm.compute.virtualMachineScaleSetVMs.list("rg", "web", { expand: "instanceView" }));
  const sameAsBefore = async () => {
    const left = (await arm.control.resources()).filter((id) => !/\/virtualNetworks\/|Groups\/rg$/.test(id));
    assert.deepEqual(left, []);
  };

  it("makes virtual machines for a Flexible set, follows its capacity, and takes all along in the end", async () => {
    const { sku, orchestrationMode } = await put("Flexible", 3);
    assert.deepEqual([sku?.capacity, orchestrationMode], [3, "Flexible"]);
    const machines = await flexible();
    assert.equal(machines.length, 3);
    assert.match(machines[0].name!, /^web_[0-9a-f]{8}$/);
    assert.match(machines[0].osProfile!.computerName!, /^web[0-9A-Z]{6}$/);
    assert.equal(machines[0].virtualMachineScaleSet?.id, setId);
    assert.equal(machines[0].osProfile?.adminPassword, undefined);
    assert.equal((await arm.control.machines()).length, 3);
    await put("Flexible", 5);
    const grown = await flexible();
    assert.deepEqual(
      grown.slice(0, 3).map(({ name }) => name),
      machines.map(({ name }) => name),
    );
    assert.equal(grown.length, 5);
    await arm.compute.virtualMachineScaleSets.beginUpdateAndWait("rg", "web", { sku: { capacity: 1 } });
    assert.deepEqual((await flexible()).length, 1);
    await arm.compute.virtualMachineScaleSets.beginDeleteAndWait("rg", "web");
    assert.deepEqual(await arm.control.machines(), []);
    await sameAsBefore();
  });

  it("keeps its instances of an image that Azure has withdrawn, and adds none", async () => {
    await arm.close();
    const clock = movableClock(() => Date.parse("2026-06-01T00:00:00Z"));
    arm = await startArm({ clock });
    subnetId = await createNetwork(arm);
    const withdrawn = (capacity: number, name = "web") => {
      const body = scaleSetBody(subnetId, "Flexible", capacity);
      body.virtualMachineProfile!.storageProfile!.imageReference!.offer = "WindowsServer";
      return arm.compute.virtualMachineScaleSets.beginCreateOrUpdateAndWait("rg", name, body);
    };
    const refused = refusal(404, "ImageVersionDeprecated");
    await withdrawn(2);
    clock.advance(30 * millisecondsPerDay);
    await withdrawn(2);
    await withdrawn(1);
    assert.equal((await flexible()).length, 1);
    await assert.rejects(withdrawn(2), refused);
    await assert.rejects(withdrawn(1, "other"), refused);
    await assert.rejects(arm.control.scale(setId, 3), /ImageVersionDeprecated|deprecated/);
    assert.equal((await flexible()).length, 1);
  });

  it("keeps Uniform instances below the set, in pages", async () => {
    await put("Uniform", 120);
    const instances = await uniform();
    assert.equal(instances.length, 120);
    assert.deepEqual([instances[0].instanceId, instances[0].name], ["0", "web_0"]);
    assert.equal(instances[11].osProfile?.computerName, "web00000B");
    assert.equal(instances[0].latestModelApplied, true);
    assert.deepEqual(await flexible(), []);
    await arm.compute.virtualMachineScaleSets.beginDeleteAndWait("rg", "web");
    await sameAsBefore();
  });

  it("runs our extension on each instance at boot, also on those that an autoscaler adds", async () => {
    await createHost(arm, subnetId);
    await put("Uniform", 6, true);
    await arm.control.scale(setId, 8);
    const answers = (await uniform()).map(({ instanceView, name }) => {
      const [extension] = instanceView!.extensions!;
      assert.equal(extension.type, "Microsoft.Compute.CustomScriptExtension");
      assert.equal(extension.statuses?.[0].code, "ProvisioningState/succeeded");
      const output = extension.substatuses!.find(({ code }) => code!.includes("StdOut"))!.message!;
      return decodeAnswer(output, name!).product?.LicenseStatus;
    });
    // The first four raise the count; the host activates from the fifth on.
    assert.deepEqual(
      answers,
      [0, 0, 0, 0, 1, 1, 1, 1].map((status) => (status === 1 ? 1 : answers[0])),
    );
    assert.notEqual(answers[0], 1);
    assert.equal((await arm.compute.virtualMachineScaleSets.get("rg", "web")).sku?.capacity, 8);
    await arm.control.scale(setId, 7);
    await arm.control.scale(setId, 8);
    assert.equal((await uniform())[7].instanceId, "8", "no number is given twice");
  });

  it("runs a changed extension again, by the upgrade policy", async () => {
    await put("Uniform", 2);
    const extensions = arm.compute.virtualMachineScaleSetExtensions;
    await extensions.beginCreateOrUpdateAndWait("rg", "web", "pulumi-windows-kms", sdkExtension());
    const times = async () =>
      (await uniform()).map(({ instanceView }) => instanceView?.extensions?.[0].statuses?.[0].time);
    const first = await times();
    assert.ok(first.every((time) => time !== undefined));
    await arm.control.advanceClock(1);
    await extensions.beginCreateOrUpdateAndWait("rg", "web", "pulumi-windows-kms", sdkExtension());
    assert.deepEqual(await times(), first, "an unchanged one does not run");
    await arm.compute.virtualMachineScaleSets.beginUpdateAndWait("rg", "web", {
      upgradePolicy: { mode: "Manual" },
    });
    const changed = { ...sdkExtension(), forceUpdateTag: "2" };
    await extensions.beginCreateOrUpdateAndWait("rg", "web", "pulumi-windows-kms", changed);
    assert.deepEqual(await times(), first);
    assert.deepEqual(
      (await uniform()).map(({ latestModelApplied }) => latestModelApplied),
      [false, false],
    );
    await arm.compute.virtualMachineScaleSets.beginUpdateInstancesAndWait("rg", "web", {
      instanceIds: ["1"],
    });
    const [still, upgraded] = await times();
    assert.equal(String(still), String(first[0]));
    assert.ok(upgraded! > first[1]);
    await extensions.beginDeleteAndWait("rg", "web", "pulumi-windows-kms");
    const { virtualMachineProfile } = await arm.compute.virtualMachineScaleSets.get("rg", "web");
    assert.equal(virtualMachineProfile?.extensionProfile, undefined);
  });

  it("loses the command of a set that is written without protected settings, but not by a PATCH", async () => {
    await put("Uniform", 1, true);
    const body = await arm.compute.virtualMachineScaleSets.get("rg", "web");
    assert.equal(body.virtualMachineProfile?.extensionProfile?.extensions?.[0].protectedSettings, undefined);
    await arm.compute.virtualMachineScaleSets.beginUpdateAndWait("rg", "web", { tags: { role: "web" } });
    await arm.compute.virtualMachineScaleSets.beginUpdateAndWait("rg", "web", { sku: { capacity: 2 } });
    assert.equal((await uniform()).length, 2);
    await assert.rejects(
      arm.compute.virtualMachineScaleSets.beginCreateOrUpdateAndWait("rg", "web", body),
      /VM extensions failed/,
    );
  });

  it("lets a Flexible set alone choose what becomes of its disks, and extensions where they are allowed", async () => {
    const body = (mode: Mode, profile: object, withExtension = false) => {
      const set = scaleSetBody(subnetId, mode, 1, withExtension ? [sdkExtension()] : undefined);
      const { osProfile, ...rest } = set.virtualMachineProfile!;
      return { ...set, virtualMachineProfile: { ...rest, osProfile: { ...osProfile, ...profile } } };
    };
    const create = (set: object) =>
      arm.compute.virtualMachineScaleSets.beginCreateOrUpdateAndWait("rg", "web", set as never);
    const chosen = (mode: Mode) => {
      const set = body(mode, {});
      set.virtualMachineProfile.storageProfile!.osDisk!.deleteOption = "Delete";
      return set;
    };
    await assert.rejects(create(chosen("Uniform")), refusal(400, "InvalidParameter"));
    await create(chosen("Flexible"));
    const forbidden = { allowExtensionOperations: false };
    await assert.rejects(create(body("Flexible", forbidden, true)), refusal(409, "OperationNotAllowed"));
  });

  it("refuses what Azure refuses", async () => {
    const sets = arm.compute.virtualMachineScaleSets;
    const refused = (change: object, code: string, status = 400) =>
      assert.rejects(
        sets.beginCreateOrUpdateAndWait("rg", "web", { ...scaleSetBody(subnetId, "Uniform", 2), ...change }),
        refusal(status, code),
      );
    await refused({ sku: { name: "Standard_B2as_v2", capacity: 1001 } }, "InvalidParameter");
    await refused({ upgradePolicy: undefined }, "InvalidParameter");
    await refused({ orchestrationMode: "Flexible" }, "InvalidParameter");
    const twice = [sdkExtension(), { ...sdkExtension(), name: "other" }];
    const { virtualMachineProfile } = scaleSetBody(subnetId, "Uniform", 2, twice);
    await refused({ virtualMachineProfile }, "BadRequest");
    await put("Uniform", 1);
    await refused({ orchestrationMode: "Flexible", ...networked() }, "PropertyChangeNotAllowed", 409);
    await assert.rejects(
      arm.network.subnets.beginDeleteAndWait("rg", "vnet", "hosts"),
      refusal(409, "InUseSubnetCannotBeDeleted"),
    );
    await assert.rejects(
      arm.control.scale(idOf("Microsoft.Compute/virtualMachineScaleSets/none"), 1),
      /KMS7102/,
    );
  });

  const networked = () => ({
    virtualMachineProfile: scaleSetBody(subnetId, "Flexible", 1).virtualMachineProfile,
  });
});
