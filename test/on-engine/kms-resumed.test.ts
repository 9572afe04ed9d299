import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { KMSClientMember } from "../../provider";
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
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "resumed", program());
    await stack.setConfig("kmsHostKey", labHostKey, true);
    await stack.setConfig("adminPassword", adminPassword, true);
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

  it("spends no request, activation or machine twice when it is repeated", async () => {
    await slowDown();
    const killed = await stack.upKilledWhen(async () => (await activated()) >= 3);
    assert.equal(killed.ok, false);
    const requestsBefore = total(await activationRequests());
    assert.ok((await activated()) < members, "it was killed before the end");
    const machinesBefore = (await lab.control.machines()).map(({ uuid }) => uuid).sort();
    await lab.control.clearFaults();
    await stack.cancel();
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    assert.ok(requestsBefore >= threshold + 1, `${requestsBefore} requests before it was killed`);
    assert.equal(total(await activationRequests()), members + threshold - 1);
    assert.deepEqual((await lab.control.machines()).map(({ uuid }) => uuid).sort(), machinesBefore);
    assert.deepEqual(
      (await lab.control.activations(labHostKey.slice(-5))).map(({ activations }) => activations),
      [1],
    );
  });

  it("resumes a change of all members, and applies the new setting to each of them once", async () => {
    const before = await activationRequests();
    await slowDown();
    await stack.write(program(`discovery: Discovery.FixedHost,`));
    const killed = await stack.upKilledWhen(async () => (await pinned()) >= 4);
    assert.equal(killed.ok, false);
    assert.ok((await pinned()) < members, "it was killed before the end");
    await lab.control.clearFaults();
    await stack.cancel();
    const { ok, outputs, counts, text } = await stack.up();
    assert.ok(ok, text);
    assert.equal(counts.update, 1);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    assert.equal(await pinned(), members);
    const asked = (await activationRequests()).map((count, index) => count - before[index]);
    assert.deepEqual(asked, Array(members).fill(asked[0]));
  });

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

  /** An update that is interrupted; the members that it visited, gave up and did not start, by what it says. */
  async function interruptedWhen(due: () => Promise<boolean>): Promise<number[]> {
    const update = stack.startUp();
    await until(due);
    update.processes("engine").forEach((pid) => process.kill(pid, "SIGINT"));
    const { ok, text } = await update.result;
    assert.equal(ok, false);
    const numbers =
      /KMS4032 the rollout of web stopped because the update was interrupted: (\d+) of 12 members (?:was|were) visited, (\d+) (?:was|were) given up under way, (\d+) (?:was|were) not started/.exec(
        text,
      ) ?? [];
    assert.equal(numbers.length, 4, text);
    return numbers.slice(1).map(Number);
  }

  it("stops at an interruption, keeps what it reached, and goes on in the next update", async () => {
    const requestsBefore = total(await activationRequests());
    await slowDown(1000);
    await stack.write(program());
    const said = await interruptedWhen(async () => (await unpinned()) >= 3);
    const reached = await unpinned();
    assert.ok(reached >= 3 && reached < members, `${reached} of ${members} were reached`);
    assert.deepEqual(said, [reached, 0, members - reached]);
    await lab.control.clearFaults();
    const requestsHalfWay = total(await activationRequests());
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    assert.equal(await unpinned(), members);
    const requests = total(await activationRequests());
    assert.equal(requests - requestsHalfWay, members - reached);
    assert.equal(requests - requestsBefore, members);
  });

  it("stops at an interruption of its canaries, which are finished, and begins nobody else", async () => {
    const requestsBefore = total(await activationRequests());
    await slowDown(1000);
    await stack.write(program(`discovery: Discovery.FixedHost,`));
    await lab.control.resetRequests();
    assert.deepEqual(await interruptedWhen(async () => (await runCommands()) === canaries), [
      canaries,
      0,
      members - canaries,
    ]);
    assert.equal(await pinned(), canaries);
    await lab.control.clearFaults();
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    assert.equal(await pinned(), members);
    assert.equal(total(await activationRequests()) - requestsBefore, members);
  });

  it("stops at an interruption while Azure throttles for longer than anybody waits", async () => {
    await lab.control.addFault({
      match: "PUT .*/web-[^/]+/runCommands/",
      ...{ status: 429, retryAfterSeconds: 3600, times: 1000 },
    });
    await stack.write(program());
    await lab.control.resetRequests();
    assert.deepEqual(await interruptedWhen(async () => (await runCommands()) > 0), [0, 0, members]);
    assert.equal(await unpinned(), 0);
    await lab.control.clearFaults();
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    assert.equal(await unpinned(), members);
  });

  it("begins nobody else once its engine alone was killed, and goes on after `pulumi cancel`", async () => {
    const requestsBefore = total(await activationRequests());
    await slowDown(1000);
    await stack.write(program(`discovery: Discovery.FixedHost,`));
    const update = stack.startUp();
    await until(async () => (await pinned()) >= 3);
    const provider = update.processes("provider");
    update.processes("engine").forEach(killIfAlive);
    const begun = await runCommands();
    assert.equal((await update.result).ok, false);
    let seen = 0;
    for (let now = await runCommands(); now !== seen; now = await runCommands()) {
      seen = now;
      await setTimeout(3000);
    }
    assert.ok(seen < begun + members / 2, `${seen - begun} run commands after the end of the engine`);
    const reached = await pinned();
    assert.ok(reached < members, "it stopped before the end");
    await lab.control.clearFaults();
    await stack.cancel();
    const { ok, outputs, text } = await stack.up();
    provider.forEach(killIfAlive);
    assert.ok(ok, text);
    assert.deepEqual(statuses(outputs.members.value), Array(members).fill("Licensed"));
    assert.equal(await pinned(), members);
    assert.equal(total(await activationRequests()) - requestsBefore, members);
  });

  it("ends without a difference, and leaves nothing after destroy", async () => {
    assert.deepEqual(Object.keys((await stack.up()).counts), ["same"]);
    assert.ok((await leftRunCommands()) <= 2 * 2, "those that were under way when it was killed");
    const { ok, text } = await stack.destroy();
    assert.ok(ok, text);
    assert.deepEqual(await lab.control.resources(), []);
  });
});
