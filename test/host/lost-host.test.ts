import assert from "node:assert/strict";
import { create, diff, read, remove, update } from "../../provider/handlers";
import { defaultSettings } from "../../provider/host/settings";
import type { ManagedHostOutputs, ReadOnlyHostOutputs } from "../../provider/host/state";
import { azureEndpoint } from "../environment";
import { activationsSpent, hostInputs, startHostLab, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import { type Arm, createMachine } from "../lab/arm/arm-fixture";
import { idOf } from "../lab/arm/arm-names";
import { consentEnd } from "../consent-end";

describe("a KMS host whose machine cannot be reached", function () {
  this.timeout(60_000);
  const findAzureAt = azureEndpoint();
  let arm: Arm;
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;
  let host: ManagedHostOutputs;

  beforeEach(async () => {
    arm = await startHostLab();
    ledger = await temporaryLedger();
    findAzureAt(arm.endpoint);
    host = (await muted(() => create(inputs() as never))).outs as ManagedHostOutputs;
  });
  afterEach(async () => {
    await arm.close();
    await ledger.remove();
  });

  const inputs = (changes: object = {}) => ({ ...hostInputs, ledger: ledger.url, ...changes });
  const giveUp = { acknowledge: [{ code: "KMS4020", reason: "its disk is lost", until: consentEnd }] };
  const anotherPort = { settings: { ...defaultSettings, dnsPublishing: false, port: 1700 } };
  const refreshed = async (olds: object = host) =>
    (await muted(() => read("id", olds as never))).props as ManagedHostOutputs;
  const updated = async (olds: object, changes: object = {}) =>
    (await muted(() => update("id", olds as never, inputs(changes) as never))).outs as ManagedHostOutputs;
  const changes = async (olds: object, changed: object = {}) =>
    (await muted(() => diff("id", olds as never, inputs(changed) as never))).changes;
  const requests = async () =>
    (await arm.control.requests())
      .filter(({ type }) => /runCommands|virtualMachines/i.test(type))
      .reduce((sum, { count }) => sum + count, 0);

  const losses = {
    stopped: () => arm.control.stopMachine("kms"),
    deleted: () => arm.compute.virtualMachines.beginDeleteAndWait("rg", "kms"),
  };
  for (const [loss, lose] of Object.entries(losses)) {
    it(`keeps its last known state when it is ${loss}, and needs no update`, async () => {
      await lose();
      const { unreachable, diagnostics, ...seen } = await refreshed();
      assert.deepEqual(
        diagnostics?.map(({ code, severity }) => [code, severity]),
        [["KMS4020", "warning"]],
      );
      assert.match(unreachable ?? "", loss === "deleted" ? /^KMS3001 / : /^KMS3002 /);
      assert.deepEqual(seen, host);
      assert.equal(await changes({ ...seen, unreachable }), false);
      const drifted = { ...seen, unreachable, drift: ["listening port is 1700, expected 1688"] };
      assert.equal(await changes(drifted), false);
      await assert.rejects(changes(drifted, { strict: true }), { code: "KMS4020", message: /strict is set/ });
    });

    it(`does not stop an update of what drifted when it is ${loss}, but one of what is changed`, async () => {
      await lose();
      const drifted = { ...host, drift: ["listening port is 1700, expected 1688"] };
      assert.match((await updated(drifted)).unreachable ?? "", /^KMS300[12] /);
      await assert.rejects(updated(host, anotherPort), { code: "KMS4020", message: /acknowledge KMS4020/ });
    });

    it(`can be given up when it is ${loss}: its entry stays spent and is retired, and it can leave`, async () => {
      await lose();
      const seen = await refreshed();
      assert.equal(await changes(seen, giveUp), true);
      const lost = await updated(seen, giveUp);
      assert.equal(lost.givenUp, true);
      assert.equal(lost.licenseStatus, "Licensed");
      assert.deepEqual(await ledger.retired(), [true]);
      assert.deepEqual(await ledger.outcomes(), ["committed"]);
      const before = await requests();
      assert.equal(await changes(lost, giveUp), false);
      assert.equal(await changes(lost, { ...giveUp, ...anotherPort }), false);
      assert.deepEqual(await refreshed(lost), lost);
      await muted(() => remove("id", lost as never));
      assert.equal(await requests(), before, "its machine is not reached any more");
      assert.deepEqual(await activationsSpent(arm), [1]);
    });
  }

  describe("and that others manage", () => {
    const lookedAt = (changes: object = {}) => {
      const { kind, name, stack, azureVmId, os, keyGroup } = hostInputs;
      const common = { kind, name, stack, azureVmId, os, keyGroup, acknowledge: [], timeoutMinutes: 5 };
      return { ...common, readOnly: true, keyRequired: true, ...changes };
    };
    const looked = async (olds: object, changed: object = {}) =>
      (await muted(() => update("id", olds as never, lookedAt(changed) as never)))
        .outs as ReadOnlyHostOutputs;
    let seen: ReadOnlyHostOutputs;

    beforeEach(async () => {
      seen = (await muted(() => create(lookedAt() as never))).outs as ReadOnlyHostOutputs;
    });

    it("keeps what was last seen of it, with the program's new inputs, and does not fail", async () => {
      await arm.control.stopMachine("kms");
      const { unreachable, diagnostics, ...lost } = await looked(seen, { expectedPort: 1688 });
      assert.equal(diagnostics?.[0].code, "KMS4020");
      assert.match(unreachable ?? "", /^KMS3002 /);
      assert.deepEqual(lost, { ...seen, expectedPort: 1688 });
      assert.equal(lost.licenseStatus, "Licensed");
      const unchanged = lookedAt({ expectedPort: 1688 });
      assert.equal(
        (await muted(() => diff("id", { ...lost, unreachable } as never, unchanged as never))).changes,
        false,
      );
      await arm.control.startMachine("kms");
      assert.equal((await looked({ ...lost, unreachable }, { expectedPort: 1688 })).unreachable, undefined);
    });

    it("is handed over with what was last seen of it", async () => {
      await arm.control.stopMachine("kms");
      const lost = await looked(host);
      assert.deepEqual(
        [lost.readOnly, lost.licenseStatus, lost.machineId],
        [true, "Licensed", host.machineId],
      );
      assert.equal(lost.formerEntries?.length, 1);
      assert.deepEqual(await ledger.retired(), [false]);
    });

    it("fails where another machine is declared, of which nothing is known", async () => {
      const azureVmId = `${hostInputs.azureVmId}2`;
      await assert.rejects(looked(seen, { azureVmId }), { code: "KMS3001" });
    });
  });

  it("is not given up while it answers", async () => {
    assert.equal(await changes(host, giveUp), false);
    const done = await updated(host, { ...giveUp, ...anotherPort });
    assert.deepEqual([done.listeningPort, done.givenUp], [1700, undefined]);
    assert.deepEqual(await ledger.retired(), [false]);
  });

  it("cannot leave while it is stopped and not given up, and names the way", async () => {
    await arm.control.stopMachine("kms");
    await assert.rejects(
      muted(() => remove("id", host as never)),
      { code: "KMS4020", message: /KMS3002.*acknowledge KMS4020/ },
    );
    assert.deepEqual(await ledger.retired(), [false]);
  });

  it("is in service again when it is back", async () => {
    await arm.control.stopMachine("kms");
    const seen = await refreshed();
    const lost = await updated(seen, giveUp);
    await arm.control.startMachine("kms");
    assert.equal((await refreshed(seen)).unreachable, undefined);
    assert.equal(await changes(lost), true);
    const back = await updated(lost);
    assert.deepEqual([back.givenUp, back.unreachable], [undefined, undefined]);
    assert.deepEqual(await ledger.retired(), [false]);
    assert.deepEqual(await activationsSpent(arm), [1]);
  });

  it("refuses another machine at the same address before anything is changed on it", async () => {
    const other = { ...host, machineId: "00000000-0000-4000-8000-000000000009" };
    await assert.rejects(updated(other, anotherPort), { code: "KMS6031", message: /in place of 00000000-/ });
    const until = consentEnd;
    const acknowledge = [{ code: "KMS6031", reason: "rebuilt", until }];
    assert.equal((await updated(other, { ...anotherPort, acknowledge })).machineId, host.machineId);
  });

  it("refuses another machine in place of one that the engine has removed in the same update", async () => {
    await createMachine(arm, "kms2", idOf("Microsoft.Network/virtualNetworks/vnet/subnets/hosts"));
    const next = { azureVmId: idOf("Microsoft.Compute/virtualMachines/kms2") };
    const created = (changes: object) => muted(() => create(inputs({ ...next, ...changes }) as never));
    await muted(() => remove("id", host as never));
    await assert.rejects(created({}), {
      code: "KMS6031",
      message: /the machine [0-9a-f-]{36} in place of [0-9a-f-]{36} .*5 of 6 are left/,
    });
    assert.deepEqual(await activationsSpent(arm), [1]);
    const acknowledge = [{ code: "KMS6031", reason: "rebuilt", until: consentEnd }];
    await created({ acknowledge });
    assert.deepEqual(await activationsSpent(arm), [1, 1]);
  });

  it("may be created again on the machine that it was removed from", async () => {
    await muted(() => remove("id", host as never));
    const { outs } = await muted(() => create(inputs() as never));
    assert.equal((outs as ManagedHostOutputs).machineId, host.machineId);
  });
});
