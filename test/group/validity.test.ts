import assert from "node:assert/strict";
import { memberDrift, memberState } from "../../provider/group/member";
import { observeClientPlan } from "../../provider/group/plan";
import {
  advanceDays,
  bootClients,
  bootHost,
  desiredClientState,
  setupKeys,
  type TestLab,
  testLab,
} from "../lab/windows/test-lab";

const desired = desiredClientState(setupKeys.server2022Datacenter);

/** A member as a refresh sees it. */
function observe({ fleet }: TestLab, id: string) {
  const answer = fleet.runLicensingPlan(id, observeClientPlan(), {});
  return {
    state: memberState({ name: "web5", azureVmId: id }, desired, answer, (hresult) => hresult),
    drift: memberDrift(desired, answer),
  };
}

describe("validity of an activation", () => {
  it("R123: is 180 days, and its end is shown", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const id = bootClients(lab, 5)[4];
    const { state } = observe(lab, id);
    assert.deepEqual([state.status, state.expiresAt], ["Licensed", "2026-06-30T00:00Z"]);
  });

  it("R124: ends when no KMS host was reached for 180 days", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms");
    const id = bootClients(lab, 5)[4];
    lab.fleet.stop(host);
    advanceDays(lab, 179);
    assert.equal(observe(lab, id).state.status, "Licensed");
    advanceDays(lab, 1);
    const { state, drift } = observe(lab, id);
    assert.deepEqual([state.status, state.expiresAt], ["Failed", undefined]);
    assert.deepEqual(drift, ["it is not licensed"]);
  });

  it("R126: begins again after a renewal, which is no drift", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const id = bootClients(lab, 5)[4];
    advanceDays(lab, 7);
    const { state, drift } = observe(lab, id);
    assert.equal(state.expiresAt, "2026-07-07T00:00Z");
    assert.deepEqual(drift, []);
  });
});
