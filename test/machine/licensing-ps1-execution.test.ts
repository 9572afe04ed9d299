import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { type GuardedOperation, type LicensingPlan } from "../../provider/machine/licensing-plan";
import { decodeAnswer, encodePlan } from "../../provider/machine/licensing-script";
import { installPlan, labKey } from "./plans";

const hasPwsh = spawnSync("pwsh", ["-NoProfile", "-Command", "exit 0"]).status === 0;
const scriptPath = path.join(__dirname, "../../provider/machine/licensing.ps1");
const applicationId = installPlan.applicationId;

/** A fresh Windows Server with an add-on license besides its own. */
const windowsServer = () => ({
  windows: {
    Win32_OperatingSystem: { ProductType: 3 },
    Win32_ComputerSystem: { DNSHostName: "kms1-büro", PartOfDomain: true, Domain: "corp.example" },
    Win32_ComputerSystemProduct: { UUID: "5F0C1D1E-0D5B-4F1E-9D43-5A7A3F1F0C55" },
    version: { CurrentBuild: "20348", UBR: 2322, EditionID: "ServerDatacenter" },
  },
  service: { VLRenewalInterval: 10080, KeyManagementServiceListeningPort: 0 },
  products: [
    { ApplicationID: applicationId, PartialProductKey: "ADDON", LicenseIsAddon: true, LicenseStatus: 1 },
    { ApplicationID: applicationId, PartialProductKey: "6VM33", LicenseIsAddon: false, LicenseStatus: 0 },
  ],
  features: { VolumeActivation: "Available" },
  rules: {
    "SPPSVC-In-TCP": {
      Enabled: "False",
      Direction: "Inbound",
      Action: "Allow",
      Profile: 0,
      LocalPort: "1688",
    },
  } as Record<string, object>,
  events: {} as Record<string, string>,
  failures: {} as Record<string, string>,
  returns: {} as Record<string, number>,
});

type Model = ReturnType<typeof windowsServer>;

function runScript(model: Model, plan: LicensingPlan) {
  const { status, stdout, stderr } = spawnSync(
    "pwsh",
    ["-NoProfile", "-NonInteractive", "-File", path.join(__dirname, "stand-ins.ps1")],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        LICENSING_MODEL: JSON.stringify(model),
        LICENSING_SCRIPT: scriptPath,
        LICENSING_PLAN: encodePlan(plan),
        LICENSING_KEY: labKey,
      },
    },
  );
  return { status, stdout, stderr, log: /log: (.*)/.exec(stderr)?.[1] };
}

const withOperations = (...operations: GuardedOperation[]): LicensingPlan => ({ ...installPlan, operations });
const install = installPlan.operations[0];
const activate: GuardedOperation = {
  id: "activate",
  on: "product",
  method: "Activate",
  unless: [{ on: "product", property: "LicenseStatus", is: 1 }],
};

