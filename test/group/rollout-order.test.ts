import assert from "node:assert/strict";
import { rolloutOrder } from "../../provider/group/rollout-plan";

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
