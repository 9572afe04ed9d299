import assert from "node:assert/strict";
import { ensureHostPlan } from "../../../provider/host/plan";
import { defaultSettings } from "../../../provider/host/settings";
import { failedOperation } from "../../../provider/machine/licensing-answer";
import type { GuardedOperation, LicensingPlan, Scalar } from "../../../provider/machine/licensing-plan";
import { decodeAnswer } from "../../../provider/machine/licensing-script";
import { hostKey, group2022, server2022 } from "../../lab/windows/test-lab";
import { activate, installPlan, labKey } from "../plans";
import { buildMachine, type MachineState } from "./lab-states";
import { labWindows } from "./lab-windows";
import { scriptRunner, standInsForSuite } from "./licensing-script";
import { describeInPowerShell } from "./powershell";
import { cimFailure, CommandFailure, win32Failure, type Windows } from "./windows";
import { firewallRule, type Model, modelWindows, windowsServer } from "./windows-server";

const planOf = (
  operations: GuardedOperation[],
  read: Partial<LicensingPlan["read"]> = {},
): LicensingPlan => ({
  ...installPlan,
  operations,
  read: { ...installPlan.read, ...read },
});
const method = (name: string, more: Partial<GuardedOperation> = {}): GuardedOperation => ({
  id: name,
  on: "service",
  method: name,
  ...more,
});
const allowPort: GuardedOperation = {
  id: "allowPort",
  on: "firewall",
  method: "Allow",
  arguments: { Name: "own", Port: 1690, Profiles: "Domain,Private,Public" },
};
const installRole: GuardedOperation = {
  id: "installRole",
  on: "feature",
  method: "Install",
  arguments: { Name: "VolumeActivation" },
};
const dotNet = (hresult: number, more = {}) =>
  new CommandFailure("System.InvalidOperationException", "NotSpecified", "Es ging nicht", {
    hresult,
    ...more,
  });

