import assert from "node:assert/strict";
import { memberKey } from "../../provider/group/state";
import { advanceDays, boot, bootHost, testLab, windows10 } from "../lab/windows/test-lab";
import { fakeClock } from "../engine/fake-clock";
import { toClients, memberOf, tally, testFleet, rollOutFleet } from "./rollout-fixture";

const namesOf = (states: { name: string }[]) => states.map(({ name }) => name);

describe("the rollout to a fresh fleet", () => {
  for (const [size, atATime] of [
    [5, 1],
    [5, 50],
    [12, 4],
    [60, 1],
    [60, 7],
    [60, 60],
  ]) {
    it(`needs n + t - 1 requests: ${size} servers, ${atATime} at a time`, async () => {
      const lab = testLab();
      bootHost(lab, "kms");
      const fleet = testFleet(lab, size);
      const { states, activationRequests, stopped } = await rollOutFleet(fleet, {
        rollout: { maxConcurrent: atATime },
      });
      assert.deepEqual(tally(states), { Licensed: size });
      assert.equal(activationRequests, size + 5 - 1);
      assert.equal(stopped, undefined);
      assert.equal(fleet.mostAtOnce, Math.min(atATime, size));
    });
  }

  for (const [size, atATime, canary] of [
    [25, 1, 0],
    [25, 25, 0],
    [26, 5, 2],
    [100, 10, 1],
    [100, 100, 10],
  ]) {
    it(`needs n + t - 1 requests: ${size} clients, ${atATime} at a time, ${canary} canaries`, async () => {
      const lab = testLab();
      bootHost(lab, "kms");
      const { states, activationRequests } = await rollOutFleet(testFleet(lab, size, windows10), {
        ...toClients,
        rollout: { maxConcurrent: atATime, canary },
      });
      assert.deepEqual(tally(states), { Licensed: size });
      assert.equal(activationRequests, size + 25 - 1);
    });
  }

  it("leaves members pending below the threshold, each asked once", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const { states, activationRequests } = await rollOutFleet(testFleet(lab, 4));
    assert.deepEqual(tally(states), { Pending: 4 });
    assert.equal(activationRequests, 4);
  });

  it("returns the states in the order of the members", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 20);
    const { states } = await rollOutFleet(fleet, { rollout: { maxConcurrent: 9 } });
    assert.deepEqual(namesOf(states), namesOf(fleet.members));
  });
});

describe("pending members", () => {
  it("are finished later by new ones, with n + t - 1 requests in all", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 5);
    const [first, ...others] = fleet.members;
    const before = await rollOutFleet(fleet, { members: others });
    const after = await rollOutFleet(fleet);
    assert.deepEqual(tally(after.states), { Licensed: 5 });
    assert.equal(before.activationRequests + after.activationRequests, 5 + 5 - 1);
    assert.equal(fleet.configured[4], first.name);
  });

  it("come after new ones of the same rollout, so that it stays n + t - 1", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 30, windows10);
    const order = [...fleet.members.slice(10), ...fleet.members.slice(0, 10)];
    const early = order.slice(20);
    const before = await rollOutFleet(fleet, { ...toClients, members: early });
    assert.deepEqual(tally(before.states), { Pending: 10 });
    const after = await rollOutFleet(fleet, {
      ...toClients,
      members: order,
      counted: new Set(early.map(memberKey)),
      rollout: { maxConcurrent: 30 },
    });
    assert.deepEqual(tally(after.states), { Licensed: 30 });
    assert.equal(before.activationRequests + after.activationRequests, 30 + 25 - 1);
  });

  it("are asked again while their host has forgotten the others, but not for ever", async () => {
    const lab = testLab();
    const host = bootHost(lab, "kms");
    const fleet = testFleet(lab, 8);
    let asked = 0;
    fleet.beforeRun = () => {
      asked += 1;
      if (asked === 6) {
        lab.fleet.stop(host);
        lab.fleet.start(host);
      }
    };
    const { states, activationRequests } = await rollOutFleet(fleet, { rollout: { maxConcurrent: 1 } });
    const { Licensed = 0, Pending = 0 } = tally(states);
    assert.equal(Licensed + Pending, 8);
    assert.ok(activationRequests <= 8 + 2 * 4, `${activationRequests} requests`);
  });

  it("are not asked for ever by a host whose count they do not understand", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 10, windows10);
    const { states, activationRequests } = await rollOutFleet(fleet, { ...toClients, threshold: 5 });
    assert.deepEqual(tally(states), { Pending: 10 });
    assert.ok(activationRequests <= 10 + 4, `${activationRequests} requests`);
  });

  it("of 31 days ago count no more: the fleet begins anew", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 4);
    await rollOutFleet(fleet);
    fleet.members.forEach(({ azureVmId }) => lab.fleet.stop(azureVmId));
    advanceDays(lab, 31);
    fleet.members.forEach(({ azureVmId }) => lab.fleet.start(azureVmId));
    const fifth = memberOf(boot(lab, "web5"));
    const { states, activationRequests } = await rollOutFleet(fleet, { members: [fifth, ...fleet.members] });
    assert.deepEqual(tally(states), { Licensed: 5 });
    assert.equal(activationRequests, 5 + 5 - 1);
  });
});

it("members that were off for 181 days are activated again", async () => {
  const lab = testLab();
  bootHost(lab, "kms");
  const fleet = testFleet(lab, 6);
  await rollOutFleet(fleet);
  fleet.members.forEach(({ azureVmId }) => lab.fleet.stop(azureVmId));
  advanceDays(lab, 181);
  assert.notEqual(lab.fleet.snapshot(fleet.members[0].azureVmId).licenseStatus, 1);
  fleet.members.forEach(({ azureVmId }) => lab.fleet.start(azureVmId));
  const { states } = await rollOutFleet(fleet);
  assert.deepEqual(tally(states), { Licensed: 6 });
});

describe("the report of a rollout while it runs", () => {
  it("has a line every five seconds at most, one for the canaries, and a summary", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 30);
    const clock = fakeClock();
    fleet.beforeRun = () => clock.sleep(2000);
    const lines: string[] = [];
    const finished = rollOutFleet(fleet, {
      clock,
      options: { deadline: clock.now() + 3600_000 },
      report: (text) => lines.push(text),
      rollout: { canary: 2, maxConcurrent: 2 },
    });
    for (let second = 0; second < 40; second += 1) {
      await clock.advance(1000);
    }
    await finished;
    assert.equal(lines[0], "canaries: 2 of 30 done, 2 pending, 60 a minute, 1 min left");
    assert.match(lines[1], /^\d+ of 30 done/);
    assert.match(lines.at(-1) ?? "", /^30 of 30 licensed, in \d+ s, 34 activation requests$/);
    assert.ok(lines.length <= 1 + 1 + 40 / 5, `${lines.length} lines`);
  });
});

it("a fleet without members needs no work", async () => {
  const { states, activationRequests } = await rollOutFleet(testFleet(testLab(), 0));
  assert.deepEqual([states, activationRequests], [[], 0]);
});
