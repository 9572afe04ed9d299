import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { KMSClientMember } from "../../provider";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { killIfAlive } from "./kill-tree";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const members = 12;
const canaries = 2;
const threshold = 5;

const program = (groupArgs = "") =>
  kmsProgram(`
const host = new KMSHost("kms", hostArgs);
const web = new KMSClientGroup("web", {
  hosts: [host],
  ...groupArgs,
  machines: { create: { ...create, count: ${members} } },
  rollout: { canary: ${canaries}, maxConcurrent: 2 },
  ${groupArgs}
});
export const members = web.members;
`);

describe("an update that ends half-way through a rollout", function () {
  this.timeout(400_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "resumed", program());
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  /** Makes run commands of members slow enough to be killed while they run. */
  const slowDown = (delayMilliseconds = 300) =>
    lab.control.addFault({ match: "PUT .*/web-[^/]+/runCommands/", delayMilliseconds, times: 1000 });

  const memberMachines = async () =>
    (await lab.control.machines()).filter(({ computerName }) => computerName.startsWith("web"));

  /** Requests to the KMS host (event 12288) of each member so far, those refused for its count included. */
  const activationRequests = async () =>
    (await memberMachines()).map(({ events }) => events.filter(({ id }) => id === 12288).length);

  const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);

  const activated = async () =>
    (await memberMachines()).filter(({ licenseStatus }) => licenseStatus === 1).length;

  const pinned = async () => (await memberMachines()).filter(({ kmsMachine }) => kmsMachine !== "").length;

  const leftRunCommands = async () =>
    (await lab.control.resources()).filter((id) => /\/runCommands\//i.test(id)).length;

  const statuses = (outputs: unknown) => (outputs as KMSClientMember[]).map(({ status }) => status);

  const unpinned = async () => members - (await pinned());

  const runCommands = async () =>
    (await lab.control.requests())
      .filter(({ method, type }) => method === "PUT" && /runCommands/i.test(type))
      .reduce((sum, { count }) => sum + count, 0);

  const until = async (due: () => Promise<boolean>) => {
    while (!(await due())) {
      await setTimeout(50);
    }
  };

  /** What the members and Microsoft have seen so far. */
  const seen = async () => ({
    asked: await activationRequests(),
    activated: await activated(),
    pinned: await pinned(),
    machines: (await lab.control.machines()).map(({ uuid }) => uuid).sort(),
    spent: (await lab.control.activations(labHostKey.slice(-5))).map(({ activations }) => activations),
  });

  /** The update that goes on, without what slowed down the one before. */
  const goOn = async () => {
    await lab.control.clearFaults();
    return { ...(await stack.up()), after: await seen() };
  };

  const withPins = program(`discovery: Discovery.FixedHost,`);
  const { step } = story();

  const killed = step("an update that is killed", async () => {
    await slowDown();
    return { ...(await stack.upKilledWhen(async () => (await activated()) >= 3)), after: await seen() };
  });
  const repeated = step("the update again", async () => {
    await stack.cancel();
    return goOn();
  });

  it("spends no request, activation or machine twice when it is repeated", async () => {
    const first = await killed();
    assert.equal(first.ok, false);
    assert.ok(first.after.activated < members, "it was killed before the end");
    const { ok, outputs, text, after } = await repeated();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    const requestsBefore = total(first.after.asked);
    assert.ok(requestsBefore >= threshold + 1, `${requestsBefore} requests before it was killed`);
    assert.equal(total(after.asked), members + threshold - 1);
    assert.deepEqual(after.machines, first.after.machines);
    assert.deepEqual(after.spent, [1]);
  });

  const changeKilled = step("a change of all members that is killed", async () => {
    await slowDown();
    await stack.write(withPins);
    return { ...(await stack.upKilledWhen(async () => (await pinned()) >= 4)), after: await seen() };
  });
  const changeRepeated = step("the change again", async () => {
    await stack.cancel();
    return goOn();
  });

  it("resumes a change of all members, and applies the new setting to each of them once", async () => {
    const before = (await repeated()).after;
    const first = await changeKilled();
    assert.equal(first.ok, false);
    assert.ok(first.after.pinned < members, "it was killed before the end");
    const { ok, outputs, counts, text, after } = await changeRepeated();
    assert.ok(ok, text);
    assert.equal(counts.update, 1);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    assert.equal(after.pinned, members);
    const asked = after.asked.map((count, index) => count - before.asked[index]);
    assert.deepEqual(asked, Array(members).fill(asked[0]));
  });

  /** An update that is interrupted, with the members that it visited, gave up and did not start, by what it says. */
  async function interruptedWhen(due: () => Promise<boolean>) {
    const update = stack.startUp();
    await until(due);
    update.processes("engine").forEach((pid) => process.kill(pid, "SIGINT"));
    const { ok, text } = await update.result;
    assert.equal(ok, false);
    const numbers =
      /KMS4032 the rollout of web stopped because the update was interrupted: (\d+) of 12 members (?:was|were) visited; (?:(\d+) (?:was|were) given up under way, )?(\d+) (?:was|were) not started/.exec(
        text,
      ) ?? [];
    assert.equal(numbers.length, 4, text);
    return { said: numbers.slice(1).map((number) => Number(number ?? 0)), after: await seen() };
  }

  const interrupted = step("an interrupted update", async () => {
    await slowDown(1000);
    await stack.write(program());
    return interruptedWhen(async () => (await unpinned()) >= 3);
  });
  const continued = step("the update after the interruption", goOn);

  it("stops at an interruption, keeps what it reached, and goes on in the next update", async () => {
    const before = (await changeRepeated()).after;
    const { said, after: halfWay } = await interrupted();
    const reached = members - halfWay.pinned;
    assert.ok(reached >= 3 && reached < members, `${reached} of ${members} were reached`);
    assert.deepEqual(said, [reached, 0, members - reached]);
    const { ok, outputs, text, after } = await continued();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    assert.equal(after.pinned, 0);
    assert.equal(total(after.asked) - total(halfWay.asked), members - reached);
    assert.equal(total(after.asked) - total(before.asked), members);
  });

  const canariesInterrupted = step("an update whose canaries are interrupted", async () => {
    await slowDown(1000);
    await stack.write(withPins);
    await lab.control.resetRequests();
    return interruptedWhen(async () => (await runCommands()) === canaries);
  });
  const canariesContinued = step("the update after its canaries", goOn);

  it("stops at an interruption of its canaries, which are finished, and begins nobody else", async () => {
    const before = (await continued()).after;
    const { said, after: halfWay } = await canariesInterrupted();
    assert.deepEqual(said, [canaries, 0, members - canaries]);
    assert.equal(halfWay.pinned, canaries);
    const { ok, outputs, text, after } = await canariesContinued();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    assert.equal(after.pinned, members);
    assert.equal(total(after.asked) - total(before.asked), members);
  });

  const throttledInterrupted = step("a throttled update that is interrupted", async () => {
    await lab.control.addFault({
      match: "PUT .*/web-[^/]+/runCommands/",
      ...{ status: 429, retryAfterSeconds: 3600, times: 1000 },
    });
    await stack.write(program());
    await lab.control.resetRequests();
    return interruptedWhen(async () => (await runCommands()) > 0);
  });
  const throttledContinued = step("the update after the throttled one", goOn);

  it("stops at an interruption while Azure throttles for longer than anybody waits", async () => {
    const { said, after: halfWay } = await throttledInterrupted();
    assert.deepEqual(said, [0, 0, members]);
    assert.equal(halfWay.pinned, members);
    const { ok, outputs, text, after } = await throttledContinued();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    assert.equal(after.pinned, 0);
  });

  const engineKilled = step("an update whose engine alone is killed", async () => {
    await slowDown(1000);
    await stack.write(withPins);
    const update = stack.startUp();
    await until(async () => (await pinned()) >= 3);
    const provider = update.processes("provider");
    update.processes("engine").forEach(killIfAlive);
    const begun = await runCommands();
    const { ok } = await update.result;
    let last = 0;
    for (let now = await runCommands(); now !== last; now = await runCommands()) {
      last = now;
      await setTimeout(3000);
    }
    return { ok, provider, begunLater: last - begun, after: await seen() };
  });
  const engineContinued = step("the update after `pulumi cancel`", async () => {
    await stack.cancel();
    const update = await goOn();
    (await engineKilled()).provider.forEach(killIfAlive);
    return update;
  });

  it("begins nobody else once its engine alone was killed, and goes on after `pulumi cancel`", async () => {
    const before = (await throttledContinued()).after;
    const first = await engineKilled();
    assert.equal(first.ok, false);
    assert.ok(first.begunLater < members / 2, `${first.begunLater} run commands after the end of the engine`);
    assert.ok(first.after.pinned < members, "it stopped before the end");
    const { ok, outputs, text, after } = await engineContinued();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    assert.equal(after.pinned, members);
    assert.equal(total(after.asked) - total(before.asked), members);
  });

  const again = step("a further update", async () => ({
    ...(await stack.up()),
    runCommands: await leftRunCommands(),
  }));
  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("ends without a difference, and leaves nothing after destroy", async () => {
    const update = await again();
    assert.deepEqual(Object.keys(update.counts), ["same"], update.text);
    assert.ok(update.runCommands <= 2 * 2, "those that were under way when it was killed");
    const { ok, text, left } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(left, []);
  });
});
