import assert from "node:assert/strict";
import { estimate, largestShare } from "../../provider/group/sample";

describe("what a sample says of a group", () => {
  it("is the bound of Clopper and Pearson", () => {
    // Without a hit: 1 - 0.05 to the power of 1/n.
    for (const visited of [1, 10, 200, 5000]) {
      const expected = 1 - 0.05 ** (1 / visited);
      assert.ok(Math.abs(largestShare(0, visited) - expected) < 1e-9, String(visited));
    }
    // 95 % one-sided bound of 1 in 10 and of 5 in 100, from tables of the binomial distribution.
    assert.ok(Math.abs(largestShare(1, 10) - 0.3942) < 1e-4);
    assert.ok(Math.abs(largestShare(5, 100) - 0.1023) < 1e-4);
    assert.equal(largestShare(10, 10), 1);
  });

  it("grows with hits and shrinks with visits", () => {
    for (let found = 0; found < 20; found += 1) {
      assert.ok(largestShare(found + 1, 50) > largestShare(found, 50));
      assert.ok(largestShare(found, 100) < largestShare(found, 50));
    }
  });

  it("is said in words", () => {
    assert.equal(
      estimate(0, 200, 4000),
      "0 of 200 visited drifted; with a confidence of 95 %, fewer than 60 of 4000 have",
    );
  });
});
