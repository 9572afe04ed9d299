import assert from "node:assert/strict";
import { memberState } from "../../../provider/group/member";
import type { Condition, LicensingPlan } from "../../../provider/machine/licensing-plan";
import { decodeAnswer } from "../../../provider/machine/licensing-script";
import { activate, installPlan, labKey } from "../plans";
import { scriptRunner, standInsForSuite } from "./licensing-script";
import { describeInPowerShell } from "./powershell";
import { CommandFailure, type FirewallRule, win32Failure } from "./windows";
import { firewallRule, type Model, modelWindows, product, windowsServer } from "./windows-server";

const nothing = { service: [], product: [], features: [], firewall: [], events: false };
const reading = (read: Partial<LicensingPlan["read"]>, more: Partial<LicensingPlan> = {}): LicensingPlan => ({
  ...installPlan,
  operations: [],
  read: { ...nothing, ...read },
  ...more,
});

describeInPowerShell("the answer of machine/licensing.ps1", () => {
  const run = scriptRunner(standInsForSuite());
  const confirmationId = "123456".repeat(8);
  const secrets = { productKey: labKey, confirmationId };
  const printed = async (model: Model, plan: LicensingPlan, more = {}) => {
    const { status, stdout, stderr } = await run(modelWindows(model), plan, secrets, more);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    return stdout.trimEnd();
  };
  const answerOf = async (model: Model, plan: LicensingPlan, more = {}) =>
    decodeAnswer(await printed(model, plan, more), "kms1");

  it("S03: has lists and objects whatever their size, members in order, and null without a product", async () => {
    const empty = windowsServer();
    empty.products = [];
    const none = await printed(empty, reading({}));
    assert.match(none, /^\{"version":1,"operations":\[\],"machine":\{"name":/);
    assert.match(none, /"service":\{\},"product":null,"features":\{\},"firewall":\{\},"events":\{\}\}$/);
    const one = await printed(windowsServer(), reading({}, { operations: [activate] }));
    assert.match(one, /^\{"version":1,"operations":\[\{"id":"activate","result":"done"\}\],/);
  });

  it("S05: hides the secrets in every spelling, wherever an error quotes them", async () => {
    const spellings = (secret: string) => [
      secret,
      secret.toLowerCase(),
      secret.replaceAll("-", ""),
      secret.replaceAll("-", " "),
      secret.slice(0, 17),
      JSON.stringify({ ProductKey: secret }),
    ];
    const message = [labKey, confirmationId].flatMap(spellings).join(" | ");
    const failure = new CommandFailure("System.InvalidOperationException", "NotSpecified", message);
    const plan = { ...installPlan, operations: [installPlan.operations[0], activate] };
    for (const where of [
      "InstallProductKey",
      "SoftwareLicensingService",
      "SoftwareLicensingProduct",
      "Win32_OperatingSystem",
      "Get-NetFirewallRule",
    ]) {
      const model = windowsServer();
      model.failures[where] = failure;
      const { stdout, stderr } = await run(modelWindows(model), plan, secrets);
      const shown = (stdout + stderr).toUpperCase();
      assert.ok(shown.includes("*****"), where);
      for (const part of ["NLABN", "22222", "NNNNN", "12345612"]) {
        assert.ok(!shown.includes(part), `${where}: ${stdout}${stderr}`);
      }
    }
  });

  it("N03: leaves a host name alone that looks like a product key", async () => {
    const model = windowsServer();
    model.Win32_ComputerSystem.DNSHostName = "kms01-azure-west1-prod1-corp1";
    const { machine } = await answerOf(model, reading({}));
    assert.equal(machine.name, "kms01-azure-west1-prod1-corp1");
  });

  it("N05: says of a firewall that cannot be asked that it is unknown", async () => {
    const model = windowsServer();
    model.failures["Get-NetFirewallRule"] = win32Failure(1753);
    const answer = await answerOf(model, reading({ firewall: ["own"] }));
    assert.deepEqual(answer.firewall, { own: "unknown" });
    const [{ target, name, hresult, detail }] = answer.unreadable!;
    assert.deepEqual({ target, name, hresult }, { target: "firewall", name: "own", hresult: "0x800706D9" });
    assert.match(detail, /^Windows System Error 1753,/);
  });

  it("S17: says which clients a firewall rule admits", async () => {
    const states: [Partial<FirewallRule>, string][] = [
      [{ enabled: true }, "enabled:1688:Domain,Private,Public"],
      [{ enabled: true, profile: 6 }, "enabled:1688:Private,Public"],
      [{ enabled: true, profile: 7 }, "enabled:1688:Domain,Private,Public"],
      [{ enabled: true, localPort: ["1688", "1690"] }, "enabled:1688,1690:Domain,Private,Public"],
      [
        { enabled: true, remoteAddress: ["LocalSubnet"] },
        "limited:1688:Domain,Private,Public:remote LocalSubnet",
      ],
      [{ enabled: true, protocol: "UDP" }, "limited:1688:Domain,Private,Public:protocol UDP"],
      [{ enabled: true, program: "C:\\x.exe" }, "limited:1688:Domain,Private,Public:program C:\\x.exe"],
      [
        { enabled: true, program: "%SystemRoot%\\system32\\sppextcomobj.exe" },
        "enabled:1688:Domain,Private,Public",
      ],
      [{ enabled: true, action: "Block" }, "disabled:1688:Domain,Private,Public"],
      [{ enabled: true, direction: "Outbound" }, "disabled:1688:Domain,Private,Public"],
      [{ enabled: false }, "disabled:1688:Domain,Private,Public"],
    ];
    const model = windowsServer();
    states.forEach(
      ([changes], index) => (model.rules[`rule${index}`] = firewallRule(`rule${index}`, changes)),
    );
    const firewall = [...states.map((_, index) => `rule${index}`), "none"];
    assert.deepEqual(Object.values((await answerOf(model, reading({ firewall }))).firewall), [
      ...states.map(([, text]) => text),
      "absent",
    ]);
  });

  it("S19: is about the primary license of the application, the one with this ID or key ending", async () => {
    const model = windowsServer();
    model.products = [
      product(null, { ID: "00000000-0000-4000-8000-000000000000" }),
      product("ADDON", { ID: "00000000-0000-4000-8000-000000000001", LicenseIsAddon: true }),
      product("DEPND", { ID: "00000000-0000-4000-8000-000000000002", LicenseDependsOn: "x" }),
      product("OTHER", { ID: "00000000-0000-4000-8000-000000000003", ApplicationID: "0".repeat(36) }),
      product("FIRST", { ID: "00000000-0000-4000-8000-000000000004" }),
      product("SECND", { ID: "00000000-0000-4000-8000-00000000000F" }),
    ];
    const ending = async (more: Partial<LicensingPlan>) =>
      (await answerOf(model, reading({ product: ["PartialProductKey"] }, more))).product?.PartialProductKey;
    assert.equal(await ending({}), "FIRST");
    assert.equal(await ending({ activationId: "00000000-0000-4000-8000-00000000000f" }), "SECND");
    assert.equal(await ending({ keyEnding: "secnd" }), "SECND");
    assert.equal(await ending({ keyEnding: "x' OR PartialProductKey = 'SECND" }), undefined);
    assert.equal(await ending({ keyEnding: "" }), undefined);
  });

  const cultures = [undefined, "tr-TR", "de-DE", "ar-SA", "th-TH", "fa-IR"];
  it("S21: compares text without case, null as nothing, and values as text, in every culture", async () => {
    const holding: Condition[] = [
      { on: "machine", property: "editionId", is: "SERVERDATACENTER" },
      { on: "machine", property: "editionId", is: ["x", "serverdatacenter"] },
      { on: "service", property: "KeyManagementServiceMachine", is: "" },
      { on: "service", property: "KeyManagementServiceMachine", isNot: ["a", 0] },
      { on: "service", property: "KeyManagementServiceDnsPublishing", is: false },
      { on: "service", property: "KeyManagementServiceListeningPort", is: [0, 1688] },
      { on: "product", property: "ProductKeyChannel", is: "RETAIL" },
    ];
    const failing: Condition[] = [
      { on: "service", property: "KeyManagementServiceDnsPublishing", is: true },
      { on: "service", property: "KeyManagementServiceListeningPort", is: 168 },
    ];
    for (const culture of cultures) {
      const model = windowsServer();
      Object.assign(model.service, {
        KeyManagementServiceListeningPort: 1688,
        KeyManagementServiceDnsPublishing: false,
      });
      // Turkish has another capital i.
      model.products[1].ProductKeyChannel = "Retail";
      const refusals = [...holding, ...failing].map((condition, index) => ({
        id: `refuse${index}`,
        unless: [condition],
      }));
      const first = await answerOf(model, reading({}, { refusals }), { culture });
      assert.equal(first.operations[0].id, `refuse${holding.length}`, culture);
      const second = await answerOf(model, reading({}, { refusals: refusals.slice(-1) }), { culture });
      assert.equal(second.operations[0].id, `refuse${holding.length + 1}`, culture);
    }
  });

  it("S22: has numbers as numbers, times as UTC, and no text above 255 characters, in every culture", async () => {
    const model = windowsServer();
    Object.assign(model.products[1], {
      KeyManagementServiceCurrentCount: 4_294_967_295,
      EvaluationEndDate: "2026-03-04T05:06:07Z",
      Description: "ı".repeat(300),
    });
    const plan = reading({
      product: ["KeyManagementServiceCurrentCount", "EvaluationEndDate", "Description"],
    });
    for (const culture of cultures) {
      const answer = await answerOf(model, plan, { culture });
      assert.deepEqual(answer.product, {
        KeyManagementServiceCurrentCount: 4_294_967_295,
        EvaluationEndDate: "2026-03-04T05:06:07Z",
        Description: "ı".repeat(255),
      });
      assert.match(answer.machine.utc, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    }
  });

  it("S23: is one line of ASCII below 4,096 bytes, and gives every character back", async () => {
    const model = windowsServer();
    model.Win32_ComputerSystem.DNSHostName = "kms1-büro-😀";
    model.products[1].OfflineInstallationId = "1".repeat(63);
    const read = { product: ["OfflineInstallationId"], events: true };
    for (const letter of ["x", "ü", "\\", '"', "😀"]) {
      model.events = [12288, 12289].map((id) => ({ id, values: [letter.repeat(600)] }));
      const line = await printed(model, reading(read));
      assert.match(line, /^[\x20-\x7e]+$/);
      assert.ok(line.length < 4096, String(line.length));
      const answer = decodeAnswer(line, "kms1");
      assert.equal(answer.machine.name, "kms1-büro-😀");
      assert.ok(letter.repeat(600).startsWith(answer.events.request!.replace(/[\ud800-\udbff]$/, "")));
    }
  });

  it("S24: has the text of an event as it is, and nothing for none", async () => {
    const model = windowsServer();
    const plan = reading({ events: true });
    assert.deepEqual((await answerOf(model, plan)).events, {});
    const request =
      "0xC004F038, 0x00000000, kms.corp.example:1688, 5a7a3f1f, 2026/01/01 00:00, 0, 2, 41760, 5f0c1d1e, 5";
    const response = "0xC004F038, 0x04000000, 0, 0, 3, 120, 10080, 2026/01/01 00:00";
    // Windows asks for events from the beginning of a second on.
    model.events = [{ id: 12288, time: Math.floor(Date.now() / 1000) * 1000, values: ["older"] }];
    assert.deepEqual((await answerOf(model, plan)).events, {});
    model.events = [
      { id: 12288, values: [request] },
      { id: 12289, values: [response] },
    ];
    const answer = await answerOf(model, plan);
    assert.deepEqual(answer.events, { request, response });
    const state = memberState({ name: "web1" }, { discovery: "dns", hostNames: [] }, answer, () => "");
    assert.equal(state.kmsHost, "kms.corp.example");
    assert.equal(state.currentCount, 3);
    model.failures["Get-WinEvent"] = new CommandFailure(
      "System.UnauthorizedAccessException",
      "NotSpecified",
      "nein",
    );
    assert.deepEqual((await answerOf(model, plan)).events, {});
  });
});
