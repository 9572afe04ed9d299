import assert from "node:assert/strict";
import { clockOf, deadlineIn, systemClock } from "../../provider/engine/clock";
import { remainingMilliseconds, steadyNow } from "../../provider/machine/machine";

describe("engine/clock", () => {
  /** A clock whose timers end this much before or after their time. */
  function clockWith(error: number) {
    let now = 0;
    const timers: number[] = [];
    const clock = clockOf(
      () => now,
      (milliseconds) => {
        timers.push(milliseconds);
        now += Math.max(1, milliseconds + error);
        return Promise.resolve();
      },
    );
    return { clock, timers };
  }

  it("sleeps on where a timer ends early", async () => {
    const { clock, timers } = clockWith(-3);
    await clock.sleep(10);
    assert.equal(clock.now(), 10);
    assert.deepEqual(timers, [10, 3, 2, 1]);
  });

  it("sleeps no longer than a timer that ends late", async () => {
    const { clock, timers } = clockWith(500);
    await clock.sleep(10);
    assert.deepEqual([clock.now(), timers], [510, [10]]);
  });

  it("does not begin to sleep after the signal, and wakes at once at one", async () => {
    const stopping = new AbortController();
    const asleep = systemClock.sleep(3600_000, stopping.signal);
    stopping.abort();
    await asleep;
    await systemClock.sleep(3600_000, stopping.signal);
  });

  for (const [what, step] of [
    ["forward", 86_400_000],
    ["back", -86_400_000],
  ] as const) {
    it(`neither ends nor extends a deadline when the time of day steps ${what}`, () => {
      const wallClock = Date.now;
      const before = steadyNow();
      const options = deadlineIn(10);
      try {
        Date.now = () => wallClock() + step;
        const left = remainingMilliseconds(options);
        assert.ok(left > 590_000 && left <= 600_000, `${left} milliseconds are left`);
        assert.ok(steadyNow() - before < 10_000);
      } finally {
        Date.now = wallClock;
      }
    });
  }
});
