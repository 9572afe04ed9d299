import assert from "node:assert/strict";
import { Discovery, OnRemove } from "../../provider/catalog/constants";
import { check, remove } from "../../provider/handlers";
import { extensionName } from "../../provider/machine/scale-set-extension";
import { openScaleSet } from "../../provider/machine/scale-set";
import { all, hostAddress } from "../lab/compute/scale-set-fixture";
import { tally } from "./rollout-fixture";
import { scaleSetLab, setId } from "./scale-set-lab";

describe("a group of a Flexible scale set", function () {
  this.timeout(30_000);
  const lab = scaleSetLab();
  const {
    members,
    putSet,
    inputs,
    worked,
    created,
    refreshed,
    changes,
    runs,
    extensionWrites,
    extensions,
    kmsMachines,
  } = lab;

  it("configures the instances, then only those that are new, and stores little of each", async () => {
    await putSet("Flexible", 6);
    assert.equal(await created(inputs()), undefined);
    assert.deepEqual(tally(members()), { Licensed: 6 });
    assert.equal(await runs(), 6 + 5 - 1);
    assert.equal(await changes(inputs()), false);
    assert.equal(await changes(inputs({}, { capacity: 9 })), true);
    assert.ok(JSON.stringify(lab.outs.members).length / 6 < 200);
    await putSet("Flexible", 9);
    assert.equal(await worked(inputs({}, { capacity: 9 })), undefined);
    assert.deepEqual(tally(members()), { Licensed: 9 });
    assert.equal(await runs(), 3);
    assert.deepEqual(await extensions(), []);
  });

  it("sees at a refresh what came and went", async () => {
    await putSet("Flexible", 6);
    await created(inputs());
    await putSet("Flexible", 4);
    await putSet("Flexible", 5);
    await refreshed();
    assert.deepEqual(tally(members()), { Licensed: 4, NotStarted: 1 });
    assert.equal(await changes(inputs()), true);
    await worked(inputs());
    assert.deepEqual(tally(members()), { Licensed: 5 });
    assert.equal(await runs(), 1);
  });

  it("gets the extension where it is autoscaled, and loses it when it is not any more", async () => {
    await putSet("Flexible", 5);
    const autoscaled = inputs({}, { autoscaled: true });
    assert.equal(await created(autoscaled), undefined);
    assert.deepEqual(tally(members()), { Licensed: 5 });
    assert.equal((await extensions())[0].name, extensionName);
    await lab.arm.control.scale(setId, 7);
    await refreshed();
    assert.deepEqual(tally(members()), { Licensed: 7 });
    assert.equal(await changes(autoscaled), false);
    await lab.arm.compute.virtualMachineScaleSetExtensions.beginDeleteAndWait("rg", "web", extensionName);
    await refreshed();
    assert.equal(await changes(autoscaled), true, "the next instances would not be configured");
    await worked(autoscaled);
    assert.deepEqual([await runs(), await extensionWrites()], [0, 1]);
    assert.equal(await changes(inputs()), true);
    await worked(inputs());
    assert.equal(await runs(), 0);
    assert.deepEqual(await extensions(), []);
  });

  it("clears the KMS host of released instances", async () => {
    await putSet("Flexible", 5);
    const clearing = inputs({ onRemove: OnRemove.ClearKmsHost });
    await created(clearing);
    assert.deepEqual([...new Set(await kmsMachines())], [hostAddress]);
    await remove("web", lab.outs as never);
    assert.deepEqual([...new Set(await kmsMachines())], [""]);
  });

  it("lists more instances than Azure gives at once", async () => {
    await putSet("Flexible", 0);
    await lab.arm.control.scale(setId, 103);
    const access = openScaleSet(setId, lab.arm.compute);
    const options = { deadline: Date.now() + 30_000 };
    const instances = await access.instances(await access.read(options), options);
    assert.equal(new Set(instances.map(({ azureVmId }) => azureVmId)).size, 103);
    assert.equal((await all(lab.arm.compute.virtualMachines.list("rg"))).length, 104);
  });

  it("KMS3023: refuses an autoscaled set whose command would be too long, before anything is done", async () => {
    const hostNames = Array.from({ length: 3000 }, (_, index) => `kms${index * 7919}.corp.example`);
    const news = inputs({ hostNames, discovery: Discovery.Dns }, { autoscaled: true });
    const { failures } = await check({}, news);
    assert.deepEqual(
      failures!.map(({ property, reason }) => [property, reason.slice(0, 7)]),
      [["", "KMS3023"]],
    );
  });
});
