import assert from "node:assert/strict";
import { describeCounts, hasChanges, operationCounts } from "./stack";

const lines = (...events: object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join("");

describe("operationCounts", () => {
  it("are those of the summary", () => {
    const log = lines(
      { sequence: 0, preludeEvent: { config: {} } },
      { sequence: 1, summaryEvent: { resourceChanges: { create: 12, same: 1 } } },
      { sequence: 2, cancelEvent: {} },
    );
    assert.deepEqual(operationCounts(log), { create: 12, same: 1 });
  });

  it("are none when the engine stopped before it had a summary", () => {
    assert.deepEqual(operationCounts(lines({ sequence: 0, cancelEvent: {} })), {});
    assert.deepEqual(operationCounts(""), {});
  });
});

describe("hasChanges", () => {
  it("is false for resources that stayed the same only", () => {
    assert.equal(hasChanges({ same: 30 }), false);
    assert.equal(hasChanges({ same: 30, update: 0 }), false);
    assert.equal(hasChanges({ same: 29, update: 1 }), true);
  });
});

describe("describeCounts", () => {
  it("is words", () => {
    assert.equal(describeCounts({ create: 2, same: 1 }), "2 create, 1 same");
    assert.equal(describeCounts({}), "no resources");
  });
});
