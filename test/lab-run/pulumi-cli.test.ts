import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineEnvironment, ownEnvironment, pulumiCli } from "./pulumi-cli";

/** Stands in for the CLI: prints its arguments, and ends with the exit code that they ask for. */
const standIn = `#!/bin/sh
case "$1" in
  echo) echo "arguments: $*; input: $(cat)" ;;
  wait) trap 'exit 9' INT; while :; do sleep 0.02; done ;;
  fail) exit 3 ;;
esac
`;

describe("pulumiCli", () => {
  let folder: string;
  before(function () {
    if (process.platform === "win32") {
      this.skip();
    }
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "pulumi-cli-"));
    writeFileSync(path.join(folder, "pulumi"), standIn, { mode: 0o755 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function cli(cancel = new AbortController(), kill = new AbortController()) {
    const env = { PATH: [folder, process.env.PATH].join(path.delimiter) };
    return pulumiCli({
      env,
      cwd: folder,
      output: 2,
      interrupts: { cancel: cancel.signal, kill: kill.signal },
    });
  }

  it("gives a value on standard input and returns what is printed", async () => {
    assert.equal(
      await cli().ask(["echo", "key"], "value"),
      "arguments: echo key --non-interactive; input: value\n",
    );
  });

  it("fails with the command and its exit code", async () => {
    await assert.rejects(cli().show(["fail", "now"]), {
      code: "KMS7014",
      message: /^KMS7014 `pulumi fail now` ended with exit code 3;/,
    });
  });

  it("ends a command when the run is cancelled, and starts no other", async () => {
    const cancel = new AbortController();
    const { ask, show } = cli(cancel);
    const waiting = show(["wait"]);
    cancel.abort();
    await assert.rejects(waiting, { code: "KMS7019" });
    await assert.rejects(ask(["echo"]), { code: "KMS7019" });
  });

  it("ends a command at once when the run is killed", async () => {
    const kill = new AbortController();
    const waiting = cli(undefined, kill).show(["wait"]);
    kill.abort();
    await assert.rejects(waiting, { code: "KMS7014" });
  });
});

const own = ownEnvironment("/tmp/lab", "passphrase", { ARM_SUBSCRIPTION_ID: "lab" });

describe("environment of the engine", () => {
  it("has nothing that leads to the caller's own accounts", () => {
    const caller = {
      PATH: "/bin",
      PULUMI_ACCESS_TOKEN: "token",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/own",
      ARM_SUBSCRIPTION_ID: "own",
      ARM_CLIENT_SECRET: "secret",
      AZURE_CLIENT_ID: "own",
      azure_tenant_id: "own",
    };
    assert.deepEqual(engineEnvironment(caller, own), {
      PATH: "/bin",
      ARM_SUBSCRIPTION_ID: "lab",
      PULUMI_HOME: "/tmp/lab/home",
      PULUMI_BACKEND_URL: "file:///tmp/lab/state",
      PULUMI_CONFIG_PASSPHRASE: "passphrase",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_WINDOWS_KMS_LAB_LEDGER: "file:///tmp/lab/ledger",
      PULUMI_SUPPRESS_NEO_LINK: "true",
      PULUMI_DEBUG_COMMANDS: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    });
  });
});
