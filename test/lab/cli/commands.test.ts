import { spawn } from "node:child_process";
import { once } from "node:events";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCli } from "../../../provider/cli/run-cli";
import { nextSteps } from "../../../provider/lab/cli/actions";
import { labProgram } from "../../../provider/lab/cli/commands";
import labKeys from "../../../provider/lab/windows/lab-keys.json";

async function run(...argv: string[]) {
  let out = "";
  let err = "";
  const output = {
    writeOut: (text: string) => void (out += text),
    writeErr: (text: string) => void (err += text),
  };
  return { exitCode: await runCli(labProgram, argv, output), out, err };
}

const [firstKey] = labKeys.hostKeys;

describe("arguments of the lab's commands", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "lab arguments-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const refused: [argv: (folder: string) => string[], reason: RegExp][] = [
    [
      () => ["env", "--shell", "bash"],
      /^error: KMS7060 option '--shell <shell>' argument 'bash' is invalid\. Allowed choices are sh, fish, powershell, dotenv, json\. Run/,
    ],
    ...["0", "-1", "3651", "1e3", "soon", ""].map((given): [() => string[], RegExp] => [
      () => ["clock", "--advance-days", given],
      new RegExp(
        `^error: KMS7060 option '--advance-days <days>' argument '${given}' is invalid\\. It must be a number of days, above 0 and at most 3650\\. Run`,
      ),
    ]),
    [
      () => ["conditions", "--cores", "ten"],
      /option '--cores <count>' argument 'ten' is invalid\. It must be a whole number of at least 0\. Run/,
    ],
    [
      () => ["agent", "kms", "away"],
      /command-argument value 'away' is invalid for argument 'state'\. Allowed choices are ready, silent\. Run/,
    ],
    [
      () => ["start", "--record", "/no/such/folder/requests.jsonl"],
      /option '--record <file>' argument '\/no\/such\/folder\/requests\.jsonl' is invalid\. There is no folder \/no\/such\/folder\. Run/,
    ],
    [
      (here) => ["start", "--log", here],
      /option '--log <file>' argument '.*lab arguments-\w+' is invalid\. It must name a file\. Run/,
    ],
    [
      () => ["start", "--dir", __filename],
      /option '--dir <folder>' argument '.*' is invalid\. It must name a folder\. Run/,
    ],
    [
      () => ["machine", "kms", "--set", "slow"],
      /option '--set <conditions>' argument 'slow' is invalid\. It must be a JSON object\. Run/,
    ],
    [
      () => ["machine", "kms", "--set", '{"unreadable":["screen"]}'],
      /is invalid\. unreadable has screen, and must have some of service, product, feature, .*\. Run/,
    ],
    [
      () => ["machine", "kms", "--set", '{"slow":true}'],
      /is invalid\. slow is not a condition of a machine; the conditions are clockSkewMinutes, .*\. Run/,
    ],
    [
      () => ["key", "WindowsServer2023"],
      /command-argument value 'WindowsServer2023' is invalid for argument 'keyGroup'\. Did you mean WindowsServer20\d\d\? Allowed choices are WindowsServer2025, WindowsServer2022, .*\. Run/,
    ],
  ];
  for (const [argv, reason] of refused) {
    it(`fails with 2 when given ${argv("FOLDER").join(" ").replace(__filename, "FILE")}`, async () => {
      const { exitCode, out, err } = await run(...argv(folder));
      assert.deepEqual([exitCode, out], [2, ""]);
      assert.match(err, reason);
    });
  }

  it("name a product key group as programs do or as Microsoft does", async () => {
    const answer = { exitCode: 0, out: `${firstKey.productKey}\n`, err: "" };
    assert.deepEqual(await run("key", "WindowsServer2025"), answer);
    assert.deepEqual(await run("key", "Volume License for Windows Server 2025"), answer);
  });

  it("give the keys of Office by the names of its versions", async () => {
    const { out } = await run("key", "Ltsc2024");
    assert.equal(out, `${labKeys.officeHostKeys[0].productKey}\n`);
  });

  it("end quietly when their reader does", async () => {
    const main = path.resolve(__dirname, "../../../provider/lab/cli/main.ts");
    const child = spawn(process.execPath, ["--require", "tsx/cjs", main, "key"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
    const [exitCode] = await once(child, "close");
    assert.deepEqual([exitCode, err], [0, ""]);
  });

  it("list every key group with its key when none is named", async () => {
    const { out } = await run("key");
    const lines = out.trimEnd().split("\n");
    const hostKeys = [...labKeys.hostKeys, ...labKeys.officeHostKeys];
    assert.equal(lines.length, 1 + hostKeys.length);
    assert.match(lines[0], /^KeyGroup +product key group +product key$/);
    for (const { keyGroup, productKey } of hostKeys) {
      assert.ok(lines.some((line) => line.includes(`  ${keyGroup}  `) && line.endsWith(`  ${productKey}`)));
    }
  });

  it("give a password that Azure takes", async () => {
    const { exitCode, out } = await run("password");
    assert.equal(exitCode, 0);
    assert.match(out, /^[\w.+-]{24}\n$/);
  });
});

