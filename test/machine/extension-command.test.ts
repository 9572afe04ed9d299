import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { ensureClientPlan } from "../../provider/group/plan";
import { limits } from "../../provider/catalog/limits";
import { KmsError } from "../../provider/errors/kms-error";
import { decodeExtensionCommand, extensionCommand } from "../../provider/machine/scale-set-extension";
import { licensingExtension } from "../../provider/machine/scale-set-extension";
import { licensingScript } from "../../provider/machine/licensing-script";
import { nodesOf, parsePowerShell } from "./parse-powershell";
import { installPlan } from "./plans";

const desired = (hosts: number) => ({
  setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
  discovery: "dns" as const,
  hostNames: Array.from({ length: hosts }, (_, index) => `kms${index}.${"site".repeat(10)}.corp.example`),
  lookupDomain: "corp.example",
});
const plan = ensureClientPlan(desired(2));

/** What cmd.exe hands to PowerShell. */
const scriptOf = (command: string) => /-Command "(.*)"$/.exec(command)![1];

describe("machine/extension-command", () => {
  it("carries script and plan and leaves room on Windows' command line", () => {
    const command = extensionCommand(plan);
    assert.deepEqual(decodeExtensionCommand(command), { script: licensingScript, plan });
    assert.ok(command.length < limits.commandLineCharacters - 1000, String(command.length));
    assert.deepEqual(decodeExtensionCommand(extensionCommand(installPlan))!.plan, installPlan);
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
    assert.equal(decodeExtensionCommand(command.replace("ConvertFrom-Json;", "ConvertFrom-Json")), undefined);
  });

  it("KMS3023: refuses what Windows would cut, with both lengths", () => {
    assert.throws(
      () => extensionCommand(ensureClientPlan(desired(3000))),
      (error: unknown) =>
        error instanceof KmsError &&
        error.code === "KMS3023" &&
        /would have \d{4,} characters, and Windows takes 8175\./.test(error.message),
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

  const hasPwsh = spawnSync("pwsh", ["-NoProfile", "-Command", "exit 0"]).status === 0;
  (hasPwsh ? it : it.skip)("unpacks and runs in PowerShell (needs pwsh on the PATH)", () => {
    const command = scriptOf(extensionCommand(plan)).replace(
      "([ScriptBlock]::Create($package.script))",
      `'${path.join(__dirname, "fixtures/echo-plan.ps1")}'`,
    );
    const { stdout } = spawnSync("pwsh", ["-NoProfile", "-Command", command], { encoding: "utf8" });
    assert.deepEqual(JSON.parse(stdout), plan);
  });
});
