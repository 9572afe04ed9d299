import assert from "node:assert/strict";
import path from "node:path";
import { type LicensingPlan, recordOperation } from "../../provider/machine/licensing-plan";
import { decodeAnswer, encodePlan } from "../../provider/machine/licensing-script";
import { installPlan, labKey } from "./plans";
import { hasPwsh, type StandIns, startStandIns } from "./pwsh";
import { activate, windowsServer } from "./windows-server";

const scriptPath = path.join(__dirname, "../../provider/machine/licensing.ps1");

let standIns: StandIns;
const runScript = (model: object, plan: LicensingPlan) =>
  standIns.run(model, { script: scriptPath, plan: encodePlan(plan), productKey: labKey });

describe(`reservations of machine/licensing.ps1 in pwsh${hasPwsh ? "" : " (skipped: no pwsh)"}`, function () {
  this.timeout(60_000);
  before(function () {
    if (!hasPwsh) {
      this.skip();
    }
    standIns = startStandIns();
  });
  after(() => standIns?.stop());

  const id = `${"0123456789abcdef".repeat(2)}-00000000000a`;
  const reserved = (revoke?: string[]): LicensingPlan => {
    const plan = { ...installPlan, operations: [installPlan.operations[0], activate] };
    return {
      ...plan,
      reservation: { id, operation: "activate" },
      ...(revoke && { revoke }),
      read: { ...plan.read, reservations: true },
    };
  };

  it("records a reserved activation directly before and after it, on the disk", async () => {
    const model = windowsServer();
    model.registryMissing = true;
    const { stdout, log } = await runScript(model, reserved());
    const { operations, reservations } = decodeAnswer(stdout, "kms1");
    assert.deepEqual(
      operations.map(({ result }) => result),
      ["done", "done"],
    );
    assert.deepEqual(reservations, { [id]: "done" });
    const written = "New-ItemProperty MultiString String[], Flush";
    assert.equal(
      log,
      `InstallProductKey String, New-Item HKLM:\\SOFTWARE\\pulumi-windows-kms, ${written}, Activate, ${written}`,
    );
  });

  it("records how a reserved activation failed, and keeps the newest eight", async () => {
    const model = windowsServer();
    model.failures.Activate = "0xc004c008";
    model.registry.Reservations = Array.from({ length: 9 }, (_, index) => `old-${index} done`);
    const { reservations } = decodeAnswer((await runScript(model, reserved())).stdout, "kms1");
    assert.deepEqual(Object.entries(reservations!), [
      [id, "failed 0xC004C008"],
      ...Array.from({ length: 7 }, (_, index) => [`old-${index}`, "done"]),
    ]);
  });

  it("records nothing of an activation that is skipped", async () => {
    const model = windowsServer();
    model.products[1].PartialProductKey = "LAB22";
    model.products[1].LicenseStatus = 1;
    const { stdout, log } = await runScript(model, reserved());
    assert.deepEqual(decodeAnswer(stdout, "kms1").reservations, {});
    assert.equal(log, "");
  });

  for (const [denied, hresult] of [
    ["read", "0x80004005"],
    ["write", "0x80070005"],
  ] as const) {
    it(`does not activate where it may not ${denied} its record`, async () => {
      const model = windowsServer();
      model.registryDenied = denied;
      const plan = reserved();
      plan.read.reservations = false;
      const { stdout, log } = await runScript(model, plan);
      assert.deepEqual(decodeAnswer(stdout, "kms1").operations.at(-1), {
        id: recordOperation,
        result: "failed",
        hresult,
      });
      assert.ok(!log.includes("Activate"), log);
    });
  }

  it("leaves the machine as it is where its reservation was revoked before", async () => {
    const model = windowsServer();
    model.registry.Reservations = [`${id} revoked`];
    const { stdout, log } = await runScript(model, reserved());
    assert.deepEqual(decodeAnswer(stdout, "kms1").operations, [
      { id: recordOperation, result: "failed", hresult: "0x800704C7" },
    ]);
    assert.equal(log, "");
  });

  it("refuses a reservation that was revoked, and revokes none that has begun", async () => {
    const model = windowsServer();
    const other = id.replace(/a$/, "b");
    model.registry.Reservations = [`${other} started`];
    const watching: LicensingPlan = { ...installPlan, operations: [], revoke: [id, other] };
    watching.read = { ...watching.read, reservations: true };
    const seen = decodeAnswer((await runScript(model, watching)).stdout, "kms1").reservations;
    assert.deepEqual(seen, { [id]: "revoked", [other]: "started" });
    model.registry.Reservations = [`${id} revoked`];
    const { stdout, log } = await runScript(model, reserved());
    assert.deepEqual(decodeAnswer(stdout, "kms1").operations.at(-1), {
      id: recordOperation,
      result: "failed",
      hresult: "0x800704C7",
    });
    assert.ok(!log.includes("Activate"), log);
  });
});
