import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { decodeInput, encodeInput, sshCommand } from "../../provider/machine/ssh";
import { parsePowerShell } from "./parse-powershell";
import { installPlan, labKey } from "./plans";

const bootstrapFile = path.join(__dirname, "../../provider/machine/ssh-bootstrap.ps1");

/** Longest command line of cmd.exe. Source: learn.microsoft.com command-line-string-limitation. */
const longestCommand = 8191;

describe("machine/ssh-command", () => {
  const bootstrap = readFileSync(bootstrapFile, "utf8");

  it("fits into a command line of cmd.exe and has nothing that a shell would take apart", () => {
    assert.ok(sshCommand.length < longestCommand / 2, `${sshCommand.length} characters`);
    assert.match(sshCommand, /^powershell\.exe [A-Za-z0-9+/= -]+$/);
    const encoded = sshCommand.split(" ").at(-1)!;
    assert.equal(Buffer.from(encoded, "base64").toString("utf16le"), bootstrap);
  });

  it("is PowerShell in ASCII that leaves standard input to the script", async () => {
    assert.match(bootstrap, /^[\x20-\x7e\n]*$/);
    assert.doesNotMatch(bootstrap, /\$input\b/i);
    assert.equal((await parsePowerShell(bootstrap)).rootNode.hasError, false);
  });

  it("gives the secrets to the script, and none where there are none", () => {
    const { parameters } = decodeInput(encodeInput(installPlan, { productKey: labKey }));
    assert.equal(parameters.productKey, labKey);
    assert.deepEqual(Object.keys(decodeInput(encodeInput(installPlan, {})).parameters), ["plan"]);
  });
});
