import assert from "node:assert/strict";
import { mochaArguments, testFiles } from "../../scripts/test.mjs";

const sideBySide = ["--parallel", "--jobs", "2"];

describe("arguments of npm test", () => {
  it("are all tests when no file is named", () => {
    assert.deepEqual(mochaArguments([]), [...sideBySide, ...testFiles]);
    const named = ["--grep", "no such file"];
    assert.deepEqual(mochaArguments(named), [...sideBySide, ...named, ...testFiles]);
  });

  it("are only the files that are named", () => {
    assert.deepEqual(mochaArguments(["test/engine/x.test.ts"]), ["test/engine/x.test.ts"]);
    assert.deepEqual(mochaArguments(["test/**/y.test.mjs", "--bail"]), ["test/**/y.test.mjs", "--bail"]);
  });
});
