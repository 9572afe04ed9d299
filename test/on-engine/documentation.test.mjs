import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { repository } from "../../scripts/shared/repository.mjs";
import { runNode } from "../../scripts/shared/run.mjs";
import { allBlocks, blocksOf, isWholeProgram, pages, placeOf } from "../docs/pages.mjs";

const require = createRequire(import.meta.url);
const { engineProgram } = require("./engine.ts");
const { linkModules } = require("./link-modules.ts");
const { startLab } = require("./lab.ts");
const { adminPassword, labHostKey } = require("./kms-program.ts");

describe("whole programs in the documentation, on the real engine", function () {
  this.timeout(240_000);
  let lab;

  before(async () => {
    lab = await startLab();
  });
  after(() => lab?.stop());

  const programs = allBlocks().filter(isWholeProgram);

  it("exist", () => {
    assert.ok(programs.length > 0);
  });

  for (const block of programs) {
    it(`do what their page says: ${placeOf(block)}`, async () => {
      const stack = await engineProgram(lab, "page", block.text, { language: "typescript" });
      try {
        await stack.setConfig("kmsHostKey", labHostKey, true);
        await stack.setConfig("adminPassword", adminPassword, true);
        const preview = await stack.preview();
        assert.ok(preview.ok, preview.text);
        const up = await stack.up();
        assert.ok(up.ok, up.text);
        assert.equal(up.outputs.licenseStatus.value, "Licensed");
        assert.deepEqual([...new Set(up.outputs.members.value.map(({ status }) => status))], ["Licensed"]);
        const again = await stack.up();
        assert.deepEqual(Object.keys(again.counts), ["same"], again.text);
        const destroyed = await stack.destroy();
        assert.ok(destroyed.ok, destroyed.text);
      } finally {
        await stack.remove();
      }
    });
  }
});

describe("tests in the documentation", function () {
  this.timeout(60_000);
  let folder;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "page-tests-"));
    await linkModules(repository, folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const withTests = pages
    .map((page) => ({ page, files: blocksOf(page).filter(({ file }) => file !== undefined) }))
    .filter(({ files }) => files.some(({ file }) => file.endsWith(".test.ts")));

  it("exist on one page", () => {
    assert.deepEqual(
      withTests.map(({ page }) => page),
      ["docs/how-to/unit-tests.md"],
    );
  });

  for (const { page, files } of withTests) {
    it(`pass: ${page}`, async () => {
      files.forEach(({ file, text }) => writeFileSync(path.join(folder, file), text));
      const mocha = path.join(repository, "node_modules/mocha/bin/mocha.js");
      const args = ["--require", "tsx/cjs", "--reporter", "json", "*.test.ts"];
      const { code, output } = await runNode(mocha, args, { cwd: folder, capture: true });
      assert.equal(code, 0, output);
      const { stats } = JSON.parse(output.slice(output.indexOf("{\n")));
      assert.equal(stats.passes, files.flatMap(({ text }) => text.match(/^\s*it\(/gm) ?? []).length);
    });
  }
});
