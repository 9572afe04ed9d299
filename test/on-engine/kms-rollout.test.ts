import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const program = (groupArgs: string) =>
  kmsProgram(`
const host = new KMSHost("kms", hostArgs);
const web = new KMSClientGroup("web", {
  hosts: [host],
  ...groupArgs,
  rollout: { canary: 2, maxConcurrent: 5, maxFailures: 1 },
  ${groupArgs},
});
export const members = web.members;
`);

const machines = (count: number) => `machines: { create: { ...create, count: ${count} } }`;

describe("a rollout on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "rollout", program(machines(12)));
    await stack.setConfig("kmsHostKey", labHostKey, true);
    await stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  /** Run commands since the last reset, less those of the host. */
  const memberVisits = async (hostVisits: number) =>
    (await lab.control.requests())
      .filter(({ method, type }) => method === "PUT" && /runCommands/i.test(type))
      .reduce((total, { count }) => total + count, 0) - hostVisits;

  const statuses = (members: unknown) => (members as KMSClientMember[]).map(({ status }) => status);

  it("starts with the canaries, shows its progress, and needs n + t - 1 requests", async () => {
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(12).fill("Licensed"));
    assert.match(text, /web: canaries: 2 of 12 done, 2 pending/);
    assert.match(text, /web: 12 of 12 licensed, in .*, 16 activation requests/);
    assert.equal(await memberVisits(2), 12 + 5 - 1);
  });

  it("changes nothing in a second update", async () => {
    const { counts, text } = await stack.up();
    assert.deepEqual(Object.keys(counts), ["same"], text);
  });

  it("fails for a machine that is off where unreachable members count as failed", async () => {
    await lab.control.stopMachine("web-2");
    const failing = program(machines(12)).replace("maxFailures: 1", 'maxFailures: 1, unreachable: "fail"');
    await stack.write(failing.replace("hosts: [host]", "hosts: [host], discovery: Discovery.FixedHost"));
    const failed = await stack.up();
    assert.equal(failed.ok, false);
    assert.match(failed.text, /KMS4004 .*1 of 12 members of web failed:\s+web-2: the virtual machine is off/);
    await lab.control.startMachine("web-2");
    await stack.write(program(machines(12)));
    const repaired = await stack.up();
    assert.ok(repaired.ok, repaired.text);
  });

  it("reaches only new machines, and slows down when Azure asks for it", async () => {
    await lab.control.resetRequests();
    await lab.control.addFault({
      match: "PUT .*/runCommands/",
      status: 429,
      retryAfterSeconds: 1,
      times: 2,
    });
    await stack.write(program(machines(14)));
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(14).fill("Licensed"));
    assert.equal((await memberVisits(0)) - 2, 2, "two visits and two refusals");
  });

  it("lists a machine that is off, completes the others, and continues with that machine alone", async () => {
    await lab.control.stopMachine("web-3");
    await stack.write(program(`${machines(14)}, discovery: Discovery.FixedHost`));
    const listed = await stack.up();
    assert.ok(listed.ok, listed.text);
    assert.match(listed.text, /KMS4025 1 of 14 members is off:\s+web-3: the virtual machine is off/);
    assert.deepEqual(
      statuses(listed.outputs.members.value).filter((status) => status !== "Licensed"),
      ["Off"],
    );
    assert.deepEqual(Object.keys((await stack.up()).counts), ["same"], "it is still off");
    await lab.control.startMachine("web-3");
    await lab.control.resetRequests();
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(14).fill("Licensed"));
    assert.equal(await memberVisits(0), 1);
  });

  it("leaves nothing after destroy", async () => {
    const { ok, text } = await stack.destroy();
    assert.ok(ok, text);
    assert.deepEqual(await lab.control.resources(), []);
  });
});
