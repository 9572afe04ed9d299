import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath, URL } from "node:url";
import { allTestFiles, isSlow, mochaArguments, slowTests } from "../../scripts/test.mjs";

const thisFile = path
  .relative(fileURLToPath(new URL("../..", import.meta.url)), fileURLToPath(import.meta.url))
  .replaceAll(path.sep, "/");

describe("arguments of npm test", () => {
  it("are all tests when no file is named, two at once for each processor", () => {
    const jobs = Math.min(2 * availableParallelism(), 8);
    const sideBySide = ["--parallel", "--jobs", String(jobs)];
    assert.deepEqual(mochaArguments([]), [...sideBySide, ...allTestFiles()]);
    const named = ["--grep", "no such file"];
    assert.deepEqual(mochaArguments(named), [...sideBySide, ...named, ...allTestFiles()]);
  });

  it("are only the files that are named", () => {
    assert.deepEqual(mochaArguments(["test/engine/x.test.ts"]), ["test/engine/x.test.ts"]);
    assert.deepEqual(mochaArguments(["test/**/y.test.mjs", "--bail"]), ["test/**/y.test.mjs", "--bail"]);
  });
});

describe("all tests", () => {
  const files = allTestFiles();

  it("have each file once, whatever it is written in", () => {
    assert.equal(new Set(files).size, files.length);
    assert.ok(files.includes(thisFile) && files.includes("test/azure/clients.test.ts"));
    assert.deepEqual(
      files.filter((file) => !/^test\/.+\.test\.(ts|mjs)$/.test(file)),
      [],
    );
  });

  it("have a file for each name among the slow ones", () => {
    const left = slowTests.filter((slow) => !files.some((file) => file.startsWith(slow)));
    assert.deepEqual(left, []);
  });

  it("begin with the slow files, the longest of them first", () => {
    assert.equal(files[0], "test/on-engine/examples.test.ts");
    const firstQuick = files.findIndex((file) => !isSlow(file));
    assert.ok(firstQuick > 0);
    assert.deepEqual(files.slice(firstQuick).filter(isSlow), []);
  });
});
