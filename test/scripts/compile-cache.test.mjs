import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inRepository } from "../../scripts/shared/repository.mjs";

describe("the modules that all processes of the tests compile once", function () {
  this.timeout(60_000);
  /** @type {string} */
  let folder;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "kms-compiled-")));
    cpSync(inRepository("scripts/compile-cache.cjs"), path.join(folder, "scripts/compile-cache.cjs"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (/** @type {string} */ name, /** @type {string} */ text) => {
    const file = path.join(folder, "node_modules", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const run = (/** @type {string} */ file) => {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const args = ["--require", path.join(folder, "scripts/compile-cache.cjs"), file];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
    return { status, stdout, stderr };
  };
  const plain = (/** @type {string} */ file) => {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8", env });
    return { status, stdout, stderr };
  };
  const kept = () =>
    readdirSync(path.join(folder, "node_modules/.cache"), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    ).length;

  it("see what they see without it, the first time and later", () => {
    write("other/index.js", "exports.loaded = module.loaded; exports.parent = require.main.filename;");
    const text = `#!/usr/bin/env node
      const other = require("other");
      const place = /main\\.js:\\d+:\\d+/.exec(new Error().stack)[0];
      const seen = [other, require.main === module, this === exports, __filename, __dirname, place];
      const found = [require.resolve("other"), require.resolve.paths("x"), Object.keys(require.cache).slice(-2)];
      import("node:path").then(({ sep }) => console.log(JSON.stringify([seen, found, sep])));`;
    const main = write("main.js", text);
    const withoutImport = write("plain/main.js", text.replace(/import\(.*/, "console.log(seen, found);"));
    for (const file of [main, withoutImport]) {
      const expected = plain(file);
      assert.equal(expected.status, 0, expected.stderr);
      assert.deepEqual(run(file), expected);
      assert.deepEqual(run(file), expected);
    }
  });

  it("tell the place of a fault as they do without it", () => {
    for (const text of ["null.x;", "\nnull.x;", "const = 1;"]) {
      const file = write("faulty.js", text);
      const expected = plain(file);
      assert.equal(expected.status, 1);
      const place = (/** @type {{ stderr: string }} */ { stderr }) => stderr.split("\n").slice(0, 5);
      assert.deepEqual(place(run(file)), place(expected));
      assert.deepEqual(place(run(file)), place(expected));
    }
  });

  it("are compiled again when they change, and only then", function () {
    if (Number(process.versions.node.split(".")[0]) >= 22) {
      this.skip(); // Node.js itself keeps them.
    }
    const file = write("main.js", "console.log(1);");
    assert.equal(run(file).stdout, "1\n");
    assert.equal(kept(), 1);
    assert.equal(run(file).stdout, "1\n");
    assert.equal(kept(), 1);
    write("main.js", "console.log(2);");
    assert.equal(run(file).stdout, "2\n");
    assert.equal(kept(), 2);
  });
});
