import assert from "node:assert/strict";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** Has the form of a product key, but Windows knows none like it; invented. */
const unknownKey = "NNNNN-NNNNN-NNNNN-NNNNN-NNNNN";

const program = kmsProgram(`
const host = new KMSHost("kms", hostArgs);
export const licenseStatus = host.licenseStatus;
export const partialProductKey = host.partialProductKey;
`);

describe("a KMS host whose activation fails, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "failures", program);
    await stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  it("reports the step, the code and what to do, and stays in the state", async () => {
    await stack.setConfig("kmsHostKey", unknownKey, true);
    const { ok, text } = await stack.up();
    assert.equal(ok, false);
    assert.match(text, /KMS4001 \S+ refused the step installKey with 0xC004F050/);
    assert.ok(!text.includes(unknownKey));
    const state = await stack.exportState();
    const types = (state.deployment as { resources: { type: string }[] }).resources.map(({ type }) => type);
    assert.ok(types.includes("pulumi-nodejs:dynamic/windows-kms:HostActivation"));
    assert.ok(
      !types.includes("pulumi-nodejs:dynamic/windows-kms:SrvRecord"),
      "a host that is not activated invites no client",
    );
  });

  it("is repaired by the next update", async () => {
    await stack.setConfig("kmsHostKey", labHostKey, true);
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    assert.equal(outputs.partialProductKey.value, labHostKey.slice(-5));
  });

  it("spends no second activation when the answer was lost after the work was done", async () => {
    await stack.write(program.replace("hostArgs)", "{ ...hostArgs, port: 1700 })"));
    await lab.control.addFault({ match: "PUT .*/runCommands/", afterWork: true, times: 1 });
    const first = await stack.up();
    const { ok, outputs, text } = first.ok ? first : await stack.up();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    const host = (await lab.control.machines()).find(({ computerName }) => computerName === "kms");
    assert.equal(host?.productKeyChannel, "Volume:CSVLK");
  });

  it("leaves a stack that can be destroyed", async () => {
    const { ok, text } = await stack.destroy();
    assert.ok(ok, text);
    assert.deepEqual(await lab.control.resources(), []);
  });
});
