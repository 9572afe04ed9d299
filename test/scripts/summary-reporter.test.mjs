import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inRepository } from "../../scripts/shared/repository.mjs";

describe("the report of npm test", function () {
  this.timeout(60_000);
  /** @type {string} */
  let folder;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "kms-report-"));
    const suite =
      'describe("the script in PowerShell", () => { it.skip("reads", () => {}); it("works", () => {}); });';
    writeFileSync(path.join(folder, "suite.cjs"), suite);
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = (/** @type {Record<string, string>} */ env) => {
    const { PULUMI_WINDOWS_KMS_PWSH: _, ...others } = process.env;
    const reporter = inRepository("scripts/summary-reporter.cjs");
    const args = [inRepository("node_modules/mocha/bin/mocha.js"), "--no-config", "--reporter", reporter];
    return spawnSync(process.execPath, [...args, path.join(folder, "suite.cjs")], {
      encoding: "utf8",
      env: { ...others, ...env },
    });
  };

  it("names the tests that were skipped for want of PowerShell", () => {
    const { status, stdout } = run({});
    assert.equal(status, 0);
    assert.match(
      stdout,
      /skipped for want of PowerShell:\n {2}the script in PowerShell reads\n1 passed, 0 failed, 1 skipped\n$/,
    );
  });

  it("fails for them where there is a PowerShell", () => {
    assert.equal(run({ PULUMI_WINDOWS_KMS_PWSH: "/usr/bin/pwsh" }).status, 1);
  });
});
