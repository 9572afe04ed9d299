import assert from "node:assert/strict";
import { type Clock, clockOf, systemClock } from "../../provider/engine/clock";
import { configureInstances, type ScaleSetGroup } from "../../provider/group/scale-set-instances";
import { steadyNow } from "../../provider/machine/machine";
import type { ScaleSet, ScaleSetAccess } from "../../provider/machine/scale-set";
import { groupInputs } from "./group-inputs";
import { setId } from "./scale-set-lab";

const group: ScaleSetGroup = {
  ...groupInputs("10.0.0.4", {}),
  scaleSet: { id: setId, capacity: -1, autoscaled: false, created: false },
};
const set: ScaleSet = { uniform: true, upgradedByHand: false, timestamp: 0 };

/** The summary of an update in which Azure works on the instances as the test says. */
async function summaryOf(work: () => Promise<void>, clock?: Pick<Clock, "now">): Promise<string> {
  const instance = { name: "web_0", azureVmId: "", instanceId: "0", power: "running" };
  const access: ScaleSetAccess = {
    read: () => Promise.resolve(set),
    instances: () => Promise.resolve([instance]),
    putExtension: work,
    removeExtension: () => Promise.resolve(),
    upgrade: () => Promise.resolve(),
  };
  const options = { deadline: steadyNow() + 60_000 };
  const lines: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = (text: string) => lines.push(text) > 0;
  try {
    await configureInstances({ group, access, set, options }, clock);
  } finally {
    process.stdout.write = write;
  }
  return lines.at(-1) ?? "";
}

/** A clock whose timers end this much before or after their time. */
function clockWith(error: number): Clock {
  let now = 0;
  return clockOf(
    () => now,
    (milliseconds) => {
      now += Math.max(1, milliseconds + error);
      return Promise.resolve();
    },
  );
}

describe("the summary of a scale set's update", () => {
  const { now: wallClock } = Date;
  afterEach(() => {
    Date.now = wallClock;
  });

  for (const [timers, error, seconds] of [
    ["end early", -7000, 40],
    ["end in time", 0, 40],
    ["end late", 2000, 42],
  ] as const) {
    for (const [step, days] of [
      ["stands still", 0],
      ["steps forward", 1],
      ["steps back", -1],
    ] as const) {
      it(`says how long it took where timers ${timers} and the time of day ${step}`, async () => {
        const clock = clockWith(error);
        const summary = await summaryOf(async () => {
          await clock.sleep(40_000);
          Date.now = () => wallClock() + days * 86_400_000;
        }, clock);
        assert.equal(summary, `web: 0 of 1 licensed, 1 not started, in ${seconds} s\n`);
      });
    }
  }

  for (const days of [1, -1]) {
    it(`is by a clock that the time of day does not move, by ${days} days`, async () => {
      const before = systemClock.now();
      const summary = await summaryOf(() => {
        Date.now = () => wallClock() + days * 86_400_000;
        return Promise.resolve();
      });
      const seconds = Math.ceil((systemClock.now() - before) / 1000);
      const said = Number(/, in (\d+) s\n$/.exec(summary)?.[1]);
      assert.ok(said <= seconds, `${summary} after ${seconds} s`);
    });
  }
});
