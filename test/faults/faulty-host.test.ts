import assert from "node:assert/strict";
import { azureEndpoint } from "../environment";
import { story } from "../story";
import type { Arm } from "../lab/arm/arm-fixture";
import { activationsSpent, anotherPort, hostInputs, startHostLab, temporaryLedger } from "./host-fixture";
import { EngineStandIn } from "./engine-stand-in";
import { faults, type Intervention, startStepProxy } from "./step-proxy";

/** The same codes stand for a refused request, and for a result that Azure does not show. */
const signInFaults: Intervention[] = [401, 403, 404];

/** An operation of the engine, and whether the host exists before it. */
const operations: { name: string; prepared: boolean; run: (engine: EngineStandIn) => Promise<void> }[] = [
  { name: "create", prepared: false, run: (engine) => engine.apply() },
  { name: "update", prepared: true, run: (engine) => engine.apply(anotherPort) },
  { name: "read", prepared: true, run: (engine) => engine.refresh() },
  { name: "delete", prepared: true, run: (engine) => engine.remove() },
];

describe("a host activation on a bad network", function () {
  this.timeout(240_000);
  const findAzureAt = azureEndpoint();

  /** Runs the operation with a fault at one step, then again without one. Returns the steps of the first run. */
  async function withFaultAt(operation: (typeof operations)[number], step: number, fault: Intervention) {
    const arm: Arm = await startHostLab();
    const ledger = await temporaryLedger();
    const engine = new EngineStandIn({ ...hostInputs, ledger: ledger.url });
    findAzureAt(arm.endpoint);
    if (operation.prepared) {
      await engine.apply();
    }
    const proxy = await startStepProxy(arm.endpoint, (number) => (number === step ? fault : "pass"));
    findAzureAt(proxy.endpoint);
    const first = await operation.run(engine).then(
      () => undefined,
      (error: Error) => error,
    );
    findAzureAt(arm.endpoint);
    await operation.run(engine);
    const spent = await activationsSpent(arm);
    const outcomes = await ledger.outcomes();
    await proxy.close();
    await arm.close();
    await ledger.remove();
    return { steps: proxy.steps, first, spent, outcomes };
  }

  for (const operation of operations) {
    const stepsWithoutFault = story().step(`count the steps of ${operation.name}`, async () => {
      const { steps } = await withFaultAt(operation, Infinity, "pass");
      return steps;
    });
    for (const fault of [...faults, ...signInFaults]) {
      it(`completes ${operation.name}, or leaves a state from which the next run does (${fault} at any step)`, async () => {
        for (const [index, step] of (await stepsWithoutFault()).entries()) {
          const { first, spent, outcomes } = await withFaultAt(operation, index + 1, fault);
          const where = `step ${index + 1} ${step}: ${first?.message ?? "succeeded"}`;
          assert.deepEqual(spent, [1], where);
          assert.equal(
            outcomes.filter((outcome) => outcome === "committed").length,
            1,
            `${where}; ${outcomes.join(", ")}`,
          );
          assert.ok(!outcomes.includes("reserved"), where);
        }
      });
    }
  }
});
