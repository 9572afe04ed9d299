import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { nodeVersions, otherVersions } from "../../scripts/node-versions.mjs";
import { inRepository } from "../../scripts/shared/repository.mjs";

describe("versions of Node", () => {
  it("begin with the oldest that package.json allows", () => {
    const { engines } = JSON.parse(readFileSync(inRepository("package.json"), "utf8"));
    assert.equal(engines.node, `>=${nodeVersions[0]}`);
  });

  it("are tested besides the one that runs", () => {
    assert.deepEqual(otherVersions("20.20.2"), [22, 24]);
    assert.deepEqual(otherVersions("24.1.0"), [20, 22]);
    assert.deepEqual(otherVersions("26.0.0"), [20, 22, 24]);
  });
});
