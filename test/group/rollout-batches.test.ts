import assert from "node:assert/strict";
import { rolloutBatches } from "../../provider/group/rollout-plan";
import { rolloutOrder } from "../../provider/group/rollout-plan";

describe("batches of a rollout, as planned", () => {
  const cut = (members: number, canary: number, batchSize: number) =>
    rolloutBatches(
      Array.from({ length: members }, (_, index) => index),
      { canary, batchSize },
    ).map((batch) => `${batch.canary ? "canary " : ""}${batch.members.join(" ")}`);

  it("are the canaries and then all others in their order", () => {
    assert.deepEqual(cut(7, 2, 3), ["canary 0 1", "2 3 4", "5 6"]);
    assert.deepEqual(cut(6, 0, 3), ["0 1 2", "3 4 5"]);
  });

  it("are few where the members are", () => {
    assert.deepEqual(cut(2, 2, 3), ["canary 0 1"]);
    assert.deepEqual(cut(1, 5, 3), ["canary 0"]);
    assert.deepEqual(cut(3, 0, 50), ["0 1 2"]);
    assert.deepEqual(cut(0, 2, 3), []);
  });

  it("may have one member each", () => {
    assert.deepEqual(cut(3, 1, 1), ["canary 0", "1", "2"]);
  });
});

describe("the order of a rollout", () => {
  it("has new members first, then pending ones, and those that failed last", () => {
    const statuses = {
      failed: "Failed",
      off: "Unreachable",
      waits: "Pending",
      late: "NotStarted",
      changed: "Drifted",
    } as const;
    const order = rolloutOrder(["failed", "off", "waits", "late", "new", "changed", "new2"], (name) =>
      name in statuses ? statuses[name as keyof typeof statuses] : undefined,
    );
    assert.deepEqual(order, ["late", "new", "changed", "new2", "waits", "off", "failed"]);
  });
});