describe(`machine/licensing.ps1 in pwsh${hasPwsh ? "" : " (skipped: no pwsh)"}`, function () {
  this.timeout(60_000);
  before(function () {
    if (!hasPwsh) {
      this.skip();
    }
  });

  it("changes what is not as wanted, and tells what it did in one document", () => {
    const model = windowsServer();
    model.events["12289"] = "0x00000000, 0x00000000, 1, 0, 26";
    const { stdout, log } = runScript(model, withOperations(install, activate));
    assert.match(stdout, /^\{"version":1,[\x20-\x7e]*\}\r?\n$/);
    assert.ok(stdout.length < 4096);
    const answer = decodeAnswer(stdout, "kms1");
    assert.deepEqual(answer.operations, [
      { id: "installKey", result: "done" },
      { id: "activate", result: "done" },
    ]);
    assert.equal(log, "InstallProductKey String, Activate");
    assert.equal(answer.machine.name, "kms1-büro");
    assert.equal(answer.machine.osBuild, "20348.2322");
    assert.equal(answer.machine.uuid, "5f0c1d1e-0d5b-4f1e-9d43-5a7a3f1f0c55");
    assert.deepEqual(answer.product, { PartialProductKey: "LAB22", LicenseStatus: 1 });
    assert.deepEqual(answer.features, { VolumeActivation: "Available" });
    assert.deepEqual(answer.firewall, { "SPPSVC-In-TCP": "disabled:1688:Domain,Private,Public" });
    assert.deepEqual(answer.events, { response: "0x00000000, 0x00000000, 1, 0, 26" });
  });

  it("skips what is as wanted, and what was to follow it", () => {
    const model = windowsServer();
    model.products[1].PartialProductKey = "lab22";
    const follow: GuardedOperation = { id: "refresh", on: "service", method: "RefreshLicenseStatus" };
    const plan = withOperations(install, { ...follow, onlyAfter: "installKey" });
    const { stdout, log } = runScript(model, plan);
    assert.deepEqual(
      decodeAnswer(stdout, "kms1").operations.map(({ result }) => result),
      ["skipped", "skipped"],
    );
    assert.equal(log, "");
  });

  it("stops at the first failure with its HRESULT, and reads back all the same", () => {
    const thrown = windowsServer();
    thrown.failures.Activate = "0xc004f038";
    const { stdout } = runScript(thrown, withOperations(activate, install));
    const answer = decodeAnswer(stdout, "kms1");
    assert.deepEqual(answer.operations, [{ id: "activate", result: "failed", hresult: "0xC004F038" }]);
    assert.equal(answer.product?.PartialProductKey, "6VM33");
    const returned = windowsServer();
    returned.returns.Activate = 0xc004f074;
    assert.deepEqual(decodeAnswer(runScript(returned, withOperations(activate)).stdout, "kms1").operations, [
      { id: "activate", result: "failed", hresult: "0xC004F074" },
    ]);
  });

  it("fails a product's method where there is no product", () => {
    const model = windowsServer();
    model.products = [];
    const answer = decodeAnswer(runScript(model, withOperations(activate)).stdout, "kms1");
    assert.deepEqual(answer.operations, [{ id: "activate", result: "failed", hresult: "0xC004F014" }]);
    assert.equal(answer.product, null);
  });

  it("passes numbers as uint32", () => {
    const set: GuardedOperation = {
      id: "set",
      on: "service",
      method: "SetVLRenewalInterval",
      arguments: { RenewalInterval: 43200 },
    };
    const plan = withOperations(set);
    plan.read = { ...plan.read, service: ["VLRenewalInterval", "Missing"] };
    const { stdout, log } = runScript(windowsServer(), plan);
    assert.equal(log, "SetVLRenewalInterval UInt32");
    assert.deepEqual(decodeAnswer(stdout, "kms1").service, { VLRenewalInterval: 43200, Missing: null });
  });

  it("installs a feature, and opens the firewall by a rule that exists or a new one", () => {
    const allow = (id: string, Name: string, Port: number): GuardedOperation => ({
      id,
      on: "firewall",
      method: "Allow",
      arguments: { Name, Port, Profiles: "Domain,Private" },
    });
    const plan = withOperations(
      { id: "role", on: "feature", method: "Install", arguments: { Name: "VolumeActivation" } },
      allow("own", "SPPSVC-In-TCP", 1688),
      allow("new", "other", 1700),
    );
    plan.read = {
      ...plan.read,
      features: ["VolumeActivation", "None"],
      firewall: ["SPPSVC-In-TCP", "other", "none"],
    };
    const answer = decodeAnswer(runScript(windowsServer(), plan).stdout, "kms1");
    assert.deepEqual(answer.features, { VolumeActivation: "Installed", None: "unsupported" });
    assert.deepEqual(answer.firewall, {
      "SPPSVC-In-TCP": "enabled:1688:Domain,Private",
      other: "enabled:1700:Domain,Private",
      none: "absent",
    });
  });

  it("ends with exit code 1 when the plan is none, and never prints the key", () => {
    const model = windowsServer();
    const broken = { ...installPlan, applicationId: labKey };
    const { status, stdout, stderr } = runScript(model, broken);
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.ok(!stderr.includes(labKey));
  });
});
