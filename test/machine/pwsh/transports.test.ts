import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { decodeAnswer } from "../../../provider/machine/licensing-script";
import { extensionCommand } from "../../../provider/machine/scale-set-extension";
import { encodeInput, sshCommand } from "../../../provider/machine/ssh";
import { installPlan, labKey } from "../plans";
import { standInsForSuite } from "./licensing-script";
import { describeInPowerShell, powerShell } from "./powershell";
import { modelWindows, windowsServer } from "./windows-server";

/** Instances of scale sets get plans for clients, which read nothing of a host. */
const clientPlan = { ...installPlan, read: { ...installPlan.read, features: [], firewall: [] } };

/** What `-EncodedCommand` carries. */
const bootstrap = Buffer.from(/-EncodedCommand (\S+)$/.exec(sshCommand)![1], "base64").toString("utf16le");
const extension = (command: string) => /-Command "(.*)"$/.exec(command)![1];

describeInPowerShell("ways of machine/licensing.ps1 to a machine", () => {
  const standIns = standInsForSuite();

  it("S25: runs what the bootstrap reads from standard input", async () => {
    const standardInput = encodeInput(installPlan, { productKey: labKey });
    assert.ok(standardInput.length > 20_000);
    const { stdout } = await standIns.run(modelWindows(windowsServer()), {
      command: bootstrap,
      standardInput,
    });
    assert.equal(decodeAnswer(stdout, "kms1").product?.PartialProductKey, "LAB22");
  });

  it("S25: finds the answer in what a console prints around it", async () => {
    const { stdout } = await standIns.run(modelWindows(windowsServer()), {
      command: `'Willkommen {"version"'; ${extension(extensionCommand(clientPlan))}; 'Auf Wiedersehen'`,
    });
    assert.deepEqual(decodeAnswer(stdout.replaceAll("Auf", "\r\nAuf"), "kms1").operations.length, 1);
  });

  it("S25: ends with exit code 1 and a masked error where it cannot read what it was given", () => {
    const broken = encodeInput(installPlan, { productKey: labKey }).slice(0, 400);
    const inputs: [input: string, args: string[]][] = [
      ["\n", ["-EncodedCommand", /-EncodedCommand (\S+)$/.exec(sshCommand)![1]]],
      [`${broken}\n`, ["-EncodedCommand", /-EncodedCommand (\S+)$/.exec(sshCommand)![1]]],
      [
        "",
        ["-Command", extension(extensionCommand(clientPlan)).replace(/-plan '[^']*'/, `-plan '${labKey}'`)],
      ],
    ];
    for (const [input, args] of inputs) {
      const { status, stdout, stderr } = spawnSync(powerShell, ["-NoProfile", "-NonInteractive", ...args], {
        input,
        encoding: "utf8",
      });
      assert.equal(status, 1, stdout + stderr);
      assert.equal(stdout, "");
      assert.notEqual(stderr.trim(), "");
      assert.ok(!stderr.includes(labKey.slice(0, 11)), stderr);
    }
  });

  it("N04: works where the session or a profile is strict", async () => {
    const { stdout } = await standIns.run(modelWindows(windowsServer()), {
      command: extension(extensionCommand(clientPlan)),
      strict: true,
    });
    assert.equal(decodeAnswer(stdout, "kms1").operations[0].result, "done");
  });
});
