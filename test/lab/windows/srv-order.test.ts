import assert from "node:assert/strict";
import fc from "fast-check";
import { srvOrder } from "../../../provider/lab/windows/srv-order";
import { pseudoRandom } from "./test-lab";

const record = (target: string, priority: number, weight = 0) => ({ target, priority, weight, port: 1688 });
const targets = (records: { target: string }[]) => records.map(({ target }) => target);

describe("order of SRV records", () => {
  it("puts a lower priority first, whatever the weights", () => {
    const records = [record("c", 20, 100), record("a", 0, 1), record("b", 10, 50)];
    assert.deepEqual(targets(srvOrder(records, () => 0.99)), ["a", "b", "c"]);
  });

  it("picks among equals by weight", () => {
    const records = [record("light", 0, 10), record("heavy", 0, 30)];
    assert.deepEqual(targets(srvOrder(records, () => 0.24)), ["light", "heavy"]);
    assert.deepEqual(targets(srvOrder(records, () => 0.25)), ["heavy", "light"]);
  });

  it("picks among equals without weight at random", () => {
    const records = [record("a", 0), record("b", 0)];
    assert.deepEqual(targets(srvOrder(records, () => 0.49)), ["a", "b"]);
    assert.deepEqual(targets(srvOrder(records, () => 0.5)), ["b", "a"]);
  });

  it("keeps every record once", () => {
    const records = fc.array(
      fc.record({ target: fc.uuid(), priority: fc.nat({ max: 3 }), weight: fc.nat({ max: 9 }) }),
    );
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 1000 }), (list, seed) => {
        const given = list.map(({ target, priority, weight }) => record(target, priority, weight));
        const ordered = srvOrder(given, pseudoRandom(seed));
        assert.deepEqual(targets(ordered).sort(), targets(given).sort());
        const priorities = ordered.map(({ priority }) => priority);
        assert.deepEqual(
          priorities,
          [...priorities].sort((left, right) => left - right),
        );
      }),
      { seed: 20_260_103 },
    );
  });
});
