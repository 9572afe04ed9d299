import assert from "node:assert/strict";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { create, remove, update } from "../../provider/handlers";
import type { ManagedHostOutputs } from "../../provider/host/state";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import { openLedger } from "../../provider/ledger/open-ledger";
import { activationsSpent, hostInputs, hostKey, type HostLab, withHostLab } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import type { Arm } from "../lab/arm/arm-fixture";

describe("the removal of a KMS host", function () {
  this.timeout(60_000);
  let arm: Arm;
  let ledger: HostLab["ledger"];
  withHostLab((lab) => ({ arm, ledger } = lab));

  const inputs = (changes: object) => ({ ...hostInputs, ledger: ledger.url, ...changes });
  const created = async (changes: object = {}) =>
    (await muted(() => create(inputs(changes) as never))).outs as ManagedHostOutputs;
  const removed = (host: object) => muted(() => remove("id", host as never));
  const channel = async () => (await arm.control.machines())[0].productKeyChannel;
  const entry = async () => (await openLedger(ledger.url).read(keyFingerprint(hostKey)))?.document.hosts[0];

  /** The newer owner of the same machine, by what makes it another resource. */
  const owners = {
    "another name": { name: "licensing", adopt: true },
    "another stack": { stack: "organization/lab/other", adopt: true },
    "the same name, at another place of the program": {},
  };
  for (const [title, changes] of Object.entries(owners)) {
    it(`leaves the machine to a newer resource with ${title}`, async () => {
      const former = await created();
      const newer = await created(changes);
      await removed(former);
      assert.equal(await channel(), "Volume:CSVLK");
      assert.equal((await entry())?.retiredAt, undefined);
      assert.deepEqual(await activationsSpent(arm), [1]);
      await removed(newer);
      assert.equal(await channel(), "Volume:GVLK");
      assert.match((await entry())?.retiredAt ?? "", /^\d{4}-/);
    });
  }

  it("makes the machine a client again after updates, a rename with an alias among them", async () => {
    const host = await created();
    const { outs } = await muted(() => update("id", host as never, inputs({ name: "licensing" }) as never));
    assert.equal((outs as ManagedHostOutputs).claim, host.claim);
    await removed(outs);
    assert.equal(await channel(), "Volume:GVLK");
  });

  it("leaves a machine alone that has another key by now", async () => {
    const former = await created();
    const other = labKeys.hostKeys.find(({ keyGroup }) => keyGroup.endsWith("2025"))!;
    const changes = { name: "newer", productKey: other.productKey, keyGroup: other.keyGroup };
    const newer = await created(changes);
    await removed(former);
    const [machine] = await arm.control.machines();
    assert.equal(machine.partialProductKey, other.productKey.slice(-5));
    assert.match((await entry())?.retiredAt ?? "", /^\d{4}-/);
    await removed(newer);
    assert.equal(await channel(), "Volume:GVLK");
  });

  it("KMS4002: names the step that Windows refuses, and says that the machine goes on answering", async () => {
    const host = await created();
    await arm.control.setMachineConditions("kms", { refuses: ["service InstallProductKey"] });
    await assert.rejects(removed(host), {
      code: "KMS4002",
      message:
        /^KMS4002 kms refused the step \w+ with 0x\w{8} \w+: .* Until then the machine continues to answer/,
    });
    assert.equal(await channel(), "Volume:CSVLK");
    await arm.control.setMachineConditions("kms", { refuses: [] });
    await removed(host);
    assert.equal(await channel(), "Volume:GVLK");
  });

  it("KMS4003: leaves a machine as it is whose edition has no setup key, and says how to go on", async () => {
    const host = await created();
    await assert.rejects(removed({ ...host, editionId: "ServerSolution" }), {
      code: "KMS4003",
      message:
        /^KMS4003 kms runs Windows Server 2022, ServerSolution, for which Microsoft publishes no KMS client setup key, .* by hand, then run `pulumi state delete`/,
    });
    assert.equal(await channel(), "Volume:CSVLK");
  });

  it("knows the owner of a machine that nothing was spent on", async () => {
    const former = await created({ activation: "none" });
    const newer = await created({ activation: "none" });
    await removed(former);
    assert.equal(await channel(), "Volume:CSVLK");
    assert.deepEqual((await entry())?.activations, []);
    await removed(newer);
    assert.equal(await channel(), "Volume:GVLK");
  });
});
