import assert from "node:assert/strict";
import { countWatch } from "../../provider/group/rollout-plan";
import type { MemberStatus } from "../../provider/catalog/constants";
import type { MemberState } from "../../provider/group/state";

const state = (status: MemberStatus, kmsHost: string, currentCount: number): MemberState => ({
  name: "web",
  status,
  kmsHost,
  currentCount,
});

/** A watch over members that all have the same threshold. */
function watchOf(threshold: number) {
  const watch = countWatch<string>();
  return {
    answered: (member: string, seen: MemberState, again: boolean) =>
      watch.answered(member, seen, threshold, again),
    drawAgain: () => watch.drawAgain(),
  };
}

describe("the watch over a host's count", () => {
  it("asks nobody again below the threshold, and all who wait as soon as it is reached", () => {
    const watch = watchOf(3);
    assert.deepEqual(watch.answered("a", state("Pending", "kms", 1), false), []);
    assert.deepEqual(watch.answered("b", state("Pending", "kms", 2), false), []);
    assert.deepEqual(watch.answered("c", state("Licensed", "KMS", 3), false), ["a", "b"]);
    assert.deepEqual(watch.answered("d", state("Licensed", "kms", 4), false), []);
  });

  it("takes answers in any order", () => {
    const watch = watchOf(3);
    assert.deepEqual(watch.answered("c", state("Licensed", "kms", 3), false), []);
    assert.deepEqual(watch.answered("a", state("Pending", "kms", 1), false), ["a"]);
  });

  it("counts each host for itself", () => {
    const watch = watchOf(2);
    watch.answered("a", state("Pending", "kms1", 1), false);
    watch.answered("b", state("Pending", "kms2", 1), false);
    assert.deepEqual(watch.answered("c", state("Licensed", "kms2", 2), false), ["b"]);
    assert.deepEqual(watch.drawAgain(), ["a"], "with SRV records it may find the other host");
    assert.deepEqual(watch.drawAgain(), []);
  });

  it("believes a host that has forgotten its machines", () => {
    const watch = watchOf(2);
    watch.answered("a", state("Pending", "kms", 1), false);
    assert.deepEqual(watch.answered("b", state("Licensed", "kms", 2), false), ["a"]);
    assert.deepEqual(watch.answered("a", state("Pending", "kms", 1), true), []);
    assert.deepEqual(watch.drawAgain(), []);
  });

  it("gives up on a member that is refused by a host with enough", () => {
    const watch = watchOf(2);
    assert.deepEqual(watch.answered("a", state("Pending", "kms", 2), false), []);
    assert.deepEqual(watch.drawAgain(), []);
  });

  it("learns nothing of members that failed", () => {
    const watch = watchOf(1);
    assert.deepEqual(watch.answered("a", state("Failed", "kms", 9), false), []);
    assert.deepEqual(watch.answered("b", state("Unreachable", "", 0), false), []);
  });

  it("asks a server again long before a client: each has its own threshold", () => {
    const watch = countWatch<string>();
    watch.answered("server", state("Pending", "kms", 1), 3, false);
    watch.answered("client", state("Pending", "kms", 2), 5, false);
    assert.deepEqual(watch.answered("third", state("Licensed", "kms", 3), 3, false), ["server"]);
    assert.deepEqual(watch.drawAgain(), []);
    assert.deepEqual(watch.answered("fifth", state("Licensed", "kms", 5), 5, false), ["client"]);
  });
});
