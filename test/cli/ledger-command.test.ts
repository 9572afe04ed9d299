import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ledgerCommand } from "../../provider/cli/ledger-command";
import { runCli } from "../../provider/cli/run-cli";
import { emptyLedger } from "../../provider/ledger/document";
import { formatLedger, parseLedger } from "../../provider/ledger/ledger-text";
import { change, commit, key, machine, reserve } from "../ledger/ledgers";

const reserved = reserve(emptyLedger(key), change("kms", "prod", "2026-01-01T00:00:00Z"), machine(1));
const document = commit(reserved, change("kms", "prod", "2026-01-02T00:00:00Z"), machine(1).machineId);
const [first, last] = document.history.map(({ hash }) => hash);

describe("ledger of the command line", () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "ledger-command-"));
    file = path.join(folder, "ledger.json");
    await writeFile(file, formatLedger(document));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function run(...argv: string[]) {
    let out = "";
    let err = "";
    const output = {
      writeOut: (text: string) => void (out += text),
      writeErr: (text: string) => void (err += text),
    };
    const name = "pulumi-windows-kms";
    const program = { name, description: "", version: "1", commands: [ledgerCommand] };
    return { exitCode: await runCli(program, ["ledger", ...argv], output), out, err };
  }

  it("prints the history: when, what, which machine, for which resource, and who", async () => {
    const { exitCode, out } = await run("history", file);
    assert.equal(exitCode, 0);
    const lines = out.trimEnd().split("\n");
    assert.equal(lines.length, 3);
    assert.match(lines[0], /^WHEN +EVENT +MACHINE +RESOURCE +STACK +WHO +DETAIL +HASH$/);
    assert.match(
      lines[2],
      new RegExp(`^2026-01-02T00:00:00Z +committed +KMS01 +kms +prod +somebody +activation 1 +${last}$`),
    );
  });

  it("says what to name in place of a folder or a URL", async () => {
    for (const command of ["history", "verify"]) {
      const { exitCode, err } = await run(command, folder);
      assert.equal(exitCode, 2);
      assert.ok(err.includes(`It is a folder; name the document of one key in it. It has ${file}.`), err);
      const url = await run(command, "azblob://ledgers?storage_account=acme");
      assert.equal(url.exitCode, 2);
      assert.match(
        url.err,
        /It is the URL of a ledger, .* `az storage blob download \.\.\. \|`, and - in place/,
      );
    }
    const named = await run("settle", folder);
    assert.equal(named.exitCode, 2);
    assert.match(named.err, /names no key\. It is a folder; .*ledger\.json\./);
    const unknown = await run("settle", folder, "--key", "23ca87f32134ed1c97ccd8a4229a8908");
    assert.equal(unknown.exitCode, 1);
    assert.match(
      unknown.err,
      /KMS9020 .*: it has no document of the key 23ca87f32134ed1c97ccd8a4229a8908\. /,
    );
  });

  it("verifies that no line was changed, and gives the last one to note", async () => {
    const { exitCode, out } = await run("verify", file, "--has", first);
    assert.equal(exitCode, 0);
    assert.match(out, /key ending in NN1NN has 2 lines, and none was changed/);
    assert.match(out, /5 of 6 hosts are left/);
    assert.match(out, new RegExp(`Last line: ${last}\\n$`));
  });

  it("fails for a changed line, for a line that is missing, and for hosts that are not those of the history", async () => {
    const text = formatLedger(document);
    const cases: [string, string][] = [
      [text.replace('"somebody"', '"nobody"'), "KMS6017"],
      [
        text.replace('"computerName": "KMS01",', '"computerName": "KMS01", "activationsBefore": 5000,'),
        "KMS6003",
      ],
      [formatLedger({ ...document, hosts: [] }), "KMS6003"],
    ];
    for (const [changed, code] of cases) {
      await writeFile(file, changed);
      const { exitCode, err } = await run("verify", file);
      assert.equal(exitCode, 1);
      assert.match(err, new RegExp(`error: ${code} `));
    }
    // Taken out at the end, with what it tells of: only a noted hash shows that.
    await writeFile(file, formatLedger(reserved));
    assert.equal((await run("verify", file)).exitCode, 0);
    const { exitCode, err } = await run("verify", file, "--has", last);
    assert.equal(exitCode, 1);
    assert.match(err, new RegExp(`KMS6018 the history of .* has no line with the hash ${last}`));
  });

  it("merges two ledgers into a file", async () => {
    const other = path.join(folder, "theirs.json");
    const merged = path.join(folder, "merged.json");
    await writeFile(other, formatLedger(reserve(reserved, change(), machine(2))));
    const { exitCode, out, err } = await run("merge", file, other, "--output", merged);
    assert.deepEqual([exitCode, out, err], [0, "", `wrote ${merged}\n`]);
    const { hosts } = parseLedger(await readFile(merged, "utf8"), "merged", key.keyFingerprint);
    assert.deepEqual(
      hosts.map(({ computerName, activations }) => [computerName, activations[0].outcome]),
      [
        ["KMS01", "committed"],
        ["KMS02", "reserved"],
      ],
    );
  });
});