describeInPowerShell("operations of machine/licensing.ps1", () => {
  const run = scriptRunner(standInsForSuite());
  const answerOf = async (model: Model, plan: LicensingPlan, more = {}) => {
    const { status, stdout, stderr } = await run(modelWindows(model), plan, { productKey: labKey }, more);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    return decodeAnswer(stdout, "kms1");
  };
  const failureOf = async (model: Model, operation: GuardedOperation, more = {}) =>
    failedOperation(await answerOf(model, planOf([operation]), more));

  const key = hostKey(group2022);
  const state: MachineState = {
    system: server2022,
    domain: "corp.example",
    published: false,
    inAzure: false,
    conditions: {},
    office: [],
    packs: [],
    history: [],
  };
  const ensure = (changes: Partial<typeof defaultSettings> = {}) => ({
    plan: ensureHostPlan({
      activation: "online",
      partialProductKey: key.slice(-5),
      settings: { values: { ...defaultSettings, ...changes } },
    }),
    secrets: { productKey: key },
  });
  const changesOf = async (history: ReturnType<typeof ensure>[], next: ReturnType<typeof ensure>) => {
    const { machine, world, now } = buildMachine({ ...state, history });
    const { log } = await run(labWindows(machine, world, now), next.plan, next.secrets);
    return log.split(", ").filter((change) => !/^(New|Remove)-Item/.test(change) && change !== "");
  };

  it("S04: calls declared methods with uint32 and Boolean arguments, or with none", async () => {
    const changed = await changesOf([], ensure({ port: 1690, lowPriority: true, dnsPublishing: false }));
    assert.deepEqual(
      changed.filter(
        (change) => /^(Set|Enable|Disable|Activate|Install)/.test(change) && !/Firewall/.test(change),
      ),
      [
        "InstallProductKey String",
        "DisableKeyManagementServiceDnsPublishing Boolean",
        "Activate",
        "SetKeyManagementServiceListeningPort UInt32",
        "EnableKeyManagementServiceLowPriority Boolean",
      ],
    );
  });

  it("S06: works with the plan alone, and passes an empty secret", async () => {
    const passed: Record<string, Scalar>[] = [];
    const windows: Windows = {
      ...modelWindows(windowsServer()),
      invoke: (_class, _key, _method, args) => passed.push(args) - 1,
    };
    const { stdout } = await run(windows, installPlan);
    assert.equal(decodeAnswer(stdout, "kms1").operations[0].result, "done");
    assert.deepEqual(passed, [{ ProductKey: "" }]);
  });

  const codes: [name: string, failure: CommandFailure, hresult: string][] = [
    ["HRESULT of CIM", cimFailure("0xc004f074"), "0xC004F074"],
    ["error of Win32", win32Failure(1722), "0x800706BA"],
    [
      "result of CIM's interface",
      new CommandFailure("MI RESULT 2", "PermissionDenied", "nein"),
      "0x80041003",
    ],
  ];
  it("S07: gives the HRESULT that an error's identifier or a return value has", async () => {
    for (const [name, failure, hresult] of codes) {
      const model = windowsServer();
      model.failures.Activate = failure;
      assert.equal((await failureOf(model, activate))?.hresult, hresult, name);
    }
    const returned = windowsServer();
    returned.returns.Activate = 0xc004f038;
    assert.equal((await failureOf(returned, activate))?.hresult, "0xC004F038");
  });

  it("S08: names a command that Windows lacks", async () => {
    const missing = ["Install-WindowsFeature"];
    const failed = await failureOf(windowsServer(), installRole, { missing });
    assert.match(failed?.hresult ?? "", /^0x8[0-9A-F]{7}$/);
    assert.match(failed?.detail ?? "", /^CommandNotFoundException: .*Install-WindowsFeature/);
  });

  it("S09: gives the code of the inner exception where .NET has none of its own", async () => {
    const model = windowsServer();
    model.failures.Activate = dotNet(0x80131501, { innerHresult: 0x80070005 });
    assert.equal((await failureOf(model, activate))?.hresult, "0x80070005");
  });

  it("S10: tells failures of a feature apart, and refuses one that Windows lacks", async () => {
    const thrown = windowsServer();
    thrown.failures["Install-WindowsFeature"] = new CommandFailure(
      "DISMAPI_Error__Cbs_Download_Failure",
      "NotSpecified",
      "Quelle fehlt",
    );
    assert.match(
      (await failureOf(thrown, installRole))?.detail ?? "",
      /^DISMAPI_Error__Cbs_Download_Failure/,
    );
    const unsuccessful: Windows = { ...modelWindows(windowsServer()), installFeature: () => false };
    const { stdout } = await run(unsuccessful, planOf([installRole]));
    assert.equal(failedOperation(decodeAnswer(stdout, "kms1"))?.hresult, "0x80004005");
    const client = windowsServer();
    client.Win32_OperatingSystem.ProductType = 1;
    const answer = await answerOf(client, planOf([installRole]));
    assert.deepEqual(failedOperation(answer), { id: "installRole", hresult: "0x80070057" });
    assert.deepEqual(answer.features, { VolumeActivation: "unsupported" });
  });

  it("S11: stops at the first failure, also of a condition, and reads back all the same", async () => {
    const model = windowsServer();
    model.failures.Activate = cimFailure("0xc004f038");
    const stopped = await answerOf(model, planOf([activate, installPlan.operations[0]]));
    assert.deepEqual(
      stopped.operations.map(({ id, result }) => [id, result]),
      [["activate", "failed"]],
    );
    assert.equal(stopped.product?.PartialProductKey, "6VM33");
    const blind = windowsServer();
    blind.failures["Get-WindowsFeature"] = dotNet(0x80131509);
    const guarded: GuardedOperation = {
      ...installRole,
      unless: [{ on: "feature", property: "VolumeActivation", is: "Installed" }],
    };
    const unread = await answerOf(blind, planOf([installPlan.operations[0], guarded, activate]));
    assert.deepEqual(
      unread.operations.map(({ id, result }) => [id, result]),
      [
        ["installKey", "done"],
        ["installRole", "failed"],
      ],
    );
    assert.equal(unread.product?.PartialProductKey, "LAB22");
    assert.deepEqual(unread.features, { VolumeActivation: "unknown" });
    assert.deepEqual(
      unread.unreadable?.map(({ target, name }) => [target, name]),
      [["feature", "VolumeActivation"]],
    );
  });

  it("S12: refreshes the licenses after the key and after the activation, before the settings", async () => {
    const changed = await changesOf([], ensure({ activationIntervalMinutes: 15 }));
    const steps = ["InstallProductKey String", "RefreshLicenseStatus", "Activate", "RefreshLicenseStatus"];
    const seen = changed.filter((change) => steps.includes(change) || change.startsWith("SetVL"));
    assert.deepEqual(seen, [...steps, "SetVLActivationInterval UInt32"]);
  });

  it("S13: restarts the licensing service once, after all settings that changed", async () => {
    const changed = await changesOf([ensure()], ensure({ port: 1690, lowPriority: true }));
    const restarts = changed.filter((change) => change.startsWith("Restart-Service"));
    assert.deepEqual(restarts, ["Restart-Service sppsvc"]);
    const restart = changed.indexOf("Restart-Service sppsvc");
    assert.ok(restart > changed.indexOf("SetKeyManagementServiceListeningPort UInt32"));
    assert.ok(restart > changed.indexOf("EnableKeyManagementServiceLowPriority Boolean"));
  });

  it("S14: changes and restarts nothing on a machine in the desired state", async () => {
    assert.deepEqual(await changesOf([ensure({ port: 1690 })], ensure({ port: 1690 })), []);
  });

  it("S15: takes a stored port of 0 for 1688", async () => {
    const { plan, secrets } = ensure();
    const { machine, world, now } = buildMachine({ ...state, history: [{ plan, secrets }] });
    assert.equal(machine.hostSettings.listeningPort, 0);
    const { log } = await run(labWindows(machine, world, now), plan, secrets);
    assert.equal(log, "");
  });

  it("S16: makes its rule admit every client, whatever was changed of it", async () => {
    const model = windowsServer();
    model.rules.own = firewallRule("own", { remoteAddress: ["LocalSubnet"], profile: 1, protocol: "UDP" });
    await answerOf(model, planOf([allowPort]));
    assert.deepEqual(
      model.rules.own,
      firewallRule("own", { enabled: true, localPort: ["1690"], profile: 7 }),
    );
  });

  it("S18: makes a rule that is not there, and reports one that is refused", async () => {
    const model = windowsServer();
    const created = await run(modelWindows(model), planOf([allowPort]));
    assert.equal(created.log, "New-NetFirewallRule own");
    assert.match(model.rules.own.displayName, /\S/);
    assert.equal((await run(modelWindows(model), planOf([allowPort]))).log, "Set-NetFirewallRule own");
    for (const rules of [{}, { own: firewallRule("own") }]) {
      const refused = windowsServer();
      Object.assign(refused, { rules });
      refused.failures.putRule = win32Failure(5, "PermissionDenied");
      assert.equal((await failureOf(refused, allowPort))?.hresult, "0x80070005");
    }
  });

  it("S20: reads anew after an operation, and once for the conditions of one", async () => {
    const step = (id: string) =>
      method("RefreshLicenseStatus", {
        id,
        unless: [
          { on: "service", property: "Version", isNot: "none" },
          { on: "service", property: "VLRenewalInterval", is: 1 },
        ],
      });
    const nothing = { service: [], product: [], features: [], firewall: [], events: false };
    const { calls } = await run(modelWindows(windowsServer()), planOf([step("one"), step("two")], nothing));
    const reads = calls.filter(({ about }) => about === "SoftwareLicensingService");
    assert.equal(reads.length, 2);
  });
});
