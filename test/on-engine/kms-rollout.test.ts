import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { story } from "../story";
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
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  /** Run commands since the last reset. */
  const visits = async () =>
    (await lab.control.requests())
      .filter(({ method, type }) => method === "PUT" && /runCommands/i.test(type))
      .reduce((total, { count }) => total + count, 0);
  const statuses = (members: unknown) => (members as KMSClientMember[]).map(({ status }) => status);
  const { step } = story();

  const created = step("up", async () => ({ ...(await stack.up()), visits: await visits() }));

  it("starts with the canaries, shows its progress, and needs n + t - 1 requests", async () => {
    const { ok, outputs, text, visits: made } = await created();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(12).fill("Licensed"));
    assert.match(text, /web: canaries: 2 of 12 done, 2 pending/);
    assert.match(text, /web: 12 of 12 licensed, in .*, 16 activation requests/);
    assert.equal(made, 2 + 12 + 5 - 1, "two of the host, and those of its members");
  });

  const failed = step("up with a machine that is off and counts as failed", async () => {
    await lab.control.stopMachine("web-2");
    const failing = program(machines(12)).replace("maxFailures: 1", 'maxFailures: 1, unreachable: "fail"');
    await stack.write(failing.replace("hosts: [host]", "hosts: [host], discovery: Discovery.FixedHost"));
    return stack.up();
  });
  const repaired = step("up with that machine on again", async () => {
    await lab.control.startMachine("web-2");
    await stack.write(program(machines(12)));
    return stack.up();
  });

  it("fails for a machine that is off where unreachable members count as failed", async () => {
    const { ok, text } = await failed();
    assert.equal(ok, false);
    assert.match(text, /KMS4004 .*1 of 12 members of web failed:\s+web-2: the virtual machine is off/);
    const next = await repaired();
    assert.ok(next.ok, next.text);
  });

  const grown = step("up with two more machines", async () => {
    await lab.control.resetRequests();
    await lab.control.addFault({
      match: "PUT .*/runCommands/",
      status: 429,
      retryAfterSeconds: 1,
      times: 2,
    });
    await stack.write(program(machines(14)));
    return { ...(await stack.up()), visits: await visits() };
  });

  it("reaches only new machines, and slows down when Azure asks for it", async () => {
    const { ok, outputs, text, visits: made } = await grown();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(14).fill("Licensed"));
    assert.equal(made, 2 + 2, "two visits and two refusals");
  });

  const listed = step("up with a machine that is off", async () => {
    await lab.control.stopMachine("web-3");
    await stack.write(program(`${machines(14)}, discovery: Discovery.FixedHost`));
    return stack.up();
  });
  const stillOff = step("up while it is still off", () => stack.up());
  const backOn = step("up when it is back", async () => {
    await lab.control.startMachine("web-3");
    await lab.control.resetRequests();
    return { ...(await stack.up()), visits: await visits() };
  });

  it("lists a machine that is off, completes the others, and continues with that machine alone", async () => {
    const off = await listed();
    assert.ok(off.ok, off.text);
    assert.match(off.text, /KMS4025 1 of 14 members is off:\s+web-3: the virtual machine is off/);
    assert.deepEqual(
      statuses(off.outputs.members.value).filter((status) => status !== "Licensed"),
      ["Off"],
    );
    const still = await stillOff();
    assert.deepEqual(Object.keys(still.counts), ["same"], still.text);
    const { ok, outputs, text, visits: made } = await backOn();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(14).fill("Licensed"));
    assert.equal(made, 1);
  });

  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("leaves nothing after destroy", async () => {
    const { ok, text, left } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(left, []);
  });
});
