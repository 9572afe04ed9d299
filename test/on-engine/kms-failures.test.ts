import assert from "node:assert/strict";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";
import { storedResources } from "./stored-resources";

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
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const { step } = story();

  const refused = step("up with a key that Windows does not know", async () => {
    stack.setConfig("kmsHostKey", unknownKey, true);
    return { ...(await stack.up()), stored: await storedResources(stack) };
  });

  it("reports the step, the code and what to do, and stays in the state", async () => {
    const { ok, text, stored } = await refused();
    assert.equal(ok, false);
    assert.match(text, /KMS4001 \S+ refused the step installKey with 0xC004F050/);
    assert.ok(!text.includes(unknownKey));
    const types = stored.map(({ type }) => type);
    assert.ok(types.includes("pulumi-nodejs:dynamic/windows-kms:HostActivation"));
    assert.ok(
      !types.includes("pulumi-nodejs:dynamic/windows-kms:SrvRecord"),
      "a host that is not activated invites no client",
    );
  });

  const repaired = step("up with its key", async () => {
    stack.setConfig("kmsHostKey", labHostKey, true);
    return stack.up();
  });

  it("is repaired by the next update", async () => {
    const { ok, outputs, text } = await repaired();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    assert.equal(outputs.partialProductKey.value, labHostKey.slice(-5));
  });

  const withoutAnswer = step("up whose answer is lost, and another one", async () => {
    await stack.write(program.replace("hostArgs)", "{ ...hostArgs, port: 1700 })"));
    await lab.control.addFault({ match: "PUT .*/runCommands/", afterWork: true, times: 1 });
    const first = await stack.up();
    const last = first.ok ? first : await stack.up();
    return { ...last, machines: await lab.control.machines() };
  });

  it("spends no second activation when the answer was lost after the work was done", async () => {
    const { ok, outputs, text, machines } = await withoutAnswer();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    const host = machines.find(({ computerName }) => computerName === "kms");
    assert.equal(host?.productKeyChannel, "Volume:CSVLK");
  });

  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("leaves a stack that can be destroyed", async () => {
    const { ok, text, left } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(left, []);
  });
});
