import assert from "node:assert/strict";
import { ensureClientPlan } from "../../provider/group/plan";
import { limits } from "../../provider/catalog/limits";
import { KmsError } from "../../provider/errors/kms-error";
import { operatingSystems } from "../../provider/catalog/operating-systems";
import { findSetupKey } from "../../provider/catalog/setup-keys";
import type { LicensingPlan, SelectionRow } from "../../provider/machine/licensing-plan";
import { decodeAnswer, encodePlan, licensingScript } from "../../provider/machine/licensing-script";
import {
  compactScript,
  decodeExtensionCommand,
  extensionCommand,
  licensingExtension,
} from "../../provider/machine/scale-set-extension";
import { nodesOf, parsePowerShell } from "./parse-powershell";
import { installPlan } from "./plans";
import { standInsForSuite } from "./pwsh/licensing-script";
import { describeInPowerShell } from "./pwsh/powershell";
import { modelWindows, product, windowsServer } from "./pwsh/windows-server";

const desired = (hosts: number) => ({
  setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
  discovery: "dns" as const,
  hostNames: Array.from({ length: hosts }, (_, index) => `kms${index}.${"site".repeat(10)}.corp.example`),
  lookupDomain: "corp.example",
});
const plan = ensureClientPlan(desired(2));

/** What cmd.exe hands to PowerShell. */
const scriptOf = (command: string) => /-Command "(.*)"$/.exec(command)![1];

describe("machine/scale-set-extension", () => {
  it("carries script and plan and leaves room on Windows' command line", () => {
    const command = extensionCommand(plan);
    assert.deepEqual(decodeExtensionCommand(command), plan);
    assert.ok(command.length < limits.commandLineCharacters - 1000, String(command.length));
    assert.deepEqual(decodeExtensionCommand(extensionCommand(installPlan)), installPlan);
  });

  it("has nothing that cmd.exe takes apart", () => {
    const command = extensionCommand(plan);
    assert.match(command, /^powershell\.exe [^"%\r\n]* "[^"%\r\n]*"$/);
    assert.match(command, /^[\x20-\x7e]+$/);
  });

  it("is PowerShell that gives the script its plan", async () => {
    const tree = await parsePowerShell(scriptOf(extensionCommand(plan)));
    assert.equal(tree.rootNode.hasError, false, tree.rootNode.toString());
    const parameters = nodesOf(tree.rootNode).filter(({ type }) => type === "command_parameter");
    assert.ok(parameters.some(({ text }) => text === "-plan"));
  });

  it("recognises no other command", () => {
    const command = extensionCommand(plan);
    assert.equal(decodeExtensionCommand("powershell.exe -File install.ps1"), undefined);
    assert.equal(decodeExtensionCommand(command.replace("ReadToEnd();", "ReadToEnd()")), undefined);
  });

  it("KMS3023: refuses what Windows would cut, with both lengths", () => {
    assert.throws(
      () => extensionCommand(ensureClientPlan(desired(3000))),
      (error: unknown) =>
        error instanceof KmsError &&
        error.code === "KMS3023" &&
        /would be \d{4,} characters long, and Windows allows 8175\./.test(error.message),
    );
  });

  it("shows no more of the command than a number that changes with it", () => {
    const one = licensingExtension(plan);
    const other = licensingExtension(ensureClientPlan(desired(1)));
    assert.deepEqual(Object.keys(one.settings), ["timestamp"]);
    assert.notEqual(one.settings.timestamp, other.settings.timestamp);
    assert.ok(one.settings.timestamp >= 0 && one.settings.timestamp < 2 ** 31);
    assert.deepEqual(licensingExtension(plan), one);
  });

  it("leaves out of the script what only a reader needs, and what no plan for clients calls", () => {
    const code = (text: string) => text.replace(/^\s*(#.*)?\n/gm, "").replace(/^ +/gm, "");
    const regions = /^ *#region \w+\n([^]*?)^ *#endregion\n/gm;
    const kept = licensingScript.replace(regions, "");
    const names = [...kept.matchAll(/^function ([\w-]+)/gm)].map(([, name]) => name);
    const renamed = names.reduce(
      (text, name, index) => text.replaceAll(new RegExp(`(?<![\\w-])${name}(?![\\w-])`, "g"), `f${index}`),
      code(kept).trim(),
    );
    assert.equal(compactScript, renamed);
    assert.deepEqual(
      names.filter((name) => compactScript.includes(name)),
      [],
    );
    const left = [...licensingScript.matchAll(regions)].flatMap(([, text]) => [
      ...text.matchAll(/^function ([\w-]+)/gm),
    ]);
    assert.ok(left.some(([, name]) => name === "Start-Reservation"));
    assert.deepEqual(
      left.map(([, name]) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(kept)),
      [],
      "what is left calls none of them",
    );
    // A line of such a string would lose its indentation.
    assert.doesNotMatch(licensingScript, /@["']/);
  });
});

describeInPowerShell("machine/scale-set-extension", () => {
  const standIns = standInsForSuite();

  it("unpacks and runs", async () => {
    const model = windowsServer();
    model.Win32_ComputerSystem = { Name: "WEB_3", DNSHostName: "web_3" };
    model.Win32_ComputerSystemProduct = { IdentifyingNumber: "0", UUID: "" };
    model.products = [product("OTHER", { ID: "1", LicenseStatus: 0 })];
    const command = scriptOf(extensionCommand(plan));
    const { stdout, log } = await standIns.run(modelWindows(model), { command });
    const answer = decodeAnswer(stdout, "web_3");
    assert.equal(answer.product?.PartialProductKey, "6VM33");
    assert.match(log, /^InstallProductKey String, /);
  });
});

describe("a plan for machines as they are found", () => {
  /** All editions with a setup key, those with the same key in one row. */
  const rows = (oldestBuild: number): SelectionRow[] => {
    const found = new Map<string, SelectionRow>();
    for (const os of operatingSystems()) {
      const builds = os.builds.filter((build) => build >= oldestBuild);
      for (const { name, editionIds } of os.editions) {
        const value = findSetupKey(os.name, name)?.key;
        if (value !== undefined && builds.length > 0) {
          const known = found.get(value);
          found.set(value, {
            builds: [...new Set([...(known?.builds ?? []), ...builds])],
            editionIds,
            value,
          });
        }
      }
    }
    return [...found.values()];
  };
  const asFound = (oldestBuild: number): LicensingPlan => ({
    ...plan,
    selections: { setupKey: rows(oldestBuild) },
    refusals: [
      { id: "refuseSystem", unless: [{ on: "selection", property: "setupKey", isNot: "" }] },
      {
        id: "refuseKmsHost",
        unless: [{ on: "product", property: "ProductKeyChannel", isNot: "Volume:CSVLK" }],
      },
    ],
  });

  it("has room for every setup key in a parameter of a run command", () => {
    const whole = asFound(0);
    assert.ok(whole.selections!.setupKey.length > 70, String(whole.selections!.setupKey.length));
    assert.ok(encodePlan(whole).length < 4000, String(encodePlan(whole).length));
  });

  it("has room in a scale set's command for every system that the extension supports", () => {
    const windowsServer2016 = 14393;
    assert.doesNotThrow(() => extensionCommand(asFound(windowsServer2016)));
  });
});
