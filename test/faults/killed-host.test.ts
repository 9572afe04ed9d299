import assert from "node:assert/strict";
import type { Arm } from "../lab/arm/arm-fixture";
import { callHandler, type HandlerOutcome } from "./handler-process";
import { activationsSpent, hostInputs, startHostLab } from "./host-fixture";
import { type Intervention, startStepProxy } from "./step-proxy";

/** Creates the host; the process is killed when the request with this number, or its answer, is lost. */
async function createKilledAt(arm: Arm, step: number, lost: Intervention) {
  let kill = () => undefined as void;
  const proxy = await startStepProxy(
    arm.endpoint,
    (number) => (number === step ? lost : "pass"),
    () => kill(),
  );
  const call = callHandler("create", [hostInputs], { PULUMI_WINDOWS_KMS_ARM_ENDPOINT: proxy.endpoint });
  kill = () => void call.process.kill("SIGKILL");
  const outcome = await call.outcome;
  await proxy.close();
  return { outcome, steps: proxy.steps };
}

const created = async (arm: Arm): Promise<HandlerOutcome> =>
  callHandler("create", [hostInputs], { PULUMI_WINDOWS_KMS_ARM_ENDPOINT: arm.endpoint }).outcome;

describe("a host activation whose process is killed", function () {
  this.timeout(240_000);
  let steps: string[];

  before("count the steps of one that is not", async () => {
    const arm = await startHostLab();
    const whole = await createKilledAt(arm, Infinity, "pass");
    assert.equal((whole.outcome.result as { outs: { licenseStatus: string } }).outs.licenseStatus, "Licensed");
    assert.deepEqual(await activationsSpent(arm), [1]);
    steps = whole.steps;
    await arm.close();
  });

  for (const lost of ["lose-request", "lose-answer"] as const) {
    it(`has spent exactly one activation after the next run, wherever it was killed (${lost})`, async () => {
      for (const [index, step] of steps.entries()) {
        const arm = await startHostLab();
        const { outcome } = await createKilledAt(arm, index + 1, lost);
        assert.equal(outcome.killed, true, `step ${index + 1} ${step}`);
        const { result, error } = await created(arm);
        assert.equal(error, undefined, `step ${index + 1} ${step}: ${error?.message}`);
        assert.equal((result as { outs: { licenseStatus: string } }).outs.licenseStatus, "Licensed");
        assert.deepEqual(await activationsSpent(arm), [1], `step ${index + 1} ${step}`);
        await arm.close();
      }
    });
  }
});
