import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pulumiCli } from "../../../provider/lab/run/pulumi-cli";

/** Stands in for the CLI: says what it was given, and ends as it is told. */
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
