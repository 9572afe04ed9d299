import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { azureClients } from "../../provider/azure/clients";
import { KmsError } from "../../provider/errors/kms-error";
import { ensureHost, refreshHost } from "../../provider/host/ensure";
import { leaveFormerMachine, retireHost } from "../../provider/host/retirement";
import type { ManagedHostInputs, ManagedHostOutputs } from "../../provider/host/state";
import { deletionsDone } from "../../provider/machine/run-command-removal";
import { StoppedError } from "../../provider/machine/stopped";
import { azureEndpoint } from "../environment";
import { activationsSpent, hostInputs, startHostLab, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import type { Arm } from "../lab/arm/arm-fixture";
import { subscriptionId } from "../lab/arm/arm-names";
import { storedHost } from "./stored-host";

const isNotBegun = (error: unknown) =>
  error instanceof StoppedError &&
  !error.begun &&
  error.message.startsWith("KMS3034 work on kms was not begun");

describe("work on a KMS host that is interrupted", function () {
  this.timeout(60_000);
  const findAzureAt = azureEndpoint();
  const runCommand = "PUT .*/runCommands/";
  let arm: Arm;
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;
  let stopping: AbortController;
  let inputs: ManagedHostInputs;

  beforeEach(async () => {
    arm = await startHostLab();
    ledger = await temporaryLedger();
    findAzureAt(arm.endpoint);
    stopping = new AbortController();
    inputs = { ...hostInputs, ledger: ledger.url };
  });
  afterEach(async () => {
    await deletionsDone(azureClients(process.env).compute(subscriptionId), {
      ...{ subscriptionId, resourceGroupName: "rg", vmName: "kms" },
    });
    await arm.close();
    await ledger.remove();
  });

  /** @param graceMilliseconds how long what runs may go on */
  const options = (graceMilliseconds?: number) => ({
    deadline: Date.now() + 300_000,
    signal: stopping.signal,
    graceMilliseconds,
  });
  const ensure = (graceMilliseconds?: number) =>
    muted(() => ensureHost(inputs, undefined, options(graceMilliseconds)));
  const activated = () => muted(() => ensureHost(inputs));
  const records = async () => (await arm.control.machines())[0].reservations;
  const until = async (due: () => Promise<boolean>) => {
    while (!(await due())) {
      await setTimeout(10);
    }
  };
  /** The first run command only looks at the machine, the second one activates. */
  async function faultAtActivation(fault: object) {
    await arm.control.addFault({ match: runCommand });
    await arm.control.addFault({ match: runCommand, ...fault });
  }
  const runCommands = async () =>
    (await arm.control.requests())
      .filter(({ method, type }) => method === "PUT" && /runCommands/i.test(type))
      .reduce((total, { count }) => total + count, 0);

  async function isFinishedByNext() {
    const { licenseStatus } = await activated();
    assert.equal(licenseStatus, "Licensed");
    assert.deepEqual(await activationsSpent(arm), [1]);
    assert.ok(!(await ledger.outcomes()).includes("reserved"));
  }

  it("is not begun after the signal, and reserves nothing", async () => {
    stopping.abort();
    await assert.rejects(ensure(), isNotBegun);
    assert.equal(await runCommands(), 0);
    assert.deepEqual(await ledger.outcomes(), []);
  });

  it("reserves nothing where the signal comes while the machine is looked at", async () => {
    await arm.control.addFault({ match: runCommand, delayMilliseconds: 300 });
    const work = ensure();
    void setTimeout(100).then(() => stopping.abort());
    await assert.rejects(work, isNotBegun);
    assert.deepEqual(await ledger.outcomes(), []);
    await isFinishedByNext();
  });

  for (const [why, refusal] of [
    ["the machine is busy", { status: 409, code: "Conflict" }],
    ["Azure throttles", { status: 429, retryAfterSeconds: 5 }],
  ] as const) {
    it(`gives back what it reserved where ${why}, and waits no longer`, async () => {
      await faultAtActivation({ ...refusal, times: 1000 });
      const work = ensure();
      await until(async () => (await ledger.outcomes()).length === 1);
      void setTimeout(200).then(() => stopping.abort());
      await assert.rejects(work, isNotBegun);
      assert.deepEqual(await ledger.outcomes(), ["released"]);
      await arm.control.clearFaults();
      assert.deepEqual(await activationsSpent(arm), []);
    });
  }

  it("finishes an activation under way, and gives what is done", async () => {
    await faultAtActivation({ scriptMilliseconds: 400 });
    const work = ensure();
    await until(async () => (await records()).some((record) => record.endsWith("started")));
    stopping.abort();
    assert.equal((await work).licenseStatus, "Licensed");
    assert.deepEqual(await ledger.outcomes(), ["committed"]);
  });

  it("KMS4033: gives up one that takes too long, keeps its reservation, and finds out next time", async () => {
    await faultAtActivation({ scriptMilliseconds: 2000 });
    const work = ensure(50);
    await until(async () => (await records()).some((record) => record.endsWith("started")));
    stopping.abort();
    await assert.rejects(work, (error) => {
      assert.ok(error instanceof KmsError && error.cause instanceof StoppedError);
      assert.match(
        error.message,
        /^KMS4033 the activation of kms was given up under way, because the update was interrupted; whether it was spent is not known yet, and the ledger keeps it reserved\. Run `pulumi up` again: /,
      );
      return true;
    });
    assert.deepEqual(await ledger.outcomes(), ["reserved"]);
    assert.deepEqual(await activationsSpent(arm), []);
    await isFinishedByNext();
  });

  it("changes nothing of a host that was to be retired, nor its entry, and is repeated", async () => {
    const host: ManagedHostOutputs = { ...(await activated()), keepMachine: true };
    stopping.abort();
    await assert.rejects(
      muted(() => retireHost(host, options())),
      isNotBegun,
    );
    assert.deepEqual(await ledger.retired(), [false]);
    await muted(() => retireHost(host));
    assert.deepEqual(await ledger.retired(), [true]);
  });

  it("stores nothing of another machine before the former one is left", async () => {
    const host = { ...(await activated()), keepMachine: true };
    stopping.abort();
    const ssh = { host: "10.0.0.4", user: "admin", hostKeyFingerprint: "SHA256:invented" };
    const outs = { ...host, ssh, machineId: "00000000-0000-4000-8000-000000000002" };
    await assert.rejects(
      muted(() => leaveFormerMachine("id", host, outs, options())),
      isNotBegun,
    );
    assert.deepEqual(await ledger.retired(), [false]);
  });

  it("keeps an open activation counted for the next removal, also of a machine that goes", async () => {
    await faultAtActivation({ scriptMilliseconds: 600 });
    const work = ensure(50);
    await until(async () => (await records()).some((record) => record.endsWith("started")));
    stopping.abort();
    await assert.rejects(work, { code: "KMS4033" });
    await until(async () => (await records()).some((record) => record.endsWith("done")));
    const [{ uuid: machineId }] = await arm.control.machines();
    const host = { ...storedHost({ ...inputs, keepMachine: false }), machineId };
    await assert.rejects(
      muted(() => retireHost(host, options())),
      isNotBegun,
    );
    assert.deepEqual(await ledger.outcomes(), ["reserved"]);
    await muted(() => retireHost(host));
    assert.deepEqual([await ledger.outcomes(), await ledger.retired()], [["committed"], [true]]);
  });

  it("leaves a host that was to be looked at as it was", async () => {
    const host = await activated();
    stopping.abort();
    await assert.rejects(
      muted(() => refreshHost(host, options())),
      isNotBegun,
    );
  });
});
