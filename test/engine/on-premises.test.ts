import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { LabReport } from "../../provider/lab/run/lab-report";
import { findNamed } from "../../provider/lab/dns/find-named";
import { findSshd } from "../../provider/lab/ssh/lab-sshd";
import { labHostKey } from "./kms-program";

const missing = [findNamed() ? [] : ["named"], findSshd() ? [] : ["sshd"]].flat();
const skipped = missing.length === 0 ? "" : ` (skipped: no ${missing.join(", no ")})`;
const script = path.resolve(__dirname, "../../scripts/lab.mjs");

/** A TSIG secret of 32 bytes in base64, a private key, and the KMS host key. */
const secrets = [/[A-Za-z0-9+/]{43}=/, /PRIVATE KEY/, new RegExp(labHostKey)];

const processes = () => spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout.split("\n");

describe(`the example on-premises in the lab, on the real engine, OpenSSH and BIND${skipped}`, function () {
  this.timeout(300_000);
  /** For all temporary files of a run, so that what is left behind can be seen. */
  let folder: string;

  before(function () {
    if (missing.length > 0) {
      this.skip();
    }
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "on-premises-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the example; `interruptAt` is what the output says when Ctrl-C comes. */
  async function run(interruptAt?: string) {
    const child = spawn(process.execPath, [script, "--example", "on-premises", "--json"], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const looks: string[] = [];
    const timer = setInterval(() => looks.push(...ownProcesses()), 500);
    let log = "";
    let interrupted = false;
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      log += chunk;
      if (interruptAt !== undefined && !interrupted && log.includes(interruptAt)) {
        interrupted = true;
        child.kill("SIGINT");
      }
    });
    const [printed, [exitCode]] = await Promise.all([text(child.stdout), once(child, "close")]);
    clearInterval(timer);
    return { exitCode: exitCode as number, report: JSON.parse(printed) as LabReport, printed, log, looks };
  }

  /** Servers of the lab name a file of the run's folder. */
  const ownProcesses = () => processes().filter((line) => line.includes(folder));

  function expectNothingLeft() {
    assert.deepEqual(ownProcesses(), []);
    assert.deepEqual(
      readdirSync(folder).filter((name) => /^(kms-lab|pulumi-windows-kms)-/.test(name)),
      [],
    );
  }

  it("makes two KMS hosts and five licensed servers, changes nothing again, and removes all", async () => {
    const { exitCode, report, printed, log, looks } = await run();
    assert.equal(exitCode, 0, log);
    assert.deepEqual(
      report.steps.map(({ name, counts, labResources }) => [name, counts, labResources]),
      [
        ["preview", { create: 9 }, 0],
        ["up", { create: 9 }, 0],
        ["second up", { same: 9 }, 0],
        ["destroy", { delete: 9 }, 0],
      ],
    );
    assert.deepEqual(
      report.hosts.map(({ computerName, licenseStatus }) => [computerName, licenseStatus]).sort(),
      [
        ["kms1", "Licensed"],
        ["kms2", "Licensed"],
      ],
    );
    assert.deepEqual(
      report.members.map(({ group, status, host, key }) => [group, status, host, key]),
      Array.from({ length: 5 }, () => ["servers", "Licensed", "kms1.corp.example", "VMK7H"]),
    );
    assert.ok(
      looks.some((line) => line.includes("named")),
      "BIND was really running",
    );
    for (const secret of secrets) {
      assert.doesNotMatch(printed, secret);
      assert.doesNotMatch(log, secret);
      assert.ok(!looks.some((line) => secret.test(line)), "in the list of processes");
    }
    expectNothingLeft();
  });

  it("leaves no server and no file after Ctrl-C", async () => {
    const { exitCode, report, log } = await run("@ previewing update");
    assert.equal(exitCode, 130, log);
    assert.match(report.error ?? "", /^KMS7019 /);
    expectNothingLeft();
  });
});
