import assert from "node:assert/strict";
import { create, read, remove, update } from "../../provider/handlers";
import type { ManagedHostOutputs } from "../../provider/host/state";
import { azureEndpoint } from "../environment";
import { activationsSpent, hostInputs, startHostLab, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import { startStepProxy, type StepProxy } from "../faults/step-proxy";
import type { Arm } from "../lab/arm/arm-fixture";

const clientSetupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";
/** Requests for a run command that the look at a machine, before anything is done on it, makes after its PUT. */
const resultsOfLook = 1;

describe("an activation whose answer nobody has read, on a machine that is off by now", function () {
  this.timeout(60_000);
  const findAzureAt = azureEndpoint();
  let arm: Arm;
  let proxy: StepProxy;
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;
  /** How many results of run commands are read before Azure refuses them; Infinity for all. */
  let readable: number;

  beforeEach(async () => {
    arm = await startHostLab();
    ledger = await temporaryLedger();
    readable = Infinity;
    const isResult = (step: string) => /^GET .*\/runCommands\/./.test(step);
    proxy = await startStepProxy(arm.endpoint, () => {
      if (!isResult(proxy.steps.at(-1)!) || readable === Infinity) {
        return "pass";
      }
      readable -= 1;
      return readable < 0 ? 403 : "pass";
    });
    findAzureAt(proxy.endpoint);
  });
  afterEach(async () => {
    await proxy.close();
    await arm.close();
    await ledger.remove();
  });

  const inputs = (changes: object = {}) => ({ ...hostInputs, ledger: ledger.url, ...changes });
  const createHost = async (changes: object = {}) =>
    (await muted(() => create(inputs(changes) as never))).outs as ManagedHostOutputs;
  const refreshed = async (host: object) =>
    (await muted(() => read("id", host as never))).props as ManagedHostOutputs;
  const updated = async (host: object, changes: object = {}) =>
    (await muted(() => update("id", host as never, inputs(changes) as never))).outs as ManagedHostOutputs;
  /** The host, drifted and activated again by an update that never learns so, on a machine that is then stopped. */
  async function stoppedHost(changes: object = {}): Promise<ManagedHostOutputs> {
    const host = await createHost(changes);
    await arm.control.installKeyByHand("kms", clientSetupKey);
    const drifted = await refreshed(host);
    readable = resultsOfLook;
    await assert.rejects(updated(drifted, changes), { message: /KMS3010/ });
    readable = Infinity;
    assert.deepEqual(await ledger.outcomes(), ["committed", "reserved"]);
    assert.deepEqual(await activationsSpent(arm), [2]);
    await arm.control.stopMachine("kms");
    return drifted;
  }

  it("is settled by a refresh", async () => {
    const host = await stoppedHost();
    assert.match((await refreshed(host)).unreachable ?? "", /^KMS3002 /);
    assert.deepEqual(await ledger.outcomes(), ["committed", "committed"]);
  });

  it("is settled by an update", async () => {
    const host = await stoppedHost();
    assert.match((await updated(host)).unreachable ?? "", /^KMS3002 /);
    assert.deepEqual(await ledger.outcomes(), ["committed", "committed"]);
  });

  it("is settled when the host leaves with its machine, or is refused to leave", async () => {
    const host = await stoppedHost({ keepMachine: false });
    await assert.rejects(
      muted(() => remove("id", { ...host, keepMachine: true } as never)),
      { code: "KMS4020" },
    );
    assert.deepEqual(await ledger.outcomes(), ["committed", "committed"]);
    await muted(() => remove("id", host as never));
    assert.deepEqual(await ledger.retired(), [true]);
  });

  it("is settled by the creation that is repeated, though that fails", async () => {
    readable = resultsOfLook;
    await assert.rejects(createHost(), { code: "KMS3010" });
    readable = Infinity;
    assert.deepEqual(await ledger.outcomes(), ["reserved"]);
    await arm.control.stopMachine("kms");
    await assert.rejects(createHost(), { code: "KMS3002" });
    assert.deepEqual(await ledger.outcomes(), ["committed"]);
    assert.deepEqual(await activationsSpent(arm), [1]);
  });

  it("is released where its script had not come to it", async () => {
    readable = resultsOfLook;
    await arm.control.setMachineConditions("kms", { refuses: ["service InstallProductKey"] });
    await assert.rejects(createHost(), { code: "KMS3010" });
    readable = Infinity;
    assert.deepEqual(await ledger.outcomes(), ["reserved"]);
    await arm.control.stopMachine("kms");
    await assert.rejects(createHost(), { code: "KMS3002" });
    assert.deepEqual(await ledger.outcomes(), ["released"]);
    assert.deepEqual(await activationsSpent(arm), []);
  });

  it("stays open where Azure does not show the answer either", async () => {
    const host = await stoppedHost();
    readable = 0;
    await refreshed(host);
    assert.deepEqual(await ledger.outcomes(), ["committed", "reserved"]);
  });
});
