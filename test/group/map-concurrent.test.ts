import assert from "node:assert/strict";
import { mapConcurrent } from "../../provider/group/concurrency";

describe("mapConcurrent", () => {
  it("gives the results in the order of the items, however long each takes", async () => {
    const release: (() => void)[] = [];
    const results = mapConcurrent([1, 2, 3], 3, async (item) => {
      await new Promise<void>((resolve) => release.push(resolve));
      return item * 10;
    });
    [...release].reverse().forEach((go) => go());
    assert.deepEqual(await results, [10, 20, 30]);
  });

  it("never works on more items than allowed", async () => {
    let running = 0;
    let most = 0;
    await mapConcurrent(Array.from({ length: 20 }), 4, async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    });
    assert.equal(most, 4);
  });

  it("does nothing for no items", async () => {
    assert.deepEqual(await mapConcurrent([], 4, () => Promise.reject(new Error("called"))), []);
  });
});
