import assert from "node:assert/strict";
import type { RolloutSettings } from "../../provider/group/rollout-plan";
import { bootHost, testLab } from "../lab/windows/test-lab";
import { fakeClock } from "../engine/fake-clock";
import { cutOff, tally, testFleet, visitFleet } from "./rollout-fixture";

const size = 12;

/** Rolls out to a fleet of 12 servers, some of which can't reach their host; tells when each batch was done. */
async function rollOut(rollout: Partial<RolloutSettings>, cut: number[] = []) {
  const lab = testLab();
  bootHost(lab, "kms");
  const fleet = testFleet(lab, size);
  cut.forEach((number) => cutOff(lab, `web${number}`));
  const batches: string[] = [];
  const report = (text: string) => {
    const [batch] = /^batch \d+ of \d+( \(canaries\))?/.exec(text) ?? [];
    batches.push(...(batch === undefined ? [] : [batch]));
  };
  const { states, stopped, activationRequests } = await visitFleet(fleet, { rollout, report });
  return { counts: tally(states), stopped: stopped?.reason, activationRequests, batches, fleet };
}

describe("the boundaries of a rollout's settings", () => {
  const batchesOf: [string, Partial<RolloutSettings>, number, number][] = [
    ["no canary", { canary: 0, batchSize: 6 }, 2, 6],
    ["one canary", { canary: 1, batchSize: 11 }, 2, 11],
    ["all but one a canary", { canary: 11, batchSize: 11 }, 2, 11],
    ["all canaries", { canary: 12, batchSize: 1 }, 1, 12],
    ["more canaries than members", { canary: 1000, batchSize: 1 }, 1, 12],
    ["batches of one, where the fifth lets the four before it ask again", { batchSize: 1 }, 12, 4],
    ["a batch of all but one", { batchSize: 11 }, 2, 11],
    ["a batch of all", { batchSize: 12 }, 1, 12],
    ["a batch larger than the group", { batchSize: 10_000 }, 1, 12],
    ["one at a time", { batchSize: 12, maxConcurrent: 1 }, 1, 1],
    ["all but one at a time", { batchSize: 12, maxConcurrent: 11 }, 1, 11],
    ["more at a time than members", { batchSize: 12, maxConcurrent: 500 }, 1, 12],
  ];
  for (const [what, rollout, batches, atOnce] of batchesOf) {
    it(`${what}: all are licensed with n + t - 1 requests, ${atOnce} at once at most`, async () => {
      const rolledOut = await rollOut({ maxConcurrent: 500, ...rollout });
      assert.deepEqual(rolledOut.counts, { Licensed: size });
      assert.equal(rolledOut.activationRequests, size + 5 - 1);
      // One batch alone is not told of.
      assert.equal(rolledOut.batches.length, batches === 1 ? 0 : batches, rolledOut.batches.join(", "));
      assert.equal(rolledOut.fleet.mostAtOnce, atOnce);
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

  it("a pause of one second is taken between batches, and none after the last", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, size);
    const clock = fakeClock();
    const startedAt = clock.now();
    const at: number[] = [];
    fleet.afterVisit = () => void at.push(clock.now() - startedAt);
    const visited = visitFleet(fleet, { clock, rollout: { batchSize: 4, pauseSecondsBetweenBatches: 1 } });
    await clock.advance(2000);
    assert.deepEqual(tally((await visited).states), { Licensed: size });
    assert.deepEqual([...new Set(at)], [0, 1000, 2000]);
  });
});

describe("failures in one batch of a rollout", () => {
  /** Members 1 and 2 are canaries; the batches are 3 to 7 and 8 to 12. */
  const rollout = { canary: 2, batchSize: 5, maxConcurrent: 1, maxFailures: 2 };
  const first = { canaries: [1], "batch 2": [3, 4], "batch 3": [11, 12] };
  for (const [batch, cut] of Object.entries(first)) {
    it(`just at the limit: the ${batch} goes on to the end`, async () => {
      const { counts, stopped } = await rollOut(rollout, cut);
      assert.deepEqual([counts, stopped], [{ Licensed: size - cut.length, Failed: cut.length }, undefined]);
    });
  }

  it("just above the limit in the canaries: no batch begins", async () => {
    const { counts, stopped, batches } = await rollOut({ ...rollout, maxFailures: 0 }, [2]);
    assert.equal(stopped, "failures");
    assert.deepEqual(counts, { Pending: 1, Failed: 1, NotStarted: 10 });
    assert.deepEqual(batches, ["batch 1 of 3 (canaries)"]);
  });

  it("just above the limit in the second batch: the third does not begin", async () => {
    const { counts, stopped, batches } = await rollOut(rollout, [3, 4, 5]);
    assert.equal(stopped, "failures");
    assert.deepEqual([counts.Failed, counts.NotStarted], [3, 7]);
    assert.equal(batches.at(-1), "batch 2 of 3");
  });

  it("just above the limit with the last member of the last batch: nobody is left, so nothing stops", async () => {
    const { counts, stopped } = await rollOut(rollout, [10, 11, 12]);
    assert.deepEqual([counts, stopped], [{ Licensed: 9, Failed: 3 }, undefined]);
  });

  it("counted over all batches, not in each", async () => {
    const { counts, stopped } = await rollOut(rollout, [1, 5, 9]);
    assert.deepEqual([counts.Failed, counts.NotStarted, stopped], [3, 3, "failures"]);
  });
});
