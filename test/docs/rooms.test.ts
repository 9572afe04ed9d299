import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const repository = path.resolve(__dirname, "../..");

/** Files below a folder of the repository, by their path in it. */
const filesOf = (folder: string) =>
  readdirSync(path.join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** Folders of a folder that contain a file. */
const foldersOf = (folder: string) =>
  readdirSync(path.join(repository, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && filesOf(path.join(folder, entry.name)).length > 0)
    .map(({ name }) => name)
    .sort();

/** Folders of test/ that no room of provider/ has, with what is in them. */
const otherTests: Record<string, string> = {
  bench: "the benchmarks, with the tests of what they measure by",
  cases: "cases across rooms, under the numbers of the list of cases",
  docs: "tests of the pages and of the layout of the repository",
  faults: "handlers whose process is killed, or whose network fails",
  fixtures: "programs that tests run",
  "lab-run": "`npm run lab`, which only the repository has",
  "on-engine": "programs on the real Pulumi engine",
  scripts: "tests of the scripts behind `npm run`",
};

describe("layout of the repository", () => {
  /** Lines of README's layout below provider/, each a folder and its purpose. */
  function describedRooms(): [name: string, purpose: string][] {
    const readme = readFileSync(path.join(repository, "README.md"), "utf8");
    const [, layout] = /^## Layout\n+```\nprovider\/\n((?: {2}.*\n)+)/m.exec(readme) ?? [];
    assert.ok(layout, "README has a section Layout that begins with provider/");
    return layout
      .trimEnd()
      .split("\n")
      .map((line) => {
        const [, name, purpose] = /^ {2}([\w-]+)\/ *(.*)$/.exec(line) ?? [];
        assert.ok(name, `${line} names no folder`);
        return [name, purpose];
      });
  }

  it("is described in README: every room of provider/, and no other", () => {
    assert.deepEqual(
      describedRooms()
        .map(([name]) => name)
        .sort(),
      foldersOf("provider"),
    );
  });

  it("has a purpose for every room", () => {
    assert.deepEqual(
      describedRooms().filter(([, purpose]) => purpose.length < 10),
      [],
    );
  });

  it("has tests for every room of provider/ in a folder of its name", () => {
    const tested = foldersOf("test").filter((folder) =>
      filesOf(path.join("test", folder)).some((file) => /\.test\.(ts|mjs)$/.test(file)),
    );
    assert.deepEqual(
      foldersOf("provider").filter((room) => !tested.includes(room)),
      [],
    );
  });

  it("has a reason for every other folder of test/", () => {
    const rooms = foldersOf("provider");
    assert.deepEqual(
      foldersOf("test").filter((folder) => !rooms.includes(folder)),
      Object.keys(otherTests).sort(),
    );
  });

  it("has no circle of imports in provider/, those of types included, which lint passes over", () => {
    const files = filesOf("provider").filter(
      (file) => /(?<!\.d)\.ts$/.test(file) && !/\/(node_modules|bin)\//.test(file),
    );
    const known = new Set(files);
    const importsOf = new Map(
      files.map((file) => [
        file,
        ts
          .preProcessFile(readFileSync(file, "utf8"))
          .importedFiles.map(({ fileName }) => path.resolve(path.dirname(file), fileName))
          .flatMap((target) =>
            [`${target}.ts`, path.join(target, "index.ts")].filter((one) => known.has(one)),
          ),
      ]),
    );
    assert.ok([...importsOf.values()].flat().length > files.length, "imports are found");
    // Files that import nothing of what is left are in no circle, so what stays at the end imports each other.
    for (let found = true; found;) {
      const free = [...importsOf].filter(([, targets]) => !targets.some((target) => importsOf.has(target)));
      free.forEach(([file]) => importsOf.delete(file));
      found = free.length > 0;
    }
    assert.deepEqual(
      [...importsOf.keys()].map((file) => path.relative(repository, file)),
      [],
    );
  });
});
