import assert from "node:assert/strict";
import { UnreachablePolicy } from "../../provider/catalog/constants";
import { KmsError } from "../../provider/errors/kms-error";
import { bootHost, testLab } from "../lab/windows/test-lab";
import { fakeClock } from "../engine/fake-clock";
import { cutOff, tally, testFleet, rollOutFleet } from "./rollout-fixture";

describe("failed members", () => {
  /** A fleet of 20, some of which cannot reach the host. */
  function fleetWithout(...names: string[]) {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 20);
    names.forEach((name) => cutOff(lab, name));
    return fleet;
  }
  const rollout = { canary: 2, maxConcurrent: 1, maxFailures: 2 };

  it("up to the limit do not stop the rollout", async () => {
    const { states, stopped } = await rollOutFleet(fleetWithout("web4", "web15"), { rollout });
    assert.deepEqual(tally(states), { Licensed: 18, Failed: 2 });
    assert.equal(stopped, undefined);
    assert.match(states[3].error!, /^0xC004F074 \w+: no KMS host could be contacted/);
  });

  it("above the limit stop it at once; what is done is kept", async () => {
    const fleet = fleetWithout("web3", "web6", "web10");
    const { states, stopped } = await rollOutFleet(fleet, { rollout });
    assert.equal(stopped?.reason, "failures");
    assert.deepEqual(tally(states.slice(0, 10)), { Licensed: 7, Failed: 3 });
    assert.deepEqual(tally(states.slice(10)), { NotStarted: 10 });
    assert.ok(!fleet.configured.includes("web11"));
  });

  it("with a limit of 0 stop it at the first", async () => {
    const fleet = fleetWithout("web9");
    const { states } = await rollOutFleet(fleet, { rollout: { ...rollout, maxFailures: 0 } });
    assert.equal(tally(states).NotStarted, 11);
  });

  it("above the limit let what is under way finish", async () => {
    const fleet = fleetWithout("web3");
    const { states } = await rollOutFleet(fleet, {
      rollout: { canary: 0, maxConcurrent: 5, maxFailures: 0 },
    });
    assert.ok(states.slice(0, 5).every(({ status }) => status !== "NotStarted"));
    assert.ok(states.slice(12).every(({ status }) => status === "NotStarted"));
  });

  it("stop it when they are all of the canaries", async () => {
    const { states, stopped } = await rollOutFleet(fleetWithout("web1", "web2"), { rollout });
    assert.equal(stopped?.reason, "canaries");
    assert.deepEqual(tally(states), { Failed: 2, NotStarted: 18 });
  });

  it("do not stop it when one canary is well", async () => {
    const { states, stopped } = await rollOutFleet(fleetWithout("web1"), { rollout });
    assert.equal(stopped, undefined);
    assert.deepEqual(tally(states), { Failed: 1, Licensed: 19 });
  });

  it("are no reason to stop a group that has no other members", async () => {
    const fleet = fleetWithout("web1", "web2");
    const { states, stopped } = await rollOutFleet(fleet, { rollout, members: fleet.members.slice(0, 2) });
    assert.deepEqual(tally(states), { Failed: 2 });
    assert.equal(stopped, undefined);
  });
});

describe("members that are off", () => {
  it("do not block the others and are not counted as failures", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 20);
    ["web1", "web2", "web3", "web8"].forEach((name) => fleet.offline.add(name));
    const { states, stopped } = await rollOutFleet(fleet, { rollout: { canary: 2, maxFailures: 0 } });
    assert.equal(stopped, undefined);
    assert.deepEqual(tally(states), { Off: 4, Licensed: 16 });
  });
});

describe("members that are off where that counts as a failure", () => {
  const rollout = { canary: 2, maxConcurrent: 1, unreachable: UnreachablePolicy.Fail };
  function fleetWithoutPower(...names: string[]) {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 20);
    names.forEach((name) => fleet.offline.add(name));
    return fleet;
  }

  it("stop the rollout above the limit, together with those that failed", async () => {
    const fleet = fleetWithoutPower("web3", "web8");
    const { states, stopped } = await rollOutFleet(fleet, { rollout: { ...rollout, maxFailures: 1 } });
    assert.equal(stopped?.reason, "failures");
    assert.deepEqual([tally(states).Off, tally(states).NotStarted], [2, 12]);
  });

  it("stop it when they are all of the canaries", async () => {
    const fleet = fleetWithoutPower("web1", "web2");
    const { states, stopped } = await rollOutFleet(fleet, { rollout: { ...rollout, maxFailures: 9 } });
    assert.equal(stopped?.reason, "canaries");
    assert.deepEqual(tally(states), { Off: 2, NotStarted: 18 });
  });
});

describe("a rollout", () => {
  it("stops when its time is up, and lists who is left", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 9);
    const clock = fakeClock();
    fleet.beforeRun = () => clock.sleep(60_000);
    const finished = rollOutFleet(fleet, {
      clock,
      options: { deadline: clock.now() + 120_000 },
      rollout: { maxConcurrent: 3 },
    });
    await clock.advance(60_000);
    await clock.advance(1);
    await clock.advance(60_000);
    const { states, stopped } = await finished;
    assert.equal(stopped?.reason, "timeout");
    assert.equal(tally(states).NotStarted, 3);
  });

  it("does not begin a pause that it has no time for", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const { states, stopped } = await rollOutFleet(testFleet(lab, 9), {
      rollout: { canary: 6, pauseSecondsAfterCanary: 60 },
    });
    assert.equal(stopped?.reason, "timeout");
    assert.deepEqual(tally(states), { Licensed: 6, NotStarted: 3 });
  });

  it("breaks off at an error that every member would meet, and keeps what is done", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 12);
    const signedOut = new KmsError("KMS3009", { values: { reason: "the token has expired" } });
    fleet.beforeRun = (name) => (name === "web8" ? Promise.reject(signedOut) : undefined);
    const { states, stopped } = await rollOutFleet(fleet, { rollout: { maxConcurrent: 1 } });
    assert.deepEqual([stopped?.reason, stopped?.cause], ["broken", signedOut]);
    assert.equal(tally(states).NotStarted, 5);
    assert.equal(tally(states).Licensed, 7);
  });

  it("that was killed half-way is resumed without another request of those that were done", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 40);
    const killed = new Error("killed");
    let runs = 0;
    fleet.beforeRun = () => {
      runs += 1;
      return runs > 20 ? Promise.reject(killed) : undefined;
    };
    const first = await rollOutFleet(fleet, { rollout: { maxConcurrent: 4 } });
    fleet.beforeRun = () => undefined;
    const second = await rollOutFleet(fleet);
    assert.deepEqual(tally(second.states), { Licensed: 40 });
    assert.equal(first.activationRequests + second.activationRequests, 40 + 5 - 1);
  });
});