describe("the lab's commands, when no lab runs", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "lab none-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("has no status, which is no failure", async () => {
    const status = await run("status", "--dir", folder);
    assert.deepEqual([status.exitCode, status.err], [0, ""]);
    assert.match(status.out, /^no lab is running; start one with/);
    assert.deepEqual(await run("status", "--json", "--dir", folder), {
      exitCode: 0,
      out: '{"running":false}\n',
      err: "",
    });
  });

  it("has nothing to stop, which is no failure", async () => {
    const answer = { exitCode: 0, out: "no lab was running\n", err: "" };
    assert.deepEqual(await run("stop", "--dir", folder), answer);
    assert.deepEqual(await run("stop", "--dir", path.join(folder, "none")), answer);
  });

  for (const command of ["env", "clock"]) {
    it(`fails with 1 when asked for its ${command}`, async () => {
      const { exitCode, out, err } = await run(command, "--dir", folder);
      assert.deepEqual([exitCode, out], [1, ""]);
      assert.match(
        err,
        /^error: KMS7061 no lab is running\. Start one with `npx pulumi-windows-kms-lab start`/,
      );
    });
  }

  it("can still take its environment away", async () => {
    const { exitCode, out } = await run("env", "--unset", "--shell", "sh", "--dir", folder);
    assert.equal(exitCode, 0);
    assert.deepEqual(out.trimEnd().split("\n").sort(), [
      "unset ARM_SUBSCRIPTION_ID",
      "unset ARM_TENANT_ID",
      "unset PULUMI_BACKEND_URL",
      "unset PULUMI_CONFIG_PASSPHRASE",
      "unset PULUMI_DEBUG_PROVIDERS",
      "unset PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
      "unset PULUMI_SKIP_UPDATE_CHECK",
      "unset PULUMI_SUPPRESS_NEO_LINK",
      "unset PULUMI_WINDOWS_KMS_ARM_ENDPOINT",
      "unset PULUMI_WINDOWS_KMS_LAB_DIR",
      "unset PULUMI_WINDOWS_KMS_LAB_LEDGER",
    ]);
  });
});

describe("what to do when the lab runs", () => {
  it("begins with the environment, read as the shell reads it", () => {
    assert.equal(nextSteps("sh", undefined)[1], '  eval "$(npx pulumi-windows-kms-lab env)"');
    assert.equal(nextSteps("fish", undefined)[1], "  npx pulumi-windows-kms-lab env | source");
    assert.equal(
      nextSteps("powershell", undefined)[1],
      "  npx pulumi-windows-kms-lab env | Out-String | Invoke-Expression",
    );
  });

  it("names the folder if it was given as a flag", () => {
    assert.equal(
      nextSteps("sh", "/tmp/a b")[1],
      "  eval \"$(npx pulumi-windows-kms-lab env --dir '/tmp/a b')\"",
    );
  });
});
