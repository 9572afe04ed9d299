import assert from "node:assert/strict";
import type { KMSRolloutValues } from "../../provider/rules/args.generated";
import { bootHost, testLab } from "../lab/windows/test-lab";
import { fakeClock } from "../engine/fake-clock";
import { cutOff, tally, testFleet, rollOutFleet } from "./rollout-fixture";

const size = 12;

/** Rolls out to a fleet of 12 servers, some of which cannot reach their host. */
async function rollOut(rollout: KMSRolloutValues, cut: number[] = []) {
  const lab = testLab();
  bootHost(lab, "kms");
  const fleet = testFleet(lab, size);
  cut.forEach((number) => cutOff(lab, `web${number}`));
  const lines: string[] = [];
  const report = (text: string) => void lines.push(text);
  const { states, stopped, activationRequests } = await rollOutFleet(fleet, { rollout, report });
  const canaryLines = lines.filter((line) => line.startsWith("canaries: ")).length;
  return { counts: tally(states), stopped: stopped?.reason, activationRequests, canaryLines, fleet };
}

describe("the boundaries of a rollout's settings", () => {
  const windows: [string, KMSRolloutValues, number, number][] = [
    ["no canary", { canary: 0 }, 0, 12],
    ["one canary", { canary: 1 }, 1, 11],
    ["all but one a canary", { canary: 11 }, 1, 11],
    ["all canaries", { canary: 12 }, 0, 12],
    ["more canaries than members", { canary: 1000 }, 0, 12],
    ["one at a time", { maxConcurrent: 1 }, 0, 1],
    ["one canary, one at a time", { canary: 1, maxConcurrent: 1 }, 1, 1],
    ["all but one at a time", { maxConcurrent: 11 }, 0, 11],
    ["as many at a time as members", { maxConcurrent: 12 }, 0, 12],
    ["more at a time than members", { maxConcurrent: 500 }, 0, 12],
  ];
  for (const [what, rollout, canaryLines, atOnce] of windows) {
    it(`${what}: all are licensed with n + t - 1 requests, ${atOnce} at once at most`, async () => {
      const result = await rollOut({ maxConcurrent: 500, ...rollout });
      assert.deepEqual(result.counts, { Licensed: size });
      assert.equal(result.activationRequests, size + 5 - 1);
      // Canaries that nobody follows are not reported by themselves.
      assert.equal(result.canaryLines, canaryLines);
      assert.equal(result.fleet.mostAtOnce, atOnce);
    });
  }

  it("no failure allowed and none: it ends", async () => {
    assert.deepEqual((await rollOut({ maxFailures: 0 })).counts, { Licensed: size });
  });

  it("as many failures allowed as there are members: none stops it", async () => {
    const everyone = Array.from({ length: size }, (_, index) => index + 1);
    const { counts, stopped } = await rollOut({ maxFailures: size }, everyone);
    assert.deepEqual([counts, stopped], [{ Failed: size }, undefined]);
  });

  it("a pause of one second is taken after the canaries, and at no other time", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, size);
    const clock = fakeClock();
    const startedAt = clock.now();
    const at: number[] = [];
    fleet.afterRun = () => void at.push(clock.now() - startedAt);
    const rollout = { canary: 4, maxConcurrent: 2, pauseSecondsAfterCanary: 1 };
    const finished = rollOutFleet(fleet, { clock, rollout });
    await clock.advance(1000);
    assert.deepEqual(tally((await finished).states), { Licensed: size });
    assert.deepEqual([...new Set(at)], [0, 1000]);
  });
});

describe("failures in a rollout", () => {
  /** Members 1 and 2 are canaries; the others are configured one after the other. */
  const rollout = { canary: 2, maxConcurrent: 1, maxFailures: 2 };
  const failures = { "in the canaries": [1], "after them": [3, 4], "at the end": [11, 12] };
  for (const [where, cut] of Object.entries(failures)) {
    it(`just at the limit, ${where}: it continues to the end`, async () => {
      const { counts, stopped } = await rollOut(rollout, cut);
      assert.deepEqual([counts, stopped], [{ Licensed: size - cut.length, Failed: cut.length }, undefined]);
    });
  }

  it("just above the limit in the canaries: no other member begins", async () => {
    const { counts, stopped, canaryLines } = await rollOut({ ...rollout, maxFailures: 0 }, [2]);
    assert.equal(stopped, "failures");
    assert.deepEqual(counts, { Pending: 1, Failed: 1, NotStarted: 10 });
    assert.equal(canaryLines, 0, "nobody follows");
  });

  it("just above the limit after the canaries: the next does not begin", async () => {
    const { counts, stopped } = await rollOut(rollout, [3, 4, 5]);
    assert.equal(stopped, "failures");
    assert.deepEqual([counts.Failed, counts.NotStarted], [3, 7]);
  });

  it("just above the limit with the last member: nobody is left, so nothing stops", async () => {
    const { counts, stopped } = await rollOut(rollout, [10, 11, 12]);
    assert.deepEqual([counts, stopped], [{ Licensed: 9, Failed: 3 }, undefined]);
  });

  it("counted over canaries and window together", async () => {
    const { counts, stopped } = await rollOut(rollout, [1, 5, 9]);
    assert.deepEqual([counts.Failed, counts.NotStarted, stopped], [3, 3, "failures"]);
  });

  it("measured by their share of the group, where the program says so", async () => {
    const share = { canary: 0, maxConcurrent: 1, maxFailuresPercent: 25 };
    assert.equal((await rollOut(share, [1, 2, 3])).stopped, undefined, "3 of 12 are 25 %");
    const { counts, stopped } = await rollOut(share, [1, 2, 3, 4]);
    assert.deepEqual([counts.Failed, counts.NotStarted, stopped], [4, 8, "failures"]);
  });
});
