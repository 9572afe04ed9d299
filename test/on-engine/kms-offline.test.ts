import assert from "node:assert/strict";
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
  let confirmationId: string;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "offline", program(`activation: "none"`));
    await stack.setConfig("kmsHostKey", labHostKey, true);
    await stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const srvRecords = async () => (await lab.control.resources()).filter((id) => /\/SRV\//i.test(id));

  it("installs the key and spends no activation with activation none", async () => {
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.equal(outputs.partialProductKey.value, labHostKey.slice(-5));
    assert.equal(outputs.installationId, undefined);
    assert.deepEqual(await lab.control.activations(labHostKey.slice(-5)), []);
    assert.deepEqual(await srvRecords(), [], "a host that is not activated invites no clients");
  });

  it("returns the installation ID and awaits confirmation with activation offline", async () => {
    await stack.write(program(telephone));
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "AwaitingConfirmation");
    assert.match(outputs.installationId.value as string, /^\d{63}$/);
    confirmationId = await lab.control.confirmInstallation(outputs.installationId.value as string);
    const again = await stack.up();
    assert.deepEqual(Object.keys(again.counts), ["same"], again.text);
  });

  it("reports Windows' error code for a mistyped confirmation ID", async () => {
    await stack.setConfig(
      "confirmationId",
      confirmationId.replace(/^./, (digit) => `${9 - Number(digit)}`),
      true,
    );
    const { ok, text } = await stack.up();
    assert.equal(ok, false);
    assert.match(text, /KMS4001 \S+ refused the step activate with 0xC004F02C/);
    assert.ok(!text.includes(confirmationId.slice(1)));
  });

  it("completes with the confirmation ID, hyphens or not, and spends one activation", async () => {
    await stack.setConfig("confirmationId", confirmationId.replace(/(\d{6})(?=\d)/g, "$1-"), true);
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    assert.deepEqual(
      (await lab.control.activations(labHostKey.slice(-5))).map(({ activations }) => activations),
      [1],
    );
    assert.ok(!(await stack.storedState()).includes(confirmationId));
    assert.equal((await srvRecords()).length, 1);
    const again = await stack.up();
    assert.deepEqual(Object.keys(again.counts), ["same"], again.text);
  });
});
