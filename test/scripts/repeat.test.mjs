import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { shuffled, summary, wantedOf } from "../../scripts/repeat.mjs";
import { inRepository } from "../../scripts/shared/repository.mjs";

describe("repeated tests", () => {
  it("run the quick files, in an order and under a load that can be given", () => {
    const { seed, jobs, ...rest } = wantedOf(["50"]);
    assert.ok(seed >= 1 && jobs >= 2);
    assert.deepEqual(rest, { rounds: 50, all: false, alone: false, reversed: false, files: [] });
    const flags = ["--seed", "7", "--jobs", "3", "--all", "--alone", "--reversed"];
    assert.deepEqual(wantedOf(["2", ...flags, "test/a.test.ts"]), {
      rounds: 2,
      seed: 7,
      jobs: 3,
      all: true,
      alone: true,
      reversed: true,
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

  it("come in reverse order where that is asked for, those of each suite", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "kms-reversed-"));
    const suite = (/** @type {string} */ name) => `describe("${name}", () => { it("1", f); it("2", f); });`;
    writeFileSync(path.join(folder, "suite.cjs"), `const f = () => {};${suite("a")}${suite("b")}`);
    const args = [
      "--no-config",
      "--reporter",
      "tap",
      "--require",
      inRepository("scripts/reversed-tests.cjs"),
    ];
    const mocha = inRepository("node_modules/mocha/bin/mocha.js");
    const { stdout } = spawnSync(process.execPath, [mocha, ...args, path.join(folder, "suite.cjs")], {
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });
    assert.deepEqual(stdout.match(/(?<=^ok \d )\w \w/gm), ["b 2", "b 1", "a 2", "a 1"]);
  });

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
