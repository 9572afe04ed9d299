import assert from "node:assert/strict";
import type { VirtualMachineRunCommand } from "@azure/arm-compute";
import { movableClock } from "../../../provider/lab/windows/clock";
import { createFleet } from "../../../provider/lab/windows/fleet";
import { type LicensingPlan, windowsApplicationId } from "../../../provider/machine/licensing-plan";
import {
  decodeAnswer,
  encodePlan,
  licensingScript,
  planParameter,
  productKeyParameter,
} from "../../../provider/machine/licensing-script";
import { type Arm, createMachine, createNetwork, startArm } from "../arm/arm-fixture";
import { refusal } from "../arm/arm-names";

const readPlan: LicensingPlan = {
  version: 1,
  applicationId: windowsApplicationId,
  operations: [],
  read: { service: [], product: ["PartialProductKey"], features: [], firewall: [], events: false },
};

const installPlan: LicensingPlan = {
  ...readPlan,
  operations: [
    { id: "key", on: "service", method: "InstallProductKey", secretArguments: { ProductKey: "productKey" } },
  ],
};

/** Microsoft's public KMS client setup key of Windows Server 2022 Datacenter. */
const setupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";

function command(
  plan: LicensingPlan,
  extra: Partial<VirtualMachineRunCommand> = {},
): VirtualMachineRunCommand {
  return {
    location: "westeurope",
    source: { script: licensingScript },
    parameters: [{ name: planParameter, value: encodePlan(plan) }],
    asyncExecution: false,
    timeoutInSeconds: 600,
    ...extra,
  };
}

