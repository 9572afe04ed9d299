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
    cpSync(inRepository("scripts/quick-modules.cjs"), path.join(folder, "scripts/quick-modules.cjs"));
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
    const args = ["--require", path.join(folder, "scripts/quick-modules.cjs"), file];
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

  it("are loaded at once, but for those that the SDK seldom uses", () => {
    const text =
      'console.log("loaded"); exports.answer = 42; exports.ask = function () { return this.answer; };';
    write("typescript/index.js", text);
    write("normalize-package-data/index.js", text);
    write("@pulumi/pulumi/automation/index.js", `exports.__esModule = true; exports.default = 1; ${text}`);
    const files = [
      ["@pulumi/pulumi/typescript-shim.js", "typescript", "object"],
      ["@pulumi/pulumi/runtime/closure/codePaths.js", "normalize-package-data", "object"],
      ["@pulumi/pulumi/index.js", "./automation", "number"],
    ];
    for (const [file, module, typeOfDefault] of files) {
      write(file, `module.exports = require("${module}");`);
      const use = "console.log(late.__esModule, late.ask(), late.missing, typeof late.default);";
      const { stdout } = run(write("main.js", `const late = require("${file}"); console.log("at"); ${use}`));
      assert.equal(stdout, `at\nloaded\ntrue 42 undefined ${typeOfDefault}\n`);
    }
    write("other/typescript-shim.js", 'module.exports = require("typescript");');
    const { stdout } = run(write("main.js", 'require("other/typescript-shim.js"); console.log("used");'));
    assert.equal(stdout, "loaded\nused\n");
  });

  it("note no stack of the SDK's promises", () => {
    const sdk = `exports.debuggablePromise = (promise) => Object.assign(promise, { stack: new Error("noted").stack });`;
    write("@pulumi/pulumi/runtime/debuggable.js", sdk);
    write("@pulumi/pulumi/runtime/index.js", 'module.exports = require("./debuggable");');
    write(
      "@pulumi/pulumi/index.js",
      'require("./runtime"); module.exports = require("./runtime/debuggable");',
    );
    const use = `const { stack } = require("@pulumi/pulumi").debuggablePromise(Promise.resolve());
      console.log(stack, new Error("after").stack.split("\\n").length > 1);`;
    assert.equal(run(write("main.js", use)).stdout, "Error: noted true\n");
  });

  it("are missed where they are loaded, those too that are used late", () => {
    write("@pulumi/pulumi/typescript-shim.js", 'module.exports = require("typescript");');
    const file = write("main.js", 'require("@pulumi/pulumi/typescript-shim.js");');
    const { status, stderr } = run(file);
    assert.equal(status, 1);
    assert.match(stderr, /Cannot find module 'typescript'/);
  });
});
