import assert from "node:assert/strict";
import fc from "fast-check";
import { runLicensingPlan } from "../../../provider/lab/windows/run-licensing-plan";
import { ensureHostPlan, observeAnewPlan } from "../../../provider/host/plan";
import { hostKeys } from "../../../provider/lab/windows/lab-keys.json";
import { type LicensingAnswer, windowsApplicationId } from "../../../provider/machine/licensing-plan";
import { sealProductKey } from "../../../provider/machine/sealed-key";
import { decodeAnswer } from "../../../provider/machine/licensing-script";
import { activate, installPlan, labKey } from "../plans";
import { freePlans } from "./free-plans";
import { builtPlans, planBuilders } from "./lab-plans";
import { buildMachine, type MachineState, machineStates, type PlanRun } from "./lab-states";
import { type FailureStyle, labWindows, missingCommands } from "./lab-windows";
import { scriptRunner, standInsForSuite } from "./licensing-script";
import { describeInPowerShell } from "./powershell";

/** `SEED=n CASES=n npx mocha test/machine/pwsh/lab-agreement.test.ts` runs the same or other cases. */
const seed = Number(process.env.SEED ?? 20_261_129);
const cases = Number(process.env.CASES ?? 35);

/** The answer without the time and the texts of errors, which neither can know of the other. */
const comparable = ({ machine, operations, unreadable = [], ...answer }: LicensingAnswer) => ({
  ...answer,
  unreadable: unreadable.map(({ detail: _, ...part }) => part),
  operations: operations.map(({ detail: _, ...operation }) => operation),
  machine: { ...machine, utc: "" },
});

describeInPowerShell(`the lab and machine/licensing.ps1 (seed ${seed}, ${cases} cases each)`, function () {
  this.timeout(600_000);
  const run = scriptRunner(standInsForSuite());

  async function agree(state: MachineState, { plan, secrets }: PlanRun, style: FailureStyle): Promise<void> {
    const simulated = buildMachine(state);
    const expected = runLicensingPlan({ ...simulated, plan, secrets });
    const { machine, world, now } = buildMachine(state);
    const { status, stdout, stderr } = await run(labWindows(machine, world, now, style), plan, secrets, {
      missing: missingCommands(machine),
    });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    assert.deepEqual(comparable(decodeAnswer(stdout, "kms1")), comparable(expected));
    assert.deepEqual(machine, simulated.machine);
    assert.deepEqual(
      world.activationService.usage(machine.product?.partialProductKey ?? ""),
      simulated.world.activationService.usage(machine.product?.partialProductKey ?? ""),
    );
  }

  const plans = { ...builtPlans, "plans of all kinds": freePlans };
  const history = fc.array(fc.oneof(...Object.values(builtPlans), freePlans), { maxLength: 3 });
  for (const [name, generated] of Object.entries(plans)) {
    it(`S02: give the same answer to ${name}, and leave the same machine`, async () => {
      await fc.assert(
        fc.asyncProperty(
          machineStates(history),
          generated,
          fc.constantFrom<FailureStyle>("error", "returnValue"),
          agree,
        ),
        { seed, numRuns: cases },
      );
    });
  }

  it("S02: open a product key that was sealed for the machine, once", async () => {
    const productKey = hostKeys[0].productKey;
    const observe = observeAnewPlan(undefined, [], productKey.slice(-5));
    const ensure = ensureHostPlan({ activation: "online", partialProductKey: productKey.slice(-5) });
    for (const state of fc.sample(machineStates(fc.constant([])), { seed, numRuns: 4 })) {
      const simulated = buildMachine({ ...state, conditions: {} });
      const { publicKey } = runLicensingPlan({ ...simulated, plan: observe, secrets: {} });
      const secrets = { sealedKey: sealProductKey(productKey, "kms1", publicKey!) };
      const prepared = { ...state, conditions: {}, history: [{ plan: observe, secrets: {} }] };
      await agree(prepared, { plan: ensure, secrets }, "error");
      const { machine, ...rest } = buildMachine(prepared);
      runLicensingPlan({ machine, ...rest, plan: ensure, secrets });
      assert.equal(machine.keyPairs.size, 0, "the pair serves once");
      const again = { ...prepared, history: [...prepared.history, { plan: ensure, secrets }] };
      await agree(again, { plan: { ...installPlan, applicationId: windowsApplicationId }, secrets }, "error");
    }
  });

  it("S02: give the same answer to the plans of other tests", async () => {
    const [state] = fc.sample(machineStates(fc.constant([])), { seed, numRuns: 1 });
    await agree(state, { plan: installPlan, secrets: { productKey: labKey } }, "error");
    await agree(state, { plan: { ...installPlan, operations: [activate] }, secrets: {} }, "error");
  });

  it("are compared on the plans of every function that builds some", () => {
    assert.deepEqual(Object.keys(builtPlans).sort(), planBuilders);
  });
});
