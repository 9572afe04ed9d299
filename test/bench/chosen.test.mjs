import assert from "node:assert/strict";
import { chosen } from "../../scripts/bench.mjs";

describe("benchmarks to run", () => {
  const available = ["growth", "loading", "diagnostics"];

  it("are all when none is named", () => assert.deepEqual(chosen([], available), available));

  it("are the named ones, in their own order", () => {
    assert.deepEqual(chosen(["diagnostics", "growth"], available), ["growth", "diagnostics"]);
  });

  it("fails for an unknown name, with the names there are and exit code 2", () => {
    assert.throws(
      () => chosen(["growht"], available),
      (error) => {
        assert.equal(error.code, "KMS7050");
        assert.equal(error.exitCode, 2);
        assert.ok(error.message.includes("no benchmark growht; there are: growth, loading, diagnostics"));
        return true;
      },
    );
  });
});
