import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { licensingScript } from "../../../provider/machine/licensing-script";
import { compactScript, extensionCommand } from "../../../provider/machine/scale-set-extension";
import { decodeInput, encodeInput, sshCommand } from "../../../provider/machine/ssh";
import { installPlan } from "../plans";
import { badSamples } from "./bad-samples.json";
import { findNewer } from "./static-gate";

const machine = path.join(__dirname, "../../../provider/machine");
const provider = path.join(__dirname, "../../../provider");

/** All PowerShell that the package brings to a machine, by where it comes from. */
const scripts: Record<string, string> = {
  "licensing.ps1": licensingScript,
  "licensing.ps1, compacted": compactScript,
  "ssh-bootstrap.ps1": readFileSync(path.join(machine, "ssh-bootstrap.ps1"), "utf8"),
  "the command of the extension": /-Command "(.*)"$/.exec(extensionCommand(installPlan))![1],
  "the command over SSH": Buffer.from(/-EncodedCommand (\S+)$/.exec(sshCommand)![1], "base64").toString(
    "utf16le",
  ),
  "the input over SSH": decodeInput(encodeInput(installPlan, {})).script,
};

describe("PowerShell of the package", () => {
  for (const [name, text] of Object.entries(scripts)) {
    it(`S01: has nothing newer than Windows PowerShell 3.0: ${name}`, async () => {
      assert.deepEqual(await findNewer(text), []);
    });
  }

  it("is all looked at", () => {
    const files = readdirSync(provider, { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.ps[dm]?1$/.test(file),
    );
    assert.deepEqual(files.sort(), ["machine/licensing.ps1", "machine/ssh-bootstrap.ps1"]);
  });
});

describe("the search for newer PowerShell", () => {
  for (const { script, what } of badSamples) {
    it(`finds the ${what} in ${script}`, async () => {
      const found = await findNewer(`${script}\n`);
      assert.ok(
        found.some((finding) => finding.what === what),
        JSON.stringify(found),
      );
    });
  }

  it("finds nothing in what 3.0 has", async () => {
    const script = [
      "$a = [ordered]@{ b = [int]'1' }",
      "foreach ($c in @(1, 0x1F, 2kb)) { $a.b += $c }",
      "$d = Get-CimInstance -ClassName SoftwareLicensingService -ErrorAction Stop | Select-Object -First 1",
      "if ($d.Version -match '^\\d' -and -not $d.x) { \"`n`t$($a.b)\" }",
    ].join("\n");
    assert.deepEqual(await findNewer(`${script}\n`), []);
  });
});
