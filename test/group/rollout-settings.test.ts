import assert from "node:assert/strict";
import { rolloutSettings } from "../../provider/group/rollout-plan";

describe("settings of a rollout that the program leaves open", () => {
  const defaults: [number, number, number, number, number, number][] = [
    [1, 0, 50, 50, 2, 120],
    [9, 0, 50, 50, 2, 120],
    [10, 1, 50, 50, 2, 120],
    [60, 1, 50, 50, 3, 120],
    [101, 2, 50, 50, 5, 120],
    [1_000, 10, 100, 50, 50, 120],
    [5_000, 10, 500, 100, 250, 153],
    [10_000, 10, 1000, 100, 500, 303],
  ];
  for (const [members, canary, batchSize, maxConcurrent, maxFailures, deadlineMinutes] of defaults) {
    it(`fit a group of ${members}`, () => {
      assert.deepEqual(rolloutSettings({}, members), {
        canary,
        batchSize,
        maxConcurrent,
        maxFailures,
        pauseSecondsBetweenBatches: 0,
        deadlineMinutes,
      });
    });
  }

  it("are valid for every size", () => {
    for (let members = 0; members <= 10_000; members += 1) {
      const { canary, batchSize, maxConcurrent, deadlineMinutes } = rolloutSettings({}, members);
      assert.ok(canary >= 0 && canary <= 10);
      assert.ok(batchSize >= 50 && batchSize <= 1000);
      assert.ok(maxConcurrent >= 50 && maxConcurrent <= 100);
      assert.ok(deadlineMinutes >= 120 && deadlineMinutes <= 1440);
    }
  });

  it("give way to what the program says", () => {
    const given = {
      canary: 0,
      batchSize: 1,
      maxConcurrent: 7,
      maxFailures: 0,
      pauseSecondsBetweenBatches: 60,
      deadlineMinutes: 5,
    };
    assert.deepEqual(rolloutSettings(given, 1000), given);
  });

  it("give time for the pauses, up to a day", () => {
    const pauses = { canary: 0, batchSize: 100, pauseSecondsBetweenBatches: 600 };
    assert.equal(rolloutSettings(pauses, 1000).deadlineMinutes, 10 * 2 * 3 + 100);
    assert.equal(
      rolloutSettings({ ...pauses, pauseSecondsBetweenBatches: 86_400 }, 1000).deadlineMinutes,
      1440,
    );
  });
});
