import assert from "node:assert/strict";
import type { Arm } from "../lab/arm/arm-fixture";
import { callHandler, type HandlerOutcome } from "./handler-process";
import { activationsSpent, hostInputs, startHostLab, temporaryLedger } from "./host-fixture";
import { type Intervention, startStepProxy } from "./step-proxy";

/** Creates the host; the process is killed when the request with this number, or its answer, is lost. */
async function createKilledAt(arm: Arm, ledger: string, step: number, lost: Intervention) {
  let kill = () => undefined as void;
  const proxy = await startStepProxy(
    arm.endpoint,
    (number) => (number === step ? lost : "pass"),
    () => kill(),
  );
  const call = callHandler("create", [{ ...hostInputs, ledger }], environment(proxy));
  kill = () => void call.process.kill("SIGKILL");
  const outcome = await call.outcome;
  await proxy.close();
  return { outcome, steps: proxy.steps };
}

const created = async (arm: Arm, ledger: string): Promise<HandlerOutcome> =>
  callHandler("create", [{ ...hostInputs, ledger }], environment(arm)).outcome;

const environment = ({ endpoint }: { endpoint: string }) => ({ PULUMI_WINDOWS_KMS_ARM_ENDPOINT: endpoint });

/** Outcomes of a ledger in which exactly one activation is spent. */
const isOneSpent = (outcomes: string[]) =>
  outcomes.filter((outcome) => outcome === "committed" || outcome === "found").length === 1 &&
  !outcomes.includes("reserved");

describe("a host activation whose process is killed", function () {
  this.timeout(240_000);

  it("takes more steps than one can count on one hand, and spends one activation", async () => {
    const arm = await startHostLab();
    const ledger = await temporaryLedger();
    const { outcome, steps } = await createKilledAt(arm, ledger.url, Infinity, "pass");
    assert.equal((outcome.result as { outs: { licenseStatus: string } }).outs.licenseStatus, "Licensed");
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
        const { outcome, steps } = await createKilledAt(arm, ledger.url, step, lost);
        const at = `step ${step} ${steps.at(-1)}`;
        const wasKilled = outcome.killed === true;
        assert.equal(wasKilled, steps.length >= step, at);
        const { result, error } = await created(arm, ledger.url);
        assert.equal(error, undefined, `${at}: ${error?.message}`);
        assert.equal((result as { outs: { licenseStatus: string } }).outs.licenseStatus, "Licensed");
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
