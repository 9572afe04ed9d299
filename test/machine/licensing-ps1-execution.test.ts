import assert from "node:assert/strict";
import { type GuardedOperation, type LicensingPlan } from "../../provider/machine/licensing-plan";
import { refusalOf } from "../../provider/machine/licensing-answer";
import { decodeAnswer, planParameter, productKeyParameter } from "../../provider/machine/licensing-script";
import { activate, installPlan, labKey } from "./plans";
import { scriptRunner, standInsForSuite } from "./pwsh/licensing-script";
import { describeInPowerShell } from "./pwsh/powershell";
import { cimFailure } from "./pwsh/windows";
import { type Model, modelWindows, windowsServer } from "./pwsh/windows-server";

const withOperations = (...operations: GuardedOperation[]): LicensingPlan => ({ ...installPlan, operations });
const install = installPlan.operations[0];

describeInPowerShell("machine/licensing.ps1", () => {
  const run = scriptRunner(standInsForSuite());
  const runScript = (model: Model, plan: LicensingPlan) =>
    run(modelWindows(model), plan, { productKey: labKey });

  it("changes what differs, and reports what it did in one document", async () => {
    const model = windowsServer();
    model.events.push({ id: 12289, values: ["0x00000000, 0x00000000, 1, 0, 26"] });
    const { stdout, log } = await runScript(model, withOperations(install, activate));
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

  it("skips what does not differ, and what was to follow it", async () => {
    const model = windowsServer();
    model.products[1].PartialProductKey = "lab22";
    const follow: GuardedOperation = { id: "refresh", on: "service", method: "RefreshLicenseStatus" };
    const plan = withOperations(install, { ...follow, onlyAfter: "installKey" });
    const { stdout, log } = await runScript(model, plan);
    assert.deepEqual(
      decodeAnswer(stdout, "kms1").operations.map(({ result }) => result),
      ["skipped", "skipped"],
    );
    assert.equal(log, "");
  });

  it("stops at the first failure with its HRESULT, and reads back all the same", async () => {
    const thrown = windowsServer();
    thrown.failures.Activate = cimFailure("0xc004f038");
    const { stdout } = await runScript(thrown, withOperations(activate, install));
    const answer = decodeAnswer(stdout, "kms1");
    const detail = "HRESULT 0xc004f038,Invoke-CimMethod: Ein Fehler, dessen Text niemand lesen soll";
    assert.deepEqual(answer.operations, [
      { id: "activate", result: "failed", hresult: "0xC004F038", detail },
    ]);
    assert.equal(answer.product?.PartialProductKey, "6VM33");
    const returned = windowsServer();
    returned.returns.Activate = 0xc004f074;
    assert.deepEqual(
      decodeAnswer((await runScript(returned, withOperations(activate))).stdout, "kms1").operations,
      [{ id: "activate", result: "failed", hresult: "0xC004F074" }],
    );
  });

  it("fails a product's method where there is no product", async () => {
    const model = windowsServer();
    model.products = [];
    const answer = decodeAnswer((await runScript(model, withOperations(activate))).stdout, "kms1");
    assert.deepEqual(answer.operations, [{ id: "activate", result: "failed", hresult: "0xC004F014" }]);
    assert.equal(answer.product, null);
  });

  it("passes numbers as uint32", async () => {
    const set: GuardedOperation = {
      id: "set",
      on: "service",
      method: "SetVLRenewalInterval",
      arguments: { RenewalInterval: 43200 },
    };
    const plan = withOperations(set);
    plan.read = { ...plan.read, service: ["VLRenewalInterval", "Missing"] };
    const { stdout, log } = await runScript(windowsServer(), plan);
    assert.equal(log, "SetVLRenewalInterval UInt32");
    assert.deepEqual(decodeAnswer(stdout, "kms1").service, { VLRenewalInterval: 43200, Missing: null });
  });

  it("installs a feature, and opens the firewall by a rule that exists or a new one", async () => {
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
    const answer = decodeAnswer((await runScript(windowsServer(), plan)).stdout, "kms1");
    assert.deepEqual(answer.features, { VolumeActivation: "Installed", None: "unsupported" });
    assert.deepEqual(answer.firewall, {
      "SPPSVC-In-TCP": "enabled:1688:Domain,Private",
      other: "enabled:1700:Domain,Private",
      none: "absent",
    });
  });

  const setupKeys = {
    setupKey: [
      { builds: [17763], editionIds: ["ServerDatacenter"], value: "NLABN-KMSNN-22222-NNNNN-LAB19" },
      { builds: [20348, 20349], editionIds: ["ServerStandard"], value: "NLABN-KMSNN-22222-NNNNN-STD22" },
      { builds: [20348, 20349], editionIds: ["serverdatacenter"], value: "NLABN-KMSNN-22222-NNNNN-DTC22" },
      { builds: [20348], editionIds: ["ServerDatacenter"], value: "NLABN-KMSNN-22222-NNNNN-LATER" },
    ],
  };
  const asFound: LicensingPlan = {
    ...withOperations({
      id: "installKey",
      on: "service",
      method: "InstallProductKey",
      selectedArguments: { ProductKey: "setupKey" },
      unless: [{ on: "product", property: "PartialProductKey", isEndOf: "setupKey" }],
    }),
    selections: setupKeys,
    refusals: [
      { id: "refuseSystem", unless: [{ on: "selection", property: "setupKey", isNot: "" }] },
      {
        id: "refuseKmsHost",
        unless: [{ on: "product", property: "ProductKeyChannel", isNot: ["Volume:CSVLK", "Other"] }],
      },
    ],
  };

  it("installs the key that its own build and edition select, once", async () => {
    const model = windowsServer();
    const { stdout, log } = await runScript(model, asFound);
    const answer = decodeAnswer(stdout, "kms1");
    assert.deepEqual(answer.operations, [{ id: "installKey", result: "done" }]);
    assert.equal(answer.product?.PartialProductKey, "DTC22");
    assert.equal(log, "InstallProductKey String");
    model.products[1].PartialProductKey = "dtc22";
    assert.deepEqual(decodeAnswer((await runScript(model, asFound)).stdout, "kms1").operations, [
      { id: "installKey", result: "skipped" },
    ]);
  });

  it("refuses a machine before anything is changed, and says what it found", async () => {
    const unlisted = windowsServer();
    unlisted.version.EditionID = "ServerStandardEval";
    const refused = await runScript(unlisted, asFound);
    const answer = decodeAnswer(refused.stdout, "kms1");
    assert.deepEqual(answer.operations, [{ id: "refuseSystem", result: "refused" }]);
    assert.equal(answer.machine.editionId, "ServerStandardEval");
    assert.deepEqual(answer.product, { PartialProductKey: "6VM33", LicenseStatus: 0 });
    assert.equal(refused.log, "");
    const host = windowsServer();
    host.products[1].ProductKeyChannel = "volume:csvlk";
    assert.deepEqual(decodeAnswer((await runScript(host, asFound)).stdout, "kms1").operations, [
      { id: "refuseKmsHost", result: "refused" },
    ]);
  });

  it("compares build, edition and product type of the machine", async () => {
    const declared = (build: number[], editionId: string, productType: number): LicensingPlan => ({
      ...withOperations(),
      refusals: [
        { id: "refuseBuild", unless: [{ on: "machine", property: "build", is: build }] },
        { id: "refuseEdition", unless: [{ on: "machine", property: "editionId", is: editionId }] },
        { id: "refuseType", unless: [{ on: "machine", property: "productType", is: productType }] },
      ],
    });
    const refusal = async (plan: LicensingPlan) =>
      refusalOf(decodeAnswer((await runScript(windowsServer(), plan)).stdout, "kms1"));
    assert.equal(await refusal(declared([17763, 20348], "SERVERDATACENTER", 3)), undefined);
    assert.equal(await refusal(declared([17763, 20344], "ServerDatacenter", 3)), "refuseBuild");
    assert.equal(await refusal(declared([20348], "ServerDatacenterCor", 3)), "refuseEdition");
    assert.equal(await refusal(declared([20348], "ServerDatacenter", 1)), "refuseType");
  });

  it("reads, writes and removes a list of strings in the registry", async () => {
    const list = "DnsDomainPublishList";
    const plan = (Strings: string): LicensingPlan => {
      const given = withOperations({
        id: "setDomains",
        on: "registry",
        method: "SetStrings",
        arguments: { Name: list, Strings },
        unless: [{ on: "registry", property: list, is: Strings }],
      });
      return { ...given, read: { ...given.read, registry: [list, "None"] } };
    };
    const two = "corp.example,0,0;lab.example,10,20";
    const model = windowsServer();
    const written = await runScript(model, plan(two));
    assert.equal(written.log, "New-ItemProperty MultiString Object[]");
    const answer = decodeAnswer(written.stdout, "kms1");
    assert.deepEqual(answer.operations, [{ id: "setDomains", result: "done" }]);
    assert.deepEqual(answer.registry, { [list]: two, None: null });
    model.registry[list] = ["Corp.example,0,0", "lab.example,10,20"];
    assert.equal(
      decodeAnswer((await runScript(model, plan(two))).stdout, "kms1").operations[0].result,
      "skipped",
    );
    assert.deepEqual(decodeAnswer((await runScript(model, plan(""))).stdout, "kms1").registry, {
      [list]: null,
      None: null,
    });
    const one = await runScript(model, plan("corp.example,0,0"));
    assert.equal(one.log, "New-ItemProperty MultiString Object[]");
    assert.equal(decodeAnswer(one.stdout, "kms1").registry?.[list], "corp.example,0,0");
  });

  it("ends with exit code 1 when the plan cannot be read, and never prints the key", async () => {
    const given = { [planParameter]: labKey, [productKeyParameter]: labKey };
    const { status, stdout, stderr } = await run(
      modelWindows(windowsServer()),
      installPlan,
      {},
      { parameters: given },
    );
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.ok(!stderr.includes(labKey));
    const broken = await runScript(windowsServer(), { ...installPlan, applicationId: labKey });
    const { product, unreadable } = decodeAnswer(broken.stdout, "kms1");
    assert.equal(product, null);
    assert.deepEqual(
      unreadable?.map(({ target, name }) => [target, name]),
      [["product", ""]],
    );
    assert.ok(!broken.stdout.includes(labKey));
  });
});
