import assert from "node:assert/strict";
import { shuffled, summary, wantedOf } from "../../scripts/repeat.mjs";

describe("repeated tests", () => {
  it("run the quick files, in an order and under a load that can be given", () => {
    const { seed, jobs, ...rest } = wantedOf(["50"]);
    assert.ok(seed >= 1 && jobs >= 2);
    assert.deepEqual(rest, { rounds: 50, all: false, alone: false, files: [] });
    assert.deepEqual(wantedOf(["2", "--seed", "7", "--jobs", "3", "--all", "--alone", "test/a.test.ts"]), {
      rounds: 2,
      seed: 7,
      jobs: 3,
      all: true,
      alone: true,
      files: ["test/a.test.ts"],
    });
  });

  for (const argv of [
    [],
    ["0"],
    ["test/a.test.ts"],
    ["2", "--seed", "x"],
    ["2", "--jobs=0"],
    ["2", "--more"],
  ]) {
    it(`refuse ${JSON.stringify(argv)}`, () => {
      assert.throws(() => wantedOf(argv), { exitCode: 2, message: /npm run test:repeat -- ROUNDS/ });
    });
  }

  it("come in an order that the seed alone decides", () => {
    const items = Array.from({ length: 20 }, (_, index) => index);
    const [first, again, other] = [1, 1, 2].map((seed) => shuffled(items, seed));
    assert.deepEqual(first, again);
    assert.notDeepEqual(first, other);
    assert.deepEqual(
      first.toSorted((a, b) => a - b),
      items,
    );
  });

  it("list what did not pass each time, the most frequent first", () => {
    const [rare, often] = [
      { file: "test/a.test.ts", title: "a b" },
      { file: "test/c.test.ts", title: "c d" },
    ];
    assert.deepEqual(summary([[], [rare, often], [often]]), [
      "2 of 3 failed (round 2, 3): test/c.test.ts: c d",
      "1 of 3 failed (round 2): test/a.test.ts: a b",
    ]);
    assert.deepEqual(summary([[], []]), []);
  });
});
