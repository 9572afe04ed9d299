import assert from "node:assert/strict";
import { type LicensingPlan, recordOperation } from "../../provider/machine/licensing-plan";
import { decodeAnswer } from "../../provider/machine/licensing-script";
import { activate, installPlan, labKey } from "./plans";
import { scriptRunner, standInsForSuite } from "./pwsh/licensing-script";
import { describeInPowerShell } from "./pwsh/powershell";
import { cimFailure } from "./pwsh/windows";
import { type Model, modelWindows, windowsServer } from "./pwsh/windows-server";

describeInPowerShell("reservations of machine/licensing.ps1", () => {
  const run = scriptRunner(standInsForSuite());
  const runScript = (model: Model, plan: LicensingPlan) =>
    run(modelWindows(model), plan, { productKey: labKey });

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
    model.failures.Activate = cimFailure("0xc004c008");
    model.own = { Reservations: Array.from({ length: 9 }, (_, index) => `old-${index} done`) };
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

  for (const [denied, hresult, detail] of [
    ["read", "0x80004005", "System.Security.SecurityException,Get-ItemProperty: Zugriff verweigert"],
    ["write", "0x80070005", "System.UnauthorizedAccessException,New-Item: Zugriff verweigert"],
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
        detail,
      });
      assert.ok(!log.includes("Activate"), log);
    });
  }

  it("leaves the machine as it is where its reservation was revoked before", async () => {
    const model = windowsServer();
    model.own = { Reservations: [`${id} revoked`] };
    const { stdout, log } = await runScript(model, reserved());
    assert.deepEqual(decodeAnswer(stdout, "kms1").operations, [
      { id: recordOperation, result: "failed", hresult: "0x800704C7" },
    ]);
    assert.equal(log, "");
  });

  it("refuses a reservation that was revoked, and revokes none that has begun", async () => {
    const model = windowsServer();
    const other = id.replace(/a$/, "b");
    model.own = { Reservations: [`${other} started`] };
    const watching: LicensingPlan = { ...installPlan, operations: [], revoke: [id, other] };
    watching.read = { ...watching.read, reservations: true };
    const seen = decodeAnswer((await runScript(model, watching)).stdout, "kms1").reservations;
    assert.deepEqual(seen, { [id]: "revoked", [other]: "started" });
    model.own = { Reservations: [`${id} revoked`] };
    const { stdout, log } = await runScript(model, reserved());
    assert.deepEqual(decodeAnswer(stdout, "kms1").operations.at(-1), {
      id: recordOperation,
      result: "failed",
      hresult: "0x800704C7",
    });
    assert.ok(!log.includes("Activate"), log);
  });
});
