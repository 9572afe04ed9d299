import assert from "node:assert/strict";
import {
  progressLine,
  rolloutReporter,
  summaryLine,
  summaryTable,
} from "../../provider/group/rollout-progress";
import type { MemberStatus } from "../../provider/catalog/constants";
import type { MemberState } from "../../provider/group/state";
import { fakeClock } from "../engine/fake-clock";

const states = (counts: Partial<Record<MemberStatus, number>>): MemberState[] =>
  Object.entries(counts).flatMap(([status, count]) =>
    Array.from({ length: count }, () => ({
      name: "web",
      status: status as MemberStatus,
    })),
  );

describe("the report of a rollout", () => {
  const step = { canary: false, all: 1000, pauseMilliseconds: 0 };

  it("is what is done, the rate and the time left", () => {
    const line = progressLine({
      ...step,
      states: states({ Licensed: 116, Pending: 3, Failed: 1 }),
      elapsedMilliseconds: 120_000,
    });
    assert.equal(line, "120 of 1000 done, 3 pending, 1 failed, 60 a minute, 15 min left");
  });

  it("counts the pause that is to come", () => {
    const line = progressLine({
      ...step,
      states: states({ Licensed: 120 }),
      elapsedMilliseconds: 120_000,
      pauseMilliseconds: 540_000,
    });
    assert.match(line, /, 24 min left$/);
  });

  it("names the canaries, and a low rate with its fraction", () => {
    const line = progressLine({
      ...step,
      canary: true,
      states: states({ Licensed: 1, Unreachable: 1 }),
      elapsedMilliseconds: 90_000,
    });
    assert.equal(line, "canaries: 2 of 1000 done, 1 unreachable, 1.3 a minute, 749 min left");
  });

  it("leaves out the time before any has passed, and when all is done", () => {
    assert.equal(
      progressLine({ ...step, states: states({ Licensed: 5 }), elapsedMilliseconds: 0 }),
      "5 of 1000 done",
    );
    assert.equal(
      progressLine({ ...step, states: states({ Licensed: 1000 }), elapsedMilliseconds: 60_000 }),
      "1000 of 1000 done",
    );
  });

  it("ends with a summary", () => {
    const all = states({ Licensed: 990, Pending: 4, Failed: 3, Unreachable: 2, NotStarted: 1 });
    assert.equal(
      summaryLine(all, 840_000, 1020),
      "990 of 1000 licensed, 4 pending, 3 failed, 2 unreachable, 1 not started, in 14 min, 1020 activation requests",
    );
    assert.equal(
      summaryLine(states({ Licensed: 1 }), 2000, 1),
      "1 of 1 licensed, in 2 s, 1 activation request",
    );
  });

  it("ends with a table that names the first members of each state that needs attention", () => {
    assert.deepEqual(summaryTable(states({ Licensed: 990, Pending: 7, NotStarted: 1 })), [
      "Licensed    990",
      "Pending       7  web, web, web, web, web and 2 more",
      "NotStarted    1  web",
    ]);
    assert.deepEqual(summaryTable(states({ Licensed: 3 })), []);
  });
});

describe("the lines of a rollout under way", () => {
  /** The lines after answers that come every second for two minutes. */
  async function linesWith(options: Parameters<typeof rolloutReporter>[2]) {
    const clock = fakeClock();
    const lines: string[] = [];
    const reporter = rolloutReporter((line) => void lines.push(line), clock, options);
    for (let second = 1; second <= 120; second += 1) {
      await clock.advance(1000);
      reporter.answered({ canary: false, all: 1000, pauseMilliseconds: 0 }, () =>
        states({ Licensed: second }),
      );
    }
    return lines;
  }

  it("come every five seconds for somebody who watches, and every minute in a log", async () => {
    assert.equal((await linesWith({})).length, 24);
    assert.deepEqual(await linesWith({ quietMilliseconds: 60_000 }), [
      "60 of 1000 done, 60 a minute, 16 min left",
      "120 of 1000 done, 60 a minute, 15 min left",
    ]);
  });

  it("name the subscriptions that accept no request", async () => {
    const throttled = () => [{ subscriptionId: "1111", milliseconds: 40_000 }];
    const [line] = await linesWith({ throttled });
    assert.match(line, /^5 of 1000 done, .* left, subscription 1111 accepts no request for 40 s$/);
  });
});
