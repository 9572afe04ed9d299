import assert from "node:assert/strict";
import { rolloutFailure } from "../../provider/group/failures";
import { rolloutOrder, rolloutSettings } from "../../provider/group/rollout-plan";
import { byMember, type Member, memberKey } from "../../provider/group/state";
import { StoppedError } from "../../provider/machine/stopped";
import { fakeClock, settled } from "../engine/fake-clock";
import { bootHost, desiredClientState, server2022, testLab } from "../lab/windows/test-lab";
import { rollOutFleet, tally, testFleet } from "./rollout-fixture";

const size = 7;
const threshold = 5;

function testGroup() {
  const lab = testLab();
  bootHost(lab, "kms");
  const fleet = testFleet(lab, size);
  const stopping = new AbortController();
  const clock = fakeClock();
  const options = { deadline: clock.now() + 3600_000, signal: stopping.signal };
  return { lab, fleet, stopping, clock, options };
}

describe("a rollout that is interrupted", () => {
  for (const [canary, maxConcurrent] of [
    [0, 1],
    [2, 1],
    [0, 3],
    [2, 3],
    [0, size],
  ]) {
    for (let boundary = 0; boundary <= size; boundary += 1) {
      const rollout = { canary, maxConcurrent };
      const where = `after run ${boundary}, with ${canary} canaries and ${maxConcurrent} at a time`;

      it(`${where}: begins nobody else, keeps what is done, and is resumed`, async () => {
        const { fleet, stopping, clock, options } = testGroup();
        let ended = 0;
        const begunBefore: string[] = [];
        const stopAt = () => {
          if (ended === boundary && !stopping.signal.aborted) {
            begunBefore.push(...fleet.configured);
            stopping.abort();
          }
        };
        fleet.afterRun = () => {
          ended += 1;
          stopAt();
        };
        stopAt();
        const first = await rollOutFleet(fleet, { rollout, clock, options });
        assert.deepEqual(fleet.configured, begunBefore, "nobody was begun after it");
        const visited = new Set(begunBefore).size;
        const { NotStarted: notStarted = 0, Pending: pending = 0 } = tally(first.states);
        assert.equal(notStarted, size - visited);
        const { waiting = 0, ...stopped } = first.stopped ?? {};
        assert.deepEqual(
          stopped,
          notStarted + pending === 0 ? {} : { reason: "stopped", cause: undefined, visited, givenUp: 0 },
        );
        // Whose host counts enough for them was to be asked again.
        assert.equal(waiting, visited >= threshold ? pending : 0);
        fleet.afterRun = () => undefined;
        const before = byMember(first.states);
        const statusOf = (member: Member) => before.get(memberKey(member))!.status;
        const left = fleet.members.filter((member) => statusOf(member) !== "Licensed");
        const unfinished = rolloutOrder(left, statusOf);
        const counted = new Set(first.states.filter(({ status }) => status === "Pending").map(memberKey));
        const second = await rollOutFleet(fleet, { rollout, clock, members: unfinished, counted });
        assert.deepEqual(
          second.states.map(({ status }) => status),
          unfinished.map(() => "Licensed"),
        );
        assert.equal(first.activationRequests + second.activationRequests, size + threshold - 1);
      });
    }
  }

  it("does not wait for the end of the pause after the canaries", async () => {
    const { fleet, stopping, clock, options } = testGroup();
    const rollout = { canary: 2, pauseSecondsAfterCanary: 1800 };
    const rolledOut = rollOutFleet(fleet, { rollout, clock, options });
    await settled();
    assert.equal(fleet.configured.length, 2);
    stopping.abort();
    const { states, stopped } = await rolledOut;
    assert.deepEqual(stopped, { reason: "stopped", cause: undefined, visited: 2, givenUp: 0, waiting: 0 });
    assert.deepEqual(tally(states), { Pending: 2, NotStarted: size - 2 });
  });

  it("counts members that were given up, and leaves them to the next update with those that were not begun", async () => {
    const { fleet, stopping, clock, options } = testGroup();
    fleet.beforeRun = (name) => {
      if (name === "web3" || name === "web4") {
        stopping.abort();
        throw new StoppedError(name, name === "web3");
      }
    };
    const rollout = { canary: 0, maxConcurrent: 4 };
    const { states, stopped } = await rollOutFleet(fleet, { rollout, clock, options });
    assert.deepEqual(stopped, { reason: "stopped", cause: undefined, visited: 2, givenUp: 1, waiting: 0 });
    assert.deepEqual(
      states.map(({ status }) => status),
      ["Pending", "Pending", ...Array<string>(size - 2).fill("NotStarted")],
    );
    const failure = rolloutFailure({
      name: "web",
      members: states,
      rollout: rolloutSettings(rollout, size),
      timeoutMinutes: 60,
      stopped,
    });
    assert.equal(failure?.code, "KMS4032");
    assert.match(
      failure?.message ?? "",
      /^KMS4032 the rollout of web stopped because the update was interrupted: 2 of 7 members were visited; 1 was given up under way, 4 were not started\. What was reached is kept\. Run `pulumi up` again/,
    );
  });

  it("says so as well where all were visited, and some were to be asked again", async () => {
    const { fleet, stopping, clock, options } = testGroup();
    fleet.afterRun = () => {
      if (fleet.configured.length === size) {
        stopping.abort();
      }
    };
    const rollout = { canary: 0, maxConcurrent: size };
    const { states, stopped } = await rollOutFleet(fleet, { rollout, clock, options });
    assert.deepEqual(tally(states), { Pending: threshold - 1, Licensed: size - threshold + 1 });
    assert.deepEqual(stopped, {
      reason: "stopped",
      cause: undefined,
      visited: size,
      givenUp: 0,
      waiting: threshold - 1,
    });
    const failure = rolloutFailure({
      name: "web",
      members: states,
      rollout: rolloutSettings(rollout, size),
      timeoutMinutes: 60,
      stopped,
    });
    assert.match(
      failure?.message ?? "",
      /^KMS4032 the rollout of web stopped because the update was interrupted: 7 of 7 members were visited; 4 wait to be asked again\. /,
    );
  });

  it("says nothing of members that wait for other machines", async () => {
    const { fleet, stopping, clock, options } = testGroup();
    fleet.afterRun = () => {
      if (fleet.configured.length === threshold - 1) {
        stopping.abort();
      }
    };
    const members = fleet.members.slice(0, threshold - 1);
    const rollout = { canary: 0, maxConcurrent: size };
    const { states, stopped } = await rollOutFleet(fleet, { rollout, members, clock, options });
    assert.deepEqual(tally(states), { Pending: threshold - 1 });
    assert.equal(stopped, undefined);
  });

  it("says so of members that DNS had no answer for yet", async () => {
    const { lab, fleet, stopping, clock, options } = testGroup();
    const lookupDomain = "corp.example";
    lab.records.delete(lookupDomain);
    const desired = { ...desiredClientState(server2022.setupKey!), lookupDomain };
    const rollout = { canary: 0, maxConcurrent: size };
    const rolledOut = rollOutFleet(fleet, { rollout, desired, clock, options });
    await settled();
    stopping.abort();
    const { stopped } = await rolledOut;
    assert.deepEqual(stopped, {
      reason: "stopped",
      cause: undefined,
      visited: size,
      givenUp: 0,
      waiting: size,
    });
  });
});
