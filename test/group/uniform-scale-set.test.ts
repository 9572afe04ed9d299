import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { OnRemove, UnreachablePolicy } from "../../provider/catalog/constants";
import type { ClientActivationInputs, ClientActivationOutputs } from "../../provider/group/state";
import { create, diff, read, remove } from "../../provider/handlers";
import { KmsError } from "../../provider/errors/kms-error";
import { PartialFailure } from "../../provider/engine/handler";
import { updateScaleSetGroup } from "../../provider/group/scale-set-group";
import type { ScaleSetGroup } from "../../provider/group/scale-set-instances";
import { muted } from "../faults/muted";
import { extensionName } from "../../provider/machine/scale-set-extension";
import { openScaleSet } from "../../provider/machine/scale-set";
import { sdkExtension } from "../lab/compute/scale-set-fixture";
import { tally } from "./rollout-fixture";
import { scaleSetLab, setId } from "./scale-set-lab";

describe("a group of a Uniform scale set", function () {
  this.timeout(30_000);
  const lab = scaleSetLab();
  const {
    sets,
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

  it("gets the extension, which runs again for those that asked too early", async () => {
    await putSet("Uniform", 6);
    assert.equal(await created(inputs()), undefined);
    assert.deepEqual(tally(members()), { Licensed: 6 });
    assert.deepEqual([await runs(), await extensionWrites()], [0, 2]);
    assert.equal(await changes(inputs()), false);
    assert.equal(members()[0].name, "web_0");
    assert.ok(JSON.stringify(lab.outs.members).length / 6 < 200);
  });

  it("stays pending below the threshold, and the next update asks again", async () => {
    await putSet("Uniform", 3);
    assert.equal(await created(inputs()), undefined);
    assert.deepEqual(tally(members()), { Pending: 3 });
    assert.equal(lab.outs.machinesMissing, 2);
    assert.equal(await changes(inputs()), true);
    await lab.arm.control.scale(setId, 6);
    assert.equal(await worked(inputs()), undefined);
    assert.deepEqual(tally(members()), { Licensed: 6 });
  });

  it("reports what an autoscaler adds, and repairs a model that lost the extension", async () => {
    await putSet("Uniform", 5);
    await created(inputs());
    await lab.arm.control.scale(setId, 8);
    await refreshed();
    assert.deepEqual(tally(members()), { Licensed: 8 });
    assert.equal(await changes(inputs()), false);
    await lab.arm.compute.virtualMachineScaleSetExtensions.beginDeleteAndWait("rg", "web", extensionName);
    await refreshed();
    assert.deepEqual(tally(members()), { NotStarted: 8 });
    assert.equal(await changes(inputs()), true);
    await worked(inputs());
    assert.deepEqual(tally(members()), { Licensed: 8 });
  });

  it("KMS4054: upgrades by hand those with the latest model, and tells of the others", async () => {
    await putSet("Uniform", 6, { upgradePolicy: { mode: "Manual" } });
    await sets().beginUpdateAndWait("rg", "web", { sku: { name: "Standard_D2s_v5" } });
    await sets().beginUpdateInstancesAndWait("rg", "web", { instanceIds: ["0", "1", "2", "3", "4"] });
    let said = "";
    const write = process.stdout.write;
    process.stdout.write = (text) => ((said += String(text)), true);
    try {
      lab.outs = (await create(inputs())).outs as ClientActivationOutputs;
    } finally {
      process.stdout.write = write;
    }
    assert.deepEqual(tally(members()), { Licensed: 5, NotStarted: 1 });
    assert.match(said, /web: KMS4054 1 of 6 instances of web does not have the scale set's latest model/);
  });

  it("KMS4050: fails for instances that are off where that counts as a failure, and keeps the others", async () => {
    await putSet("Uniform", 6);
    await lab.arm.control.stopMachine("web000002");
    const strictly = inputs({ rollout: { unreachable: UnreachablePolicy.Fail } });
    const failure = await created(strictly);
    assert.match(
      failure!.message,
      /^KMS4050 1 of 6 instances of web failed:\s+web_2: KMS4053 web_2 is not running/,
    );
    assert.deepEqual(tally(members()), { Licensed: 5, Off: 1 });
    await lab.arm.control.startMachine("web000002");
    assert.equal(await worked(strictly), undefined);
    assert.deepEqual(tally(members()), { Licensed: 6 });
  });

  it("lists instances that are off, and continues with the next update", async () => {
    await putSet("Uniform", 6);
    await lab.arm.control.stopMachine("web000002");
    assert.equal(await created(inputs()), undefined);
    assert.deepEqual(tally(members()), { Licensed: 5, Off: 1 });
    assert.equal(await changes(inputs()), false, "it is still off");
    await lab.arm.control.startMachine("web000002");
    assert.equal(await changes(inputs()), true, "it is back");
    assert.equal(await worked(inputs()), undefined);
    assert.deepEqual(tally(members()), { Licensed: 6 });
  });

  it("keeps a group whose extension may be in the model, so that a deletion takes it out", async () => {
    await putSet("Uniform", 5);
    await lab.arm.control.addFault({
      match: "GET .*/virtualMachineScaleSets/web/virtualMachines",
      status: 403,
    });
    const failure = await created(inputs());
    assert.match(failure!.message, /^KMS3021 Azure did not list the instances of .*\/web: /);
    await lab.arm.control.clearFaults();
    assert.equal((await extensions()).length, 1);
    assert.equal(await changes(inputs()), true);
    await remove("web", lab.outs as never);
    assert.deepEqual(await extensions(), []);
  });

  it("KMS3021: says what Azure did not do, and does it in the next update", async () => {
    await putSet("Uniform", 5);
    await lab.arm.control.addFault({ match: "PUT .*/extensions/", failOperation: true, times: 1 });
    const failure = await created(inputs());
    assert.match(failure!.message, /^KMS3021 Azure did not change the model of .*\/web: .*LabFault/);
    assert.deepEqual(tally(members()), { NotStarted: 5 });
    assert.equal(await worked(inputs()), undefined);
    assert.deepEqual(tally(members()), { Licensed: 5 });
  });

  it("clears the KMS host of released instances by the extension, and takes it out", async () => {
    await putSet("Uniform", 5);
    await created(inputs({ onRemove: OnRemove.ClearKmsHost }));
    await remove("web", lab.outs as never);
    assert.deepEqual([...new Set(await kmsMachines())], [""]);
    assert.deepEqual(await extensions(), []);
  });

  it("KMS4014: keeps the extension of instances that could not be released", async () => {
    await putSet("Uniform", 5);
    await created(inputs({ onRemove: OnRemove.ClearKmsHost }));
    await lab.arm.control.stopMachine("web000001");
    await assert.rejects(
      remove("web", lab.outs as never),
      /KMS4014 1 member that left web .*\s+web_1: KMS4053/,
    );
    assert.equal((await extensions()).length, 1);
    await lab.arm.control.startMachine("web000001");
    await remove("web", lab.outs as never);
    assert.deepEqual(await extensions(), []);
  });

  it("leaves the model of a set alone that the package created, since the set goes as well", async () => {
    await putSet("Uniform", 5);
    const own = inputs({}, { created: true, capacity: 5 });
    await created(own);
    await remove("web", lab.outs as never);
    assert.equal((await extensions()).length, 1);
  });

  it("is another resource when it takes its members from another scale set or from none", async () => {
    await putSet("Uniform", 5);
    await created(inputs());
    const replaces = async (news: ClientActivationInputs) =>
      (await diff("web", lab.outs as never, news)).replaces;
    assert.deepEqual(await replaces(inputs({}, { id: `${setId}2` })), ["scaleSet"]);
    assert.deepEqual(await replaces(inputs({ scaleSet: undefined })), ["scaleSet"]);
    assert.deepEqual(await replaces(inputs({}, { id: setId.toUpperCase() })), []);
  });

  it("KMS3022: leaves a model alone that has a script extension of somebody else", async () => {
    await putSet("Uniform", 2);
    const theirs = { ...sdkExtension(), name: "install" };
    await lab.arm.compute.virtualMachineScaleSetExtensions
      .beginCreateOrUpdateAndWait("rg", "web", "install", theirs)
      .catch(() => undefined);
    await assert.rejects(create(inputs()), /KMS3022 the model of .*\/web already has .* Extension install,/);
    assert.deepEqual(
      (await extensions()).map(({ name }) => name),
      ["install"],
    );
  });

  it("KMS3020: says that the set is gone, at a refresh by having nothing to keep", async () => {
    await putSet("Uniform", 2);
    await created(inputs());
    await sets().beginDeleteAndWait("rg", "web");
    assert.deepEqual(await read("web", lab.outs as never), {});
    await remove("web", lab.outs as never);
    await assert.rejects(create(inputs()), /KMS3020 the scale set .*\/web does not exist: /);
  });

  it("KMS3023: asks for os and edition where the instances are to be taken as found", async () => {
    await putSet("Uniform", 2);
    await assert.rejects(
      create(inputs({ os: "", edition: "", setupKey: "", threshold: 0 })),
      /KMS3023 .* Declare os and edition/,
    );
    assert.deepEqual(await extensions(), []);
  });

  it("KMS3024: says what is no scale set", () => {
    assert.throws(
      () => openScaleSet("/subscriptions/s/resourceGroups/rg"),
      (error: unknown) => error instanceof KmsError && /^KMS3024 \/subscriptions\/s/.test(error.message),
    );
  });

  it("stops waiting for Azure at an interruption, keeps what is known, and goes on in the next update", async () => {
    await putSet("Uniform", 6);
    const stopping = new AbortController();
    const options = { deadline: Date.now() + 60_000, signal: stopping.signal, graceMilliseconds: 20 };
    await lab.arm.control.addFault({ match: "PUT .*/extensions/", delayMilliseconds: 1000 });
    void setTimeout(200).then(() => stopping.abort());
    const failure = await muted(() =>
      updateScaleSetGroup("web", inputs() as ScaleSetGroup, undefined, options),
    ).catch((error: unknown) => error);
    assert.ok(failure instanceof PartialFailure, String(failure));
    assert.match(
      failure.message,
      /^KMS3034 work on web was given up under way, because the command was interrupted\./,
    );
    lab.outs = failure.properties as ClientActivationOutputs;
    assert.equal(await changes(inputs()), true);
    assert.equal(await worked(inputs()), undefined);
    assert.deepEqual(tally(members()), { Licensed: 6 });
    const before = await extensionWrites();
    await assert.rejects(
      muted(() => updateScaleSetGroup("web", inputs() as ScaleSetGroup, lab.outs, options)),
      { code: "KMS3034", begun: false },
    );
    assert.equal(await extensionWrites(), before);
  });
});
