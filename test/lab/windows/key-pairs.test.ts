import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

const keyPairs = path.resolve(__dirname, "../../../provider/lab/windows/key-pairs");

describe("key pairs of the lab's machines", () => {
  it("can be read while the garbage collector ends what made them", () => {
    const script = `
      const { openKeyPair } = require(${JSON.stringify(keyPairs)});
      const machine = { keyPairs: new Map(), keyPairsMade: 0, spec: {}, conditions: { unreadable: [] } };
      const sizes = Array.from({ length: 5000 }, () => openKeyPair(machine, "one").modulus.length);
      console.log([...new Set(sizes)].join());`;
    const args = ["--require", "tsx/cjs", "--max-semi-space-size=1", "-e", script];
    const { stdout, stderr, signal } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      timeout: 30_000,
    });
    assert.equal(signal, null, "it ends");
    assert.equal(stdout, "344\n", stderr);
  });
});
