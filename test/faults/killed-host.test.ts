import assert from "node:assert/strict";
import type { Arm } from "../lab/arm/arm-fixture";
import { activationsSpent, hostInputs, startHostLab, temporaryLedger } from "./host-fixture";
import { type HandlerPool, type HandlerProcess, startHandlerPool } from "./kills/handler-pool";
import type { CallOutcome } from "./kills/killable-handler";
import { type Intervention, startStepProxy } from "./step-proxy";

/** Creates the host in a process; undefined when that was killed. */
const create = (process: HandlerProcess, { endpoint }: { endpoint: string }, ledger: string) =>
  process.run({
    command: "up",
    inputs: { ...hostInputs, ledger },
    env: { PULUMI_WINDOWS_KMS_ARM_ENDPOINT: endpoint },
  });

/** Creates the host; the process is killed when the request with this number, or its answer, is lost. */
async function createKilledAt(pool: HandlerPool, arm: Arm, ledger: string, step: number, lost: Intervention) {
  const process = pool.take();
  const proxy = await startStepProxy(
    arm.endpoint,
    (number) => (number === step ? lost : "pass"),
    () => process.kill(),
  );
  const outcome = await create(process, proxy, ledger);
  await proxy.close();
  return { outcome, steps: proxy.steps };
}

const licenseStatusOf = (outcome: CallOutcome | undefined) =>
  (outcome?.state?.outs as { licenseStatus?: string } | undefined)?.licenseStatus;

/** Outcomes of a ledger in which exactly one activation is spent. */
const isOneSpent = (outcomes: string[]) =>
  outcomes.filter((outcome) => outcome === "committed" || outcome === "found").length === 1 &&
  !outcomes.includes("reserved");

describe("a host activation whose process is killed", function () {
  this.timeout(240_000);
  let pool: HandlerPool;
  before(async () => {
    pool = await startHandlerPool(2);
  });
  after(() => pool.close());

  it("takes more steps than one can count on one hand, and spends one activation", async () => {
    const arm = await startHostLab();
    const ledger = await temporaryLedger();
    const { outcome, steps } = await createKilledAt(pool, arm, ledger.url, Infinity, "pass");
    assert.equal(licenseStatusOf(outcome), "Licensed", outcome?.error);
    assert.deepEqual(await activationsSpent(arm), [1]);
    assert.deepEqual(await ledger.outcomes(), ["committed"]);
    assert.ok(steps.length > 5, steps.join("\n"));
    await arm.close();
    await ledger.remove();
  });

  for (const lost of ["lose-request", "lose-answer"] as const) {
    it(`spends exactly one activation, wherever it is killed (${lost}), once it has run again`, async () => {
      // How often an operation is asked for its state depends on the machine's load, so the number of steps does too.
      for (let step = 1; ; step++) {
        const arm = await startHostLab();
        const ledger = await temporaryLedger();
        const { outcome, steps } = await createKilledAt(pool, arm, ledger.url, step, lost);
        const at = `step ${step} ${steps.at(-1)}`;
        const wasKilled = outcome === undefined;
        assert.equal(wasKilled, steps.length >= step, at);
        const again = await create(pool.take(), arm, ledger.url);
        assert.equal(again?.error, undefined, `${at}: ${again?.error}`);
        assert.equal(licenseStatusOf(again), "Licensed", at);
        assert.deepEqual(await activationsSpent(arm), [1], at);
        const outcomes = await ledger.outcomes();
        assert.ok(isOneSpent(outcomes), `${at}: ${outcomes.join(", ")}`);
        await arm.close();
        await ledger.remove();
        if (!wasKilled) {
          assert.ok(step > 5, `the process has come to its end after ${steps.length} steps`);
          break;
        }
      }
    });
  }
});
