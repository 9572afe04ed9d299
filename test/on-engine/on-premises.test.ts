import assert from "node:assert/strict";
import { findNamed } from "../lab-run/servers/bind";
import { findSshd } from "../lab-run/servers/sshd";
import { expectNoSecrets, type LabRunner, labRunner, stepsOf } from "./lab-run";

const missing = [findNamed() ? [] : ["named"], findSshd() ? [] : ["sshd"]].flat();
const skipped = missing.length === 0 ? "" : ` (skipped: no ${missing.join(", no ")})`;

describe(`the example on-premises in the lab, on the real engine, OpenSSH and BIND${skipped}`, function () {
  this.timeout(300_000);
  let lab: LabRunner;

  before(function () {
    if (missing.length > 0) {
      this.skip();
    }
  });
  beforeEach(() => {
    lab = labRunner();
  });
  afterEach(() => lab.remove());

  it("makes two KMS hosts and five licensed servers, changes nothing again, and removes all", async () => {
    const result = await lab.run("on-premises");
    const { exitCode, report, log, looks } = result;
    assert.equal(exitCode, 0, log);
    assert.deepEqual(stepsOf(report), [
      ["preview", { create: 9 }, 0],
      ["up", { create: 9 }, 0],
      ["second up", { same: 9 }, 0],
      ["refresh", { same: 9 }, 0],
      ["preview", { same: 9 }, 0],
      ["destroy", { delete: 9 }, 0],
    ]);
    assert.deepEqual(
      report.hosts.map(({ computerName, licenseStatus }) => [computerName, licenseStatus]).sort(),
      [
        ["kms1", "Licensed"],
        ["kms2", "Licensed"],
      ],
    );
    assert.deepEqual(
      report.members.map(({ group, status, kmsHost, partialProductKey }) => [
        group,
        status,
        kmsHost,
        partialProductKey,
      ]),
      Array.from({ length: 5 }, () => ["servers", "Licensed", "kms1.corp.example", "VMK7H"]),
    );
    assert.deepEqual(
      report.keys.map(({ ledger }) => ledger),
      [{ hosts: 2, activations: 2, retired: 0 }],
    );
    assert.ok(
      looks.some((line) => line.includes("named")),
      "BIND was really running",
    );
    expectNoSecrets(result);
    lab.expectNothingLeft();
  });

  it("leaves no server and no file after Ctrl-C", async () => {
    const { exitCode, report, log } = await lab.run("on-premises", { interruptAt: "@ previewing update" });
    assert.equal(exitCode, 130, log);
    assert.match(report.error ?? "", /^KMS7019 /);
    lab.expectNothingLeft();
  });
});
