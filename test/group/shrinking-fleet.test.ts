import assert from "node:assert/strict";
import { bootHost, testLab, windows10 } from "../lab/windows/test-lab";
import { toClients, tally, testFleet, rollOutFleet } from "./rollout-fixture";

describe("a fleet that shrinks below the threshold while it is rolled out", () => {
  const clients = 26;

  /** 26 clients, 5 at a time; two go off when the eleventh is configured, so that 24 are left. */
  function shrinkingFleet() {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, clients, windows10);
    fleet.beforeRun = (name) => {
      if (name === "web11") {
        ["web25", "web26"].forEach((gone) => fleet.offline.add(gone));
      }
    };
    return fleet;
  }
  const rollout = { maxConcurrent: 5 };

  it("leaves those that are there pending, each asked once, and lists those that are not", async () => {
    const fleet = shrinkingFleet();
    const { states, activationRequests, stopped } = await rollOutFleet(fleet, { ...toClients, rollout });
    assert.deepEqual(tally(states), { Pending: 24, Off: 2 });
    assert.equal(Math.max(...states.map(({ currentCount = 0 }) => currentCount)), 24);
    assert.equal(activationRequests, 24);
    assert.equal(stopped, undefined);
  });

  it("is finished by the next update when one is back, with the requests that are still due", async () => {
    const fleet = shrinkingFleet();
    await rollOutFleet(fleet, { ...toClients, rollout });
    fleet.offline.delete("web25");
    fleet.beforeRun = () => undefined;
    const returned = fleet.members.slice(24, 25);
    const { states, activationRequests } = await rollOutFleet(fleet, {
      ...toClients,
      rollout: { ...rollout, canary: 1 },
      members: [...returned, ...fleet.members.slice(0, 24)],
    });
    assert.deepEqual(tally(states), { Licensed: 25 });
    assert.equal(24 + activationRequests, 25 + 25 - 1);
  });

  it("keeps those licensed that were activated before its host forgot the rest", async () => {
    const lab = testLab();
    const host = bootHost(lab, "kms");
    const fleet = testFleet(lab, 30, windows10);
    fleet.beforeRun = (name) => {
      if (name === "web28" && !fleet.offline.has(name)) {
        fleet.offline.add(name);
        lab.fleet.stop(host);
        lab.fleet.start(host);
      }
    };
    const { states } = await rollOutFleet(fleet, {
      ...toClients,
      rollout: { maxConcurrent: 1 },
    });
    const counts = tally(states);
    assert.equal(counts.Off, 1);
    assert.deepEqual(tally(states.slice(0, 27)), { Licensed: 27 });
    assert.deepEqual(tally(states.slice(28)), { Pending: 2 });
  });
});
