import assert from "node:assert/strict";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { create, remove, update } from "../../provider/handlers";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import { openLedger } from "../../provider/ledger/open-ledger";
import { activationsSpent, hostInputs, hostKey, startHostLab, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import type { Arm } from "../lab/arm/arm-fixture";

/** Invented key of the lab for the next key group. */
const otherHostKey = labKeys.hostKeys.find(({ keyGroup }) => keyGroup.endsWith("2025"))!.productKey;

type Ledger = Awaited<ReturnType<typeof temporaryLedger>>;

describe("the account of a host key", function () {
  this.timeout(60_000);
  const variable = "PULUMI_WINDOWS_KMS_ARM_ENDPOINT";
  let arm: Arm;
  let ledger: Ledger;

  beforeEach(async () => {
    arm = await startHostLab();
    ledger = await temporaryLedger();
    process.env[variable] = arm.endpoint;
  });
  afterEach(async () => {
    delete process.env[variable];
    await arm.close();
    await ledger.remove();
  });

  const createHost = (changes: object = {}) =>
    muted(() => create({ ...hostInputs, ledger: ledger.url, ...changes } as never));
  const document = async () => (await openLedger(ledger.url).read(keyFingerprint(hostKey)))?.document;

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

  it("refuses to activate when the ledger cannot be read, and spends nothing", async () => {
    await assert.rejects(createHost({ ledger: "file:///dev/null/ledger" }), /KMS600\d/);
    assert.deepEqual(await activationsSpent(arm), []);
  });
});