describe("lab/arm run commands", () => {
  let arm: Arm;
  beforeEach(async () => {
    arm = await startArm();
    await createMachine(arm, "kms", await createNetwork(arm));
  });
  afterEach(() => arm.close());

  const commands = () => arm.compute.virtualMachineRunCommands;
  const run = (name: string, body: VirtualMachineRunCommand) =>
    commands().beginCreateOrUpdateAndWait("rg", "kms", name, body);
  const view = async (name: string) =>
    (await commands().getByVirtualMachine("rg", "kms", name, { expand: "instanceView" })).instanceView;

  it("runs the licensing script and shows its answer only when asked to", async () => {
    await run("read", command(readPlan));
    const instanceView = await view("read");
    assert.equal(instanceView?.executionState, "Succeeded");
    assert.equal(instanceView?.exitCode, 0);
    const answer = decodeAnswer(instanceView?.output ?? "", "kms");
    assert.equal(answer.machine.name, "kms");
    assert.equal(answer.machine.editionId, "ServerDatacenter");
    assert.deepEqual(answer.product, { PartialProductKey: "6VM33" });
    const plain = await commands().getByVirtualMachine("rg", "kms", "read");
    assert.equal(plain.instanceView, undefined);
    assert.equal(plain.provisioningState, "Succeeded");
  });

  it("hands protected parameters to the machine and never returns them", async () => {
    const body = command(installPlan, {
      protectedParameters: [{ name: productKeyParameter, value: setupKey }],
    });
    const put = await run("install", body);
    assert.equal(put.protectedParameters, undefined);
    const got = await commands().getByVirtualMachine("rg", "kms", "install", { expand: "instanceView" });
    assert.equal(got.protectedParameters, undefined);
    assert.ok(!JSON.stringify(got).includes(setupKey));
    const answer = decodeAnswer(got.instanceView?.output ?? "", "kms");
    assert.deepEqual(answer.operations, [{ id: "key", result: "done" }]);
  });

  it("does not run an unchanged command again", async () => {
    await run("read", command(readPlan));
    const first = await view("read");
    await arm.control.advanceClock(10);
    await run("read", command(readPlan));
    assert.deepEqual(await view("read"), first);
    await run("read", command(readPlan, { timeoutInSeconds: 601 }));
    assert.notDeepEqual((await view("read"))?.startTime, first?.startTime);
  });

  it("fails a script that it does not know, and the deployment when asked to", async () => {
    await run("other", command(readPlan, { source: { script: "Get-Date" } }));
    const instanceView = await view("other");
    assert.equal(instanceView?.executionState, "Failed");
    assert.equal(instanceView?.exitCode, 1);
    await assert.rejects(
      run(
        "strict",
        command(readPlan, { source: { script: "Get-Date" }, treatFailureAsDeploymentFailure: true }),
      ),
      /operation has failed\. VMExtensionProvisioningError\./,
    );
  });

  it("refuses a machine that is stopped or missing", async () => {
    await arm.control.stopMachine("kms");
    await assert.rejects(run("read", command(readPlan)), refusal(409, "OperationNotAllowed"));
    await assert.rejects(
      commands().beginCreateOrUpdateAndWait("rg", "gone", "read", command(readPlan)),
      refusal(404, "ParentResourceNotFound"),
    );
  });

  it("takes its time to delete one, and keeps it when something newer comes in between", async () => {
    await run("read", command(readPlan));
    await arm.control.addFault({ match: "DELETE .*/runCommands/", scriptMilliseconds: 60_000 });
    const deletion = await commands().beginDelete("rg", "kms", "read");
    const state = async () => (await commands().getByVirtualMachine("rg", "kms", "read")).provisioningState;
    assert.equal(await state(), "Deleting");
    await run("newer", command(readPlan));
    await arm.control.advanceClock(1);
    await assert.rejects(
      deletion.pollUntilDone(),
      /has failed\. OperationPreempted\. Operation execution has been preempted by a more recent operation/,
    );
    assert.equal(await state(), "Failed");
    await commands().beginDeleteAndWait("rg", "kms", "read");
    await assert.rejects(state(), refusal(404, "ResourceNotFound"));
  });

  it("refuses a machine whose owner forbids extensions", async () => {
    const machine = (allowExtensionOperations: boolean) =>
      arm.compute.virtualMachines.beginUpdateAndWait("rg", "kms", {
        osProfile: { allowExtensionOperations },
      });
    await machine(false);
    await assert.rejects(run("read", command(readPlan)), (error: Error) => {
      assert.match(
        error.message,
        /^This operation cannot be performed when extension operations are disallowed\./,
      );
      return true;
    });
    await machine(true);
    await run("read", command(readPlan));
  });

  it("fails on a machine whose agent does not answer, and runs nothing", async () => {
    await arm.control.setAgent("kms", false);
    await assert.rejects(
      run("read", command(readPlan)),
      /has failed\. VMAgentStatusCommunicationError\. VM 'kms'/,
    );
    assert.equal((await view("read"))?.executionState, "Pending");
    const { instanceView } = await arm.compute.virtualMachines.get("rg", "kms", { expand: "instanceView" });
    assert.equal(instanceView?.vmAgent?.statuses?.[0].displayStatus, "Not Ready");
    await arm.control.setAgent("kms", true);
    await run("again", command(readPlan));
  });

  it("allows 25 run commands on a machine", async () => {
    for (let index = 1; index <= 25; index++) {
      await run(`read${index}`, command(readPlan));
    }
    await assert.rejects(run("read26", command(readPlan)), refusal(409, "OperationNotAllowed"));
    await commands().beginDeleteAndWait("rg", "kms", "read1");
    await run("read26", command(readPlan));
  });
});

describe("lab/arm output of run commands", () => {
  it("keeps the last 4,096 bytes", async () => {
    const arm = await startArm({
      fleet: (network, clock) => {
        const fleet = createFleet({ network, clock: clock ?? movableClock() });
        return {
          ...fleet,
          runLicensingPlan: (id, plan, secrets) => {
            const answer = fleet.runLicensingPlan(id, plan, secrets);
            return { ...answer, events: { request: "x".repeat(5000), response: "end" } };
          },
        };
      },
    });
    await createMachine(arm, "kms", await createNetwork(arm));
    const body = command({ ...readPlan, read: { ...readPlan.read, events: true } });
    await arm.compute.virtualMachineRunCommands.beginCreateOrUpdateAndWait("rg", "kms", "read", body);
    const place = ["rg", "kms", "read", { expand: "instanceView" }] as const;
    const { instanceView } = await arm.compute.virtualMachineRunCommands.getByVirtualMachine(...place);
    assert.equal(Buffer.byteLength(instanceView?.output ?? ""), 4096);
    assert.match(instanceView?.output ?? "", /x","response":"end"\}\}$/);
    await arm.close();
  });
});
