import assert from "node:assert/strict";
import { rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { remove, update } from "../../provider/handlers";
import { defaultSettings } from "../../provider/host/settings";
import type { ManagedHostOutputs } from "../../provider/host/state";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import { openLedger } from "../../provider/ledger/open-ledger";
import {
  activationsSpent,
  hostInputs,
  hostKey,
  type HostLab,
  temporaryLedger,
  withHostLab,
} from "../faults/host-fixture";
import { muted } from "../faults/muted";
import type { Arm } from "../lab/arm/arm-fixture";
import { consentEnd } from "../consent-end";
import { hostHandlers } from "./host-handlers";

/** Invented key of the lab for the next key group. */
const otherHostKey = labKeys.hostKeys.find(({ keyGroup }) => keyGroup.endsWith("2025"))!.productKey;

const otherKey = { productKey: otherHostKey, keyGroup: "Volume License for Windows Server 2025" };

/** A key that Windows does not know. */
const unknownKey = "NNNNN-NNNNN-NNNNN-NNNNN-NNNNN";

/** More than 65535, so that a step fails after the activation. */
const portThatWindowsRefuses = { settings: { ...defaultSettings, port: 70_000 } };

describe("the ledger entry of a KMS host", function () {
  this.timeout(60_000);
  let arm: Arm;
  let ledger: HostLab["ledger"];
  withHostLab((lab) => ({ arm, ledger } = lab));
  const { createHost, document, diffHost, updateHost } = hostHandlers(() => ledger.url);
  /** What the engine gets of work that failed on the way. */
  const failed = async (work: () => Promise<unknown>) => {
    const error = await work().then(
      () => assert.fail("it succeeded"),
      (reason: Error & { properties?: ManagedHostOutputs }) => reason,
    );
    assert.ok(error.properties, error.message);
    return error;
  };

  it("holds one committed activation, with stack and resource, and never the key", async () => {
    await createHost();
    const stored = (await document())!;
    assert.equal(stored.keyEnding, hostKey.slice(-5));
    assert.deepEqual(
      stored.hosts.map(({ stack, resource, computerName }) => ({ stack, resource, computerName })),
      [{ stack: "organization/lab/test", resource: "kms", computerName: "kms" }],
    );
    assert.deepEqual(await ledger.outcomes(), ["committed"]);
    assert.ok(!JSON.stringify(stored).includes(hostKey));
  });

  it("refuses a seventh host before anything is done on the machine, and names what is taken (R132)", async () => {
    await assert.rejects(createHost({ activationsSpent: { hosts: 6, activations: 6 } }), {
      code: "KMS6010",
      message: /kms would be KMS host number 7 .*6 declared by activationsSpent/,
    });
    assert.deepEqual(await activationsSpent(arm), []);
    const [machine] = await arm.control.machines();
    assert.equal(machine.productKeyChannel, "Volume:GVLK");
  });

  it("lets it pass when Microsoft granted more, and keeps the reference (R134)", async () => {
    const hostLimitException = { hosts: 10, reference: "SR-1234" };
    await createHost({ activationsSpent: { hosts: 6, activations: 6 }, hostLimitException });
    assert.deepEqual(await activationsSpent(arm), [1]);
    assert.deepEqual((await document())?.hostLimitException, hostLimitException);
  });

  it("refuses a host of another stack unless it is adopted, and then spends nothing", async () => {
    await createHost();
    await assert.rejects(createHost({ stack: "organization/lab/other" }), {
      code: "KMS6014",
      message: /KMS host of the resource kms in the stack organization\/lab\/test/,
    });
    await createHost({ stack: "organization/lab/other", adopt: true });
    assert.deepEqual(await activationsSpent(arm), [1]);
    assert.equal((await document())?.hosts[0].stack, "organization/lab/other");
  });

  it("follows a resource or a stack that was renamed, and no other", async () => {
    const { id, outs } = await createHost();
    const renamed = { name: "licensing", stack: "organization/lab/prod" };
    const changed = { ...hostInputs, ledger: ledger.url, ...renamed };
    const foreign = { ...outs, name: "other" };
    await assert.rejects(
      muted(() => update(id, foreign as never, changed as never)),
      { code: "KMS6014" },
    );
    await muted(() => update(id, outs as never, changed as never));
    const { stack, resource } = (await document())!.hosts[0];
    assert.deepEqual({ name: resource, stack }, renamed);
    assert.deepEqual(await activationsSpent(arm), [1]);
  });

  it("counts a machine that was activated before as found", async () => {
    const lost = await temporaryLedger();
    await createHost({ ledger: lost.url });
    await lost.remove();
    await createHost();
    assert.deepEqual(await ledger.outcomes(), ["found"]);
    assert.deepEqual(await activationsSpent(arm), [1]);
  });

  it("keeps a refused activation apart from those that were spent (K10)", async () => {
    const productKey = "NNNNN-NNNNN-NNNNN-NNNNN-NNNNN";
    await assert.rejects(createHost({ productKey }));
    const stored = await openLedger(ledger.url).read(keyFingerprint(productKey));
    assert.deepEqual(
      stored?.document.hosts.flatMap(({ activations }) => activations.map(({ outcome }) => outcome)),
      ["released"],
    );
  });

  it("retires the entry when the host leaves, and does not give its place back (R145)", async () => {
    const { id, outs } = await createHost();
    await muted(() => remove(id, outs));
    const [host] = (await document())!.hosts;
    assert.match(host.retiredAt ?? "", /^\d{4}-/);
    assert.deepEqual(await ledger.outcomes(), ["committed"]);
  });

  it("retires the entry of a key that is replaced by another", async () => {
    const { id, outs } = await createHost();
    const productKey = otherHostKey;
    const keyGroup = "Volume License for Windows Server 2025";
    const news = { ...hostInputs, ledger: ledger.url, productKey, keyGroup };
    await muted(() => update(id, outs as never, news as never));
    assert.match((await document())!.hosts[0].retiredAt ?? "", /^\d{4}-/);
    const other = await openLedger(ledger.url).read(keyFingerprint(productKey));
    assert.deepEqual(
      other?.document.hosts.map(({ computerName, retiredAt }) => ({ computerName, retiredAt })),
      [{ computerName: "kms", retiredAt: undefined }],
    );
  });

  it("retires the entry of a replaced key although a later step failed", async () => {
    const { id, outs } = await createHost();
    const failure = await failed(() => updateHost(id, outs, { ...otherKey, ...portThatWindowsRefuses }));
    assert.match(failure.message, /^KMS4001 .*setPort/);
    assert.match((await document())!.hosts[0].retiredAt ?? "", /^\d{4}-/);
    assert.equal(failure.properties!.formerEntries, undefined);
    assert.equal((await document(otherHostKey))!.hosts[0].retiredAt, undefined);
  });

  it("keeps the entry of a replaced key in the state until it is retired", async () => {
    const moved = await temporaryLedger();
    const { id, outs } = await createHost();
    const folder = fileURLToPath(ledger.url);
    await rename(folder, `${folder}-away`);
    await writeFile(folder, "no folder");
    const changes = { ...otherKey, ledger: moved.url };
    const failure = await failed(() => updateHost(id, outs, changes));
    assert.match(failure.message, /^KMS6002 /);
    const between = failure.properties!;
    assert.deepEqual(
      between.formerEntries?.map(({ ledger: url, keyEnding }) => [url, keyEnding]),
      [[ledger.url, hostKey.slice(-5)]],
    );
    assert.equal((await diffHost(between, changes)).changes, true);

    await rm(folder);
    await rename(`${folder}-away`, folder);
    const done = await updateHost(id, between, changes);
    assert.equal(done.formerEntries, undefined);
    assert.match((await document())!.hosts[0].retiredAt ?? "", /^\d{4}-/);
    assert.equal((await diffHost(done, changes)).changes, false);
    await moved.remove();
  });

  it("keeps the entry of the key that is still on the machine, whatever the program names", async () => {
    const { id, outs } = await createHost();
    const failure = await failed(() => updateHost(id, outs, { productKey: unknownKey }));
    assert.match(failure.message, /^KMS4001 .*installKey/);
    assert.equal((await document())!.hosts[0].retiredAt, undefined);
    assert.deepEqual(
      failure.properties!.formerEntries?.map(({ keyEnding }) => keyEnding),
      [hostKey.slice(-5)],
    );
    const back = await updateHost(id, failure.properties!, {});
    assert.equal(back.formerEntries, undefined);
    assert.equal((await document())!.hosts[0].retiredAt, undefined);
    assert.match((await document(unknownKey))!.hosts[0].retiredAt ?? "", /^\d{4}-/);
    assert.deepEqual(await activationsSpent(arm), [1]);
  });

  it("retires every entry of a host that leaves between two steps", async () => {
    const { id, outs } = await createHost();
    const failure = await failed(() => updateHost(id, outs, { productKey: unknownKey }));
    await muted(() => remove(id, failure.properties as never));
    for (const key of [hostKey, unknownKey]) {
      assert.match((await document(key))!.hosts[0].retiredAt ?? "", /^\d{4}-/);
    }
  });

  it("takes what another stack declared only with consent", async () => {
    const { id, outs } = await createHost({ activationsSpent: { hosts: 1, activations: 2 } });
    const stack = "organization/lab/other";
    const other = { stack, adopt: true, activationsSpent: { hosts: 2, activations: 2 } };
    await assert.rejects(updateHost(id, outs, other), { code: "KMS6015" });
    const acknowledge = [{ code: "KMS6015", reason: "the other stack is gone", until: consentEnd }];
    await updateHost(id, outs, { ...other, acknowledge });
    assert.deepEqual((await document())!.activationsSpent, other.activationsSpent);
  });

  it("takes a changed activationsSpent and hostLimitException into the ledger at once", async () => {
    const { id, outs } = await createHost({ activationsSpent: { hosts: 1, activations: 2 } });
    const changes = {
      activationsSpent: { hosts: 3, activations: 4 },
      hostLimitException: { hosts: 10, reference: "SR-1234" },
    };
    for (const [name, value] of Object.entries(changes)) {
      assert.equal((await diffHost(outs as ManagedHostOutputs, { [name]: value })).changes, true, name);
    }
    await updateHost(id, outs, changes);
    const { activationsSpent: spent, hostLimitException } = (await document())!;
    assert.deepEqual({ activationsSpent: spent, hostLimitException }, changes);
  });

  it("is taken over at once when adopt is switched on", async () => {
    const { id, outs } = await createHost();
    await createHost({ stack: "organization/lab/other", adopt: true });
    assert.equal((await diffHost(outs as ManagedHostOutputs, {})).changes, false);
    const changes = { adopt: true };
    assert.equal((await diffHost(outs as ManagedHostOutputs, changes)).changes, true);
    await updateHost(id, outs, changes);
    assert.equal((await document())!.hosts[0].stack, hostInputs.stack);
  });

  it("refuses to activate when the ledger cannot be read, and spends nothing", async () => {
    await assert.rejects(createHost({ ledger: "file:///dev/null/ledger" }), /KMS600\d/);
    assert.deepEqual(await activationsSpent(arm), []);
  });
});
