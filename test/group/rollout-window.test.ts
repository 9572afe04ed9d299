import assert from "node:assert/strict";
import { bootHost, testLab } from "../lab/windows/test-lab";
import { fakeClock } from "../engine/fake-clock";
import { tally, testFleet, rollOutFleet } from "./rollout-fixture";

const namesOf = (states: { name: string }[]) => states.map(({ name }) => name);

describe("the window of a rollout", () => {
  it("opens when the canaries are done, and has as many members under way as it is wide", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 12);
    await rollOutFleet(fleet);
    fleet.configured.length = 0;
    fleet.mostAtOnce = 0;
    const done = new Set<string>();
    fleet.beforeRun = (name) => {
      const isCanary = name === "web1" || name === "web2";
      assert.ok(
        isCanary || (done.has("web1") && done.has("web2")),
        `${name} began before the canaries ended`,
      );
    };
    fleet.afterRun = (name) => void done.add(name);
    const { states } = await rollOutFleet(fleet, { rollout: { canary: 2, maxConcurrent: 5 } });
    assert.deepEqual(tally(states), { Licensed: 12 });
    assert.deepEqual(fleet.configured, namesOf(fleet.members));
    assert.equal(fleet.mostAtOnce, 5);
  });

  it("opens when each canary has answered: those that the count refused are asked again in it", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 12);
    const canaries = ["web1", "web2", "web3", "web4", "web5", "web6"];
    const answered = new Set<string>();
    const early: string[] = [];
    fleet.beforeRun = (name) => {
      if (!canaries.includes(name) && answered.size < canaries.length) {
        early.push(name);
      }
    };
    fleet.afterRun = (name) => void answered.add(name);
    const { states, activationRequests } = await rollOutFleet(fleet, {
      rollout: { canary: 6, maxConcurrent: 12 },
    });
    assert.deepEqual(early, []);
    assert.deepEqual(tally(states), { Licensed: 12 });
    assert.equal(activationRequests, 12 + 5 - 1);
    assert.deepEqual(fleet.configured.slice(0, 6), canaries);
    assert.deepEqual(new Set(fleet.configured.slice(6, 10)).size, 4);
    assert.ok(
      fleet.configured.slice(6, 10).every((name) => canaries.includes(name)),
      "the four that were refused come first",
    );
    assert.equal(fleet.mostAtOnce, 10, "six others beside the four canaries");
  });

  it("stays closed until a canary is licensed, as long as one can be asked again", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 8);
    const [web7, web8] = fleet.members.slice(6);
    await rollOutFleet(fleet, { members: [web7, web8] });
    fleet.configured.length = 0;
    const underWay = new Set<string>();
    const early: string[] = [];
    fleet.beforeRun = (name) => {
      if (name !== "web1" && underWay.has("web1")) {
        early.push(name);
      }
      underWay.add(name);
    };
    fleet.afterRun = (name) => void underWay.delete(name);
    // The host counts 3 with the first canary and 4 with the second.
    await rollOutFleet(fleet, {
      thresholdOf: ({ name }) => (name === "web1" ? 4 : 5),
      rollout: { canary: 2, maxConcurrent: 12 },
    });
    assert.deepEqual(fleet.configured.slice(0, 3), ["web1", "web2", "web1"]);
    assert.deepEqual(early, ["web2"], "beside the first question");
  });

  it("slides: a member that takes long holds up nobody but itself", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 12);
    let release = () => {};
    const slow = new Promise<void>((resolve) => (release = resolve));
    fleet.beforeRun = (name) => (name === "web1" ? slow : undefined);
    const ended: string[] = [];
    fleet.afterRun = (name) => {
      ended.push(name);
      if (new Set(ended).size === 11) {
        release();
      }
    };
    const { states } = await rollOutFleet(fleet, { rollout: { maxConcurrent: 3 } });
    assert.deepEqual(tally(states), { Licensed: 12 });
    assert.equal(ended.indexOf("web1") >= 11, true, "all others were done before it");
    assert.equal(fleet.mostAtOnce, 3);
  });

  it("waits for what comes after an answer when all have answered, and not before", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 6);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let ended = false;
    const finished = rollOutFleet(fleet, {
      rollout: { maxConcurrent: 1 },
      open(member) {
        const machine = fleet.open(member);
        return {
          name: machine.name,
          async run(plan, secrets, options) {
            const answer = await machine.run(plan, secrets, options);
            options.afterwards?.(held);
            if (fleet.configured.length === 6 + 5 - 1) {
              setImmediate(() => {
                assert.equal(ended, false);
                release();
              });
            }
            return answer;
          },
        };
      },
    }).finally(() => (ended = true));
    assert.deepEqual(tally((await finished).states), { Licensed: 6 });
  });

  it("opens as late as the program says", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 6);
    const clock = fakeClock();
    const finished = rollOutFleet(fleet, {
      clock,
      options: { deadline: clock.now() + 3600_000 },
      rollout: { canary: 1, pauseSecondsAfterCanary: 90 },
    });
    await clock.advance(89_999);
    assert.deepEqual(fleet.configured, ["web1"]);
    await clock.advance(1);
    assert.deepEqual(tally((await finished).states), { Licensed: 6 });
  });
});
