import assert from "node:assert/strict";
import { mapConcurrent, workThrough } from "../../provider/group/concurrency";

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

describe("workThrough", () => {
  it("also does what is added to the queue meanwhile", async () => {
    const queue = [3, 1];
    const done: number[] = [];
    await workThrough(queue, 1, async (item) => {
      done.push(item);
      if (item > 1) {
        queue.push(item - 1);
      }
    });
    assert.deepEqual(done, [3, 1, 2, 1]);
  });

  it("gives each lane a window of its own, so that one that stands still holds up no other", async () => {
    const done: string[] = [];
    const release: (() => void)[] = [];
    let most = 0;
    let inSlow = 0;
    const all = workThrough(
      ["slow1", "slow2", "slow3", "fast1", "fast2", "fast3"],
      2,
      async (item) => {
        if (item.startsWith("slow")) {
          inSlow += 1;
          most = Math.max(most, inSlow);
          await new Promise<void>((resolve) => release.push(resolve));
          inSlow -= 1;
        }
        done.push(item);
      },
      (item) => item.slice(0, 4),
    );
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(done, ["fast1", "fast2", "fast3"]);
    while (release.length > 0) {
      release.shift()!();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await all;
    assert.deepEqual(done.slice(3).sort(), ["slow1", "slow2", "slow3"]);
    assert.equal(most, 2);
  });

  it("fails with the first failure", async () => {
    const failing = workThrough([1, 2], 1, (item) => Promise.reject(new Error(`failed at ${item}`)));
    await assert.rejects(failing, /failed at 1/);
  });
});
