import assert from "node:assert/strict";
import type { MemberState, MemberStatus } from "../../provider/group/member";
import { countWatch } from "../../provider/group/rollout-plan";

const state = (status: MemberStatus, host: string, count: number): MemberState => ({
  name: "web",
  azureVmId: "",
  status,
  key: "",
  host,
  count,
  expiry: "",
  error: "",
});

describe("the watch over a host's count", () => {
  it("asks nobody again below the threshold, and all who wait as soon as it is reached", () => {
    const watch = countWatch<string>(3);
    assert.deepEqual(watch.answered("a", state("Pending", "kms", 1), false), []);
    assert.deepEqual(watch.answered("b", state("Pending", "kms", 2), false), []);
    assert.deepEqual(watch.answered("c", state("Licensed", "KMS", 3), false), ["a", "b"]);
    assert.deepEqual(watch.answered("d", state("Licensed", "kms", 4), false), []);
  });

  it("takes answers in any order", () => {
    const watch = countWatch<string>(3);
    assert.deepEqual(watch.answered("c", state("Licensed", "kms", 3), false), []);
    assert.deepEqual(watch.answered("a", state("Pending", "kms", 1), false), ["a"]);
  });

  it("counts each host for itself", () => {
    const watch = countWatch<string>(2);
    watch.answered("a", state("Pending", "kms1", 1), false);
    watch.answered("b", state("Pending", "kms2", 1), false);
    assert.deepEqual(watch.answered("c", state("Licensed", "kms2", 2), false), ["b"]);
    assert.deepEqual(watch.drawAgain(), ["a"], "with SRV records it may find the other host");
    assert.deepEqual(watch.drawAgain(), []);
  });

  it("believes a host that has forgotten its machines", () => {
    const watch = countWatch<string>(2);
    watch.answered("a", state("Pending", "kms", 1), false);
    assert.deepEqual(watch.answered("b", state("Licensed", "kms", 2), false), ["a"]);
    assert.deepEqual(watch.answered("a", state("Pending", "kms", 1), true), []);
    assert.deepEqual(watch.drawAgain(), []);
  });

  it("gives up on a member that is refused by a host with enough", () => {
    const watch = countWatch<string>(2);
    assert.deepEqual(watch.answered("a", state("Pending", "kms", 2), false), []);
    assert.deepEqual(watch.drawAgain(), []);
  });

  it("learns nothing of members that failed", () => {
    const watch = countWatch<string>(1);
    assert.deepEqual(watch.answered("a", state("Failed", "kms", 9), false), []);
    assert.deepEqual(watch.answered("b", state("Unreachable", "", 0), false), []);
  });
});
