import assert from "node:assert/strict";
import { killsOf } from "../../scripts/kills.mjs";

describe("arguments of test:kills", () => {
  it("run both matrices without any", () => {
    assert.deepEqual(killsOf([]), {
      files: ["test/faults/kills/all.ts", "test/on-engine/kills/all.ts"],
      env: {},
    });
  });

  it("name a matrix, and the part of it that is run", () => {
    const argv = ["--level", "engine", "--shard", "2/3", "--seconds", "60", "--seed", "7", "--count=9"];
    assert.deepEqual(killsOf(argv), {
      files: ["test/on-engine/kills/all.ts"],
      env: { KMS_KILLS_SHARD: "2/3", KMS_KILLS_SECONDS: "60", KMS_KILLS_COUNT: "9", KMS_KILLS_SEED: "7" },
    });
  });

  it("repeat one chain by its name", () => {
    const chain = "azure/file/offline/0s/provider/request-5/up";
    assert.deepEqual(killsOf(["--level", "handlers", "--chain", chain]).env, { KMS_KILLS_CHAIN: chain });
  });

  const refused = [
    [["--level", "all"], /--level must be one of handlers, engine/],
    [["--shard", "2"], /--shard must match/],
    [["--seconds", "soon"], /--seconds must match/],
    [["--shards", "1/2"], /Unknown option '--shards'.* There are --level, --chain/],
    [["test/x.test.ts"], /Unexpected argument/],
  ];
  for (const [argv, message] of refused) {
    it(`refuse ${argv.join(" ")}`, () => {
      assert.throws(() => killsOf(argv), { message, exitCode: 2 });
    });
  }
});
