import assert from "node:assert/strict";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const program = (hostArgs: string) =>
  kmsProgram(`
const host = new KMSHost("kms", { ...hostArgs, ${hostArgs} });
export const licenseStatus = host.licenseStatus;
export const installationId = host.installationId;
export const partialProductKey = host.partialProductKey;
`);

const telephone = `activation: "offline", confirmationId: config.getSecret("confirmationId")`;

describe("activation by telephone on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "offline", program(`activation: "none"`));
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const srvRecords = async () => (await lab.control.resources()).filter((id) => /\/SRV\//i.test(id));

  /** An update, and what it leaves in the zone, in the state and at Microsoft. */
  const updated = async () => ({
    ...(await stack.up()),
    records: await srvRecords(),
    state: await stack.storedState(),
    spent: (await lab.control.activations(labHostKey.slice(-5))).map(({ activations }) => activations),
  });
  const { step } = story();

  const none = step("activation none", updated);

  it("installs the key and spends no activation with activation none", async () => {
    const { ok, outputs, text, spent, records } = await none();
    assert.ok(ok, text);
    assert.equal(outputs.partialProductKey.value, labHostKey.slice(-5));
    assert.equal(outputs.installationId, undefined);
    assert.deepEqual(spent, []);
    assert.deepEqual(records, [], "a host that is not activated invites no clients");
  });

  const awaiting = step("activation offline", async () => {
    await stack.write(program(telephone));
    return stack.up();
  });

  it("returns the installation ID and awaits confirmation with activation offline", async () => {
    const { ok, outputs, text } = await awaiting();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "AwaitingConfirmation");
    assert.match(outputs.installationId.value as string, /^\d{63}$/);
  });

  const confirmation = step("the telephone call", async () =>
    lab.control.confirmInstallation((await awaiting()).outputs.installationId.value as string),
  );
  const mistyped = step("a mistyped confirmation ID", async () => {
    const wrong = (await confirmation()).replace(/^./, (digit) => `${9 - Number(digit)}`);
    stack.setConfig("confirmationId", wrong, true);
    return stack.up();
  });

  it("reports Windows' error code for a mistyped confirmation ID", async () => {
    const { ok, text } = await mistyped();
    assert.equal(ok, false);
    assert.match(text, /KMS4001 \S+ refused the step activate with 0xC004F02C/);
    assert.ok(!text.includes((await confirmation()).slice(1)));
  });

  const confirmed = step("the confirmation ID with hyphens", async () => {
    const withHyphens = (await confirmation()).replace(/(\d{6})(?=\d)/g, "$1-");
    stack.setConfig("confirmationId", withHyphens, true);
    return updated();
  });
  const again = step("a second update", () => stack.up());

  it("completes with the confirmation ID, hyphens or not, and spends one activation", async () => {
    const { ok, outputs, text, spent, state, records } = await confirmed();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    assert.deepEqual(spent, [1]);
    assert.ok(!state.includes(await confirmation()));
    assert.equal(records.length, 1);
    const { counts, text: same } = await again();
    assert.deepEqual(Object.keys(counts), ["same"], same);
  });
});
