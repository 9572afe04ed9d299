import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type CountCache,
  countRequest,
  currentCount,
  emptyCountCache,
} from "../../../provider/lab/windows/count-cache";
import { millisecondsPerDay } from "../../../provider/lab/windows/clock";

const serverThreshold = 5;
const clientThreshold = 25;

function countAll(ids: string[], threshold: number, cache: CountCache = emptyCountCache): CountCache {
  return ids.reduce((before, id) => countRequest(before, id, threshold, 0), cache);
}

const machines = (count: number, prefix = "m") =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe("count cache of a KMS host", () => {
  it("counts each machine once", () => {
    assert.equal(currentCount(countAll(["a", "b", "a", "b", "a"], serverThreshold), 0), 2);
  });

  it("holds 10 machines while only servers ask", () => {
    assert.equal(currentCount(countAll(machines(12), serverThreshold), 0), 10);
  });

  it("tells the first client after 12 servers 11", () => {
    const cache = countRequest(countAll(machines(12), serverThreshold), "client", clientThreshold, 0);
    assert.equal(currentCount(cache, 0), 11);
  });

  it("holds 50 machines once a client has asked", () => {
    assert.equal(currentCount(countAll(machines(60), clientThreshold), 0), 50);
  });

  it("never shrinks back to 10", () => {
    const cache = countAll(machines(40, "s"), serverThreshold, countAll(["client"], clientThreshold));
    assert.equal(currentCount(cache, 0), 41);
  });

  it("drops the machine that asked longest ago", () => {
    const cache = countAll([...machines(10), "m0", "new"], serverThreshold);
    assert.equal(cache.lastRequests.has("m0"), true);
    assert.equal(cache.lastRequests.has("m1"), false);
  });

  it("forgets a machine after 30 days without a request", () => {
    const cache = countAll(["a", "b"], serverThreshold);
    const renewed = countRequest(cache, "b", serverThreshold, 20 * millisecondsPerDay);
    assert.equal(currentCount(renewed, 30 * millisecondsPerDay), 2);
    assert.equal(currentCount(renewed, 30 * millisecondsPerDay + 1), 1);
    assert.equal(currentCount(renewed, 50 * millisecondsPerDay + 1), 0);
  });

  const requests = fc.array(
    fc.record({
      id: fc.nat({ max: 80 }).map(String),
      threshold: fc.constantFrom(serverThreshold, clientThreshold),
      afterHours: fc.nat({ max: 200 }),
    }),
    { maxLength: 200 },
  );

  it("never exceeds twice the largest threshold, nor the machines that asked in the last 30 days", () => {
    fc.assert(
      fc.property(requests, (list) => {
        let cache = emptyCountCache;
        let now = 0;
        let largest = 0;
        const last = new Map<string, number>();
        for (const { id, threshold, afterHours } of list) {
          now += afterHours * 3_600_000;
          largest = Math.max(largest, threshold);
          const before = currentCount(cache, now);
          cache = countRequest(cache, id, threshold, now);
          last.set(id, now);
          const count = currentCount(cache, now);
          assert.ok(count <= 2 * largest);
          assert.ok(count >= 1 && count <= before + 1);
          assert.ok(count <= [...last.values()].filter((at) => now - at <= 30 * millisecondsPerDay).length);
        }
      }),
      { seed: 20_260_101 },
    );
  });

  it("grows by one request for each new machine until it is full", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), (count) => {
        assert.equal(currentCount(countAll(machines(count), clientThreshold), 0), Math.min(count, 50));
      }),
      { seed: 20_260_102 },
    );
  });
});
