import assert from "node:assert/strict";
import { UnreachablePolicy } from "../../provider/catalog/constants";
import { defaultTimeoutMinutes, rolloutSettings } from "../../provider/group/rollout-plan";

describe("settings of a rollout that the program leaves open", () => {
  const defaults: [number, number, number, number, number][] = [
    [1, 0, 50, 2, 120],
    [9, 0, 50, 2, 120],
    [10, 1, 50, 2, 120],
    [60, 1, 50, 3, 120],
    [101, 2, 50, 5, 120],
    [1_000, 10, 50, 50, 120],
    [5_000, 10, 100, 250, 153],
    [10_000, 10, 100, 500, 303],
  ];
  for (const [members, canary, maxConcurrent, maxFailures, timeoutMinutes] of defaults) {
    it(`fit a group of ${members}`, () => {
      const settings = rolloutSettings({}, members);
      assert.deepEqual(settings, {
        canary,
        maxConcurrent,
        maxFailures,
        pauseSecondsAfterCanary: 0,
        unreachable: "warn",
      });
      assert.equal(defaultTimeoutMinutes(settings, members), timeoutMinutes);
    });
  }

  it("are valid for every size", () => {
    for (let members = 0; members <= 10_000; members += 1) {
      const settings = rolloutSettings({}, members);
      const { canary, maxConcurrent } = settings;
      const timeoutMinutes = defaultTimeoutMinutes(settings, members);
      assert.ok(canary >= 0 && canary <= 10);
      assert.ok(maxConcurrent >= 50 && maxConcurrent <= 100);
      assert.ok(timeoutMinutes >= 120 && timeoutMinutes <= 1440);
    }
  });

  it("give way to what the program says", () => {
    const given = {
      canary: 0,
      maxConcurrent: 7,
      maxFailures: 0,
      pauseSecondsAfterCanary: 60,
      unreachable: UnreachablePolicy.Fail,
    };
    assert.deepEqual(rolloutSettings(given, 1000), given);
  });

  it("turn a share of failures into a number of members", () => {
    const failures = (maxFailuresPercent: number, members: number) =>
      rolloutSettings({ maxFailuresPercent }, members).maxFailures;
    assert.deepEqual(
      [failures(0, 1000), failures(10, 1000), failures(10, 19), failures(10, 20), failures(100, 7)],
      [0, 100, 1, 2, 7],
    );
  });

  it("give time for the pause, up to a day", () => {
    const timeout = (pauseSecondsAfterCanary: number, canary = 10) =>
      defaultTimeoutMinutes(
        rolloutSettings({ canary, maxConcurrent: 10, pauseSecondsAfterCanary }, 1010),
        1010,
      );
    assert.equal(timeout(600), (1 + 100) * 3 + 10);
    assert.equal(timeout(86_400), 1440);
    assert.equal(timeout(600, 0), 101 * 3, "without canaries there is no pause");
  });
});
