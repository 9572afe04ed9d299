import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { openMachine } from "../../provider/machine/open-machine";
import { azureEndpoint } from "../environment";
import { createMachine, createNetwork, startArm, type Arm } from "../lab/arm/arm-fixture";
import { installPlan } from "./plans";

describe("machine/open-machine", () => {
  let arm: Arm;
  let azureVmId: string;
  const findAzureAt = azureEndpoint();
  before(async () => {
    arm = await startArm();
    azureVmId = await createMachine(arm, "kms1", await createNetwork(arm));
    findAzureAt(arm.endpoint);
  });
  after(async () => {
    await arm.close();
  });
  beforeEach(() => arm.control.startMachine("kms1"));

  const soon = () => ({ deadline: Date.now() + 60_000 });

  it("runs a plan on a machine of the lab, and leaves no run command", async () => {
    const machine = openMachine({ azureVmId });
    const looking = {
      ...installPlan,
      operations: [],
      keyPair: { unless: installPlan.operations[0].unless! },
    };
    const { publicKey } = await machine.run(looking, {}, soon());
    const answer = await machine.run(
      installPlan,
      // Microsoft's public KMS client setup key of Windows Server 2022 Datacenter.
      { productKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33" },
      { ...soon(), publicKey },
    );
    assert.equal(machine.name, "kms1");
    assert.deepEqual(answer.operations, [{ id: "installKey", result: "done" }]);
    assert.equal(answer.product?.PartialProductKey, "6VM33");
    assert.deepEqual(answer.features, { VolumeActivation: "Available" });
    const left = async () => (await arm.control.resources()).filter((id) => /runCommands/i.test(id));
    // Azure accepts a deletion and carries it out in its own time; the test's own limit ends the wait.
    while ((await left()).length > 0) {
      await setImmediate();
    }
  });

  it("says that a stopped or a missing machine is one", async () => {
    await arm.control.stopMachine("kms1");
    await assert.rejects(openMachine({ azureVmId }).run(installPlan, {}, soon()), { code: "KMS3002" });
    const missing = openMachine({ azureVmId: azureVmId.replace(/kms1$/, "kms2") });
    await assert.rejects(missing.run(installPlan, {}, soon()), { code: "KMS3001" });
  });

  it("refuses the ID of anything but a virtual machine", () => {
    assert.throws(() => openMachine({ azureVmId: "/subscriptions/s/kms1" }), { code: "KMS3104" });
    assert.throws(() => openMachine({}), TypeError);
  });
});
