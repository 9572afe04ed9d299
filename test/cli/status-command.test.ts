import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { kmsProgram } from "../../provider/cli/program";
import { runCli } from "../../provider/cli/run-cli";
import { exported, group, host, member } from "../report/exported";
import { reading } from "../report/ledger";

describe("status of the command line", () => {
  let folder: string;
  let file: string;
  const search = process.env.PATH;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "status-command-"));
    file = path.join(folder, "stack.json");
    writeFileSync(file, JSON.stringify(exported(host("kms"), group("web", [member("a", "Licensed")]))));
  });
  afterEach(() => {
    process.env.PATH = search;
    rmSync(folder, { recursive: true });
  });

  async function status(...argv: string[]) {
    let out = "";
    let err = "";
    const output = {
      writeOut: (text: string) => void (out += text),
      writeErr: (text: string) => void (err += text),
    };
    return { exitCode: await runCli(kmsProgram, ["status", ...argv], output), out, err };
  }
  const read = (...argv: string[]) => status("--file", file, "--cwd", folder, ...argv);

  it("prints the table, or one JSON object with --json", async () => {
    const table = await read("--no-ledger");
    assert.deepEqual([table.exitCode, table.err], [0, ""]);
    assert.match(table.out, /^corp\/prod, written 2026-11-25 19:40Z\n\nKMS host {2}computer name/);
    const json = await read("--no-ledger", "--json");
    assert.equal(json.out.trim().split("\n").length, 1);
    assert.deepEqual(JSON.parse(json.out).summary.memberCounts, { Licensed: 1 });
  });

  it("writes the page whole, in the place of the one before, and leaves nothing beside it", async () => {
    const page = path.join(folder, "out", "status.html");
    mkdirSync(path.dirname(page));
    writeFileSync(page, "before");
    const { exitCode, out, err } = await read("--no-ledger", "--json", "--html", page);
    assert.deepEqual([exitCode, err], [0, `wrote ${page}\n`]);
    assert.equal(JSON.parse(out).version, 1);
    assert.match(readFileSync(page, "utf8"), /^<!doctype html>[^]*<\/html>\n$/);
    assert.deepEqual(readdirSync(path.dirname(page)), ["status.html"]);
  });

  it("reads the ledger beside the program, which may be in the folder of main, and writes nothing", async () => {
    const program = path.join(folder, "src");
    const ledger = path.join(program, "kms-ledger");
    mkdirSync(ledger, { recursive: true });
    writeFileSync(path.join(ledger, `${reading.keyFingerprint}.json`), JSON.stringify(reading.document));
    writeFileSync(path.join(folder, "Pulumi.yaml"), "name: corp\nruntime: nodejs\nmain: src\n");
    pretendPulumi('echo "v3.248.0"');
    const { out } = await read("--json");
    const [key] = JSON.parse(out).keys;
    assert.deepEqual([key.source, key.hostsUsed, key.ledgerError], ["ledger", 4, undefined]);
    assert.deepEqual(readdirSync(ledger), [`${reading.keyFingerprint}.json`]);
  });

  it("says of a ledger that cannot be read why, and goes on", async () => {
    const broken = exported(host("kms", { ledger: "azblob://X" }));
    writeFileSync(file, JSON.stringify(broken));
    const { exitCode, out } = await read();
    assert.equal(exitCode, 0);
    assert.match(out, /ledger azblob:\/\/X: KMS6001 /);
  });

  it("fails with 3 with --exit-code when something is not licensed, and only then", async () => {
    assert.equal((await read("--no-ledger", "--exit-code")).exitCode, 0);
    writeFileSync(file, JSON.stringify(exported(host("kms"), group("web", [member("a", "Pending")]))));
    assert.equal((await read("--no-ledger")).exitCode, 0);
    const { exitCode, out, err } = await read("--no-ledger", "--exit-code");
    assert.equal(exitCode, 3);
    assert.match(out, /0 of 1 licensed, 1 pending/);
    assert.match(err, /^error: KMS9014 1 of 1 KMS host and 0 of 1 member are licensed\. /);
  });

  it("asks the Pulumi CLI for the stack, and never for its secrets", async () => {
    pretendPulumi(`echo "$@" > "${folder}/asked"; cat "${file}"`);
    const { exitCode, out } = await status("--cwd", folder, "--stack", "acme/corp/prod", "--no-ledger");
    assert.equal(exitCode, 0);
    assert.match(out, /^corp\/prod/);
    const asked = readFileSync(path.join(folder, "asked"), "utf8");
    assert.equal(asked, "stack export --non-interactive --stack acme/corp/prod\n");
  });

  it("fails where there is no Pulumi CLI, and says with its words why it failed", async () => {
    process.env.PATH = folder;
    const none = await status("--cwd", folder);
    assert.equal(none.exitCode, 1);
    assert.match(none.err, /^error: KMS9010 .*no `pulumi` is on the PATH\. Install the Pulumi CLI/);
    process.env.PATH = search;
    pretendPulumi('echo "error: no stack named prod found" >&2; exit 255');
    const failed = await status("--cwd", folder);
    assert.equal(failed.exitCode, 1);
    assert.ok(
      failed.err.startsWith(
        `error: KMS9011 \`pulumi stack export\` failed in ${folder}: no stack named prod found. `,
      ),
      failed.err,
    );
  });

  for (const [text, reason] of [
    ["nonsense", "it is not JSON"],
    ["null", "it has no deployment"],
    ["{}", "it has no deployment"],
    ['{"deployment":{"resources":7}}', "deployment.resources is no list"],
  ]) {
    it(`fails when the file holds ${text}`, async () => {
      writeFileSync(file, text);
      const { exitCode, out, err } = await read();
      assert.deepEqual([exitCode, out], [1, ""]);
      assert.ok(
        err.startsWith(`error: KMS9012 ${file} is not the output of \`pulumi stack export\`: ${reason}. `),
        err,
      );
    });
  }

  it("fails when the page cannot be written, and prints nothing", async () => {
    const page = path.join(folder, "x".repeat(250));
    const { exitCode, out, err } = await read("--no-ledger", "--html", page);
    assert.deepEqual([exitCode, out], [1, ""]);
    assert.match(err, /^error: KMS9013 cannot write .*: ENAMETOOLONG/);
  });

  it("fails with 2 for flags that are wrong: it names the flag, the value and what is allowed", async () => {
    const help = "Run `npx pulumi-windows-kms status --help` to see how to use it\n";
    const wrong: [string[], string][] = [
      [["--html", folder], `option '--html <file>' argument '${folder}' is invalid. It must name a file`],
      [
        ["--html", `${folder}/no/a.html`],
        `option '--html <file>' argument '${folder}/no/a.html' is invalid. There is no folder ${folder}/no`,
      ],
      [
        ["--cwd", `${folder}/no`],
        `option '--cwd <folder>' argument '${folder}/no' is invalid. There is no folder ${folder}/no`,
      ],
      [
        ["--file", `${folder}/no`],
        `option '--file <file>' argument '${folder}/no' is invalid. There is no file ${folder}/no; - stands for standard input`,
      ],
      [
        ["--stack", "a b"],
        "option '--stack <name>' argument 'a b' is invalid. It must be STACK, ORGANIZATION/STACK or ORGANIZATION/PROJECT/STACK, of letters, digits, hyphens, underscores and periods",
      ],
      [
        ["--file", file, "--stack", "prod"],
        "option '--file <file>' cannot be used with option '--stack <name>'",
      ],
    ];
    for (const [argv, message] of wrong) {
      const { exitCode, out, err } = await status(...argv);
      assert.deepEqual([exitCode, out, err], [2, "", `error: KMS7060 ${message}. ${help}`]);
    }
    const unknown = await status("--jsn");
    assert.equal(unknown.exitCode, 2);
    assert.match(unknown.err, /unknown option '--jsn'\. Did you mean --json\? There are: --cwd, /);
  });

  /** A `pulumi` first on the PATH that does what the shell script says. */
  function pretendPulumi(script: string): void {
    const bin = path.join(folder, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, "pulumi"), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(bin, "pulumi"), 0o755);
    process.env.PATH = `${bin}${path.delimiter}${search}`;
  }
});
