import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { FleetReport } from "../../provider/report/fleet-report";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const program = kmsProgram(`
const host = new KMSHost("kms", hostArgs);
new KMSClientGroup("web", { hosts: [host], ...groupArgs });
`);

const cli = path.resolve(__dirname, "../../bin/provider/cli/main.js");

describe("status of a stack on the real engine", function () {
  this.timeout(180_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "status", program);
    stack.setConfig("adminPassword", adminPassword, true);
    stack.setConfig("kmsHostKey", labHostKey, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const status = async (...argv: string[]) => {
    const env = { ...stack.env, NO_COLOR: "1" };
    return promisify(execFile)(process.execPath, [cli, "status", ...argv], { cwd: stack.folder, env });
  };

  it("needs neither outputs of the program nor its passphrase, and shows no secret", async () => {
    const before = await status();
    assert.match(before.stdout, /no KMS host and no client group in this stack\n$/);
    const { ok, text } = await stack.up();
    assert.ok(ok, text);

    const { stdout: json } = await status("--json", "--exit-code");
    const report = JSON.parse(json) as FleetReport;
    assert.deepEqual([report.stack.project, report.stack.name], ["status", "test"]);
    assert.deepEqual(report.summary.memberCounts, { Licensed: 5 });
    const [host] = report.hosts;
    assert.deepEqual(
      [host.name, host.licenseStatus, host.partialProductKey, host.currentCount],
      ["kms", "Licensed", "N2W2K", 5],
    );
    assert.deepEqual([host.servers?.missing, host.windowsClients?.missing], [0, 20]);
    const [key] = report.keys;
    assert.deepEqual(
      [key.source, key.hostsUsed, key.hostLimit, key.ledger],
      ["ledger", 1, 6, "file://./kms-ledger"],
    );
    assert.deepEqual(
      key.hosts.map(({ activationsSpent, activationsLeft }) => [activationsSpent, activationsLeft]),
      [[1, 9]],
    );
    assert.equal(
      report.expiries.reduce((sum, { members }) => sum + members, 0),
      5,
    );

    const page = path.join(stack.folder, "status.html");
    const table = await status("--html", page);
    assert.match(table.stdout, /^kms +\S+ +Licensed +N2W2K +5 +reached +20 missing$/m);
    assert.match(table.stdout, /client group web: 5 of 5 licensed/);
    const everything = [json, table.stdout, table.stderr, readFileSync(page, "utf8")].join("\n");
    for (const secret of [labHostKey, adminPassword, "ciphertext"]) {
      assert.ok(!everything.includes(secret), secret);
    }
  });

  it("fails with the message of the CLI for a stack that does not exist", async () => {
    await assert.rejects(status("--stack", "nowhere"), (error: { code: number; stderr: string }) => {
      assert.equal(error.code, 1);
      assert.match(error.stderr, /^error: KMS9011 `pulumi stack export` failed in .*nowhere/);
      return true;
    });
  });
});
