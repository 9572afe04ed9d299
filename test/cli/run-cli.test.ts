import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { KmsError } from "../../provider/errors/kms-error";
import { type CliCommand, type CliProgram, packageVersion, runCli } from "../../provider/cli/run-cli";

const greet: CliCommand = (program) => {
  const words = program.command("words");
  words
    .command("say")
    .option("--to <name>")
    .option("--loud")
    .action(({ to }: { to?: string }, command: { configureOutput(): { writeOut?(text: string): void } }) =>
      command.configureOutput().writeOut?.(`hello ${to}\n`),
    );
  words.command("fail").action(() => {
    throw new KmsError("KMS9012", { values: { given: "stack.json", reason: "no resources" } });
  });
  words.command("stop").action(async () => {
    throw Object.assign(new Error("KMS7019 interrupted."), { code: "KMS7019" });
  });
  words.command("break").action(() => {
    throw new Error("unforeseen");
  });
};

const program: CliProgram = {
  name: "pulumi-windows-kms",
  description: "commands for tests",
  version: packageVersion(),
  commands: [greet],
  exitCodes: { KMS7019: 130 },
};

async function run(...argv: string[]) {
  let out = "";
  let err = "";
  const output = {
    writeOut: (text: string) => void (out += text),
    writeErr: (text: string) => void (err += text),
  };
  return { exitCode: await runCli(program, argv, output), out, err };
}

describe("the command line", () => {
  it("runs the command that is named", async () => {
    assert.deepEqual(await run("words", "say", "--to", "Ada"), { exitCode: 0, out: "hello Ada\n", err: "" });
  });

  it("prints help and version on standard output, with exit code 0", async () => {
    const help = await run("words", "say", "--help");
    assert.equal(help.exitCode, 0);
    assert.match(help.out, /^Usage: pulumi-windows-kms words say \[options\]/);
    const { version } = JSON.parse(readFileSync(path.resolve(__dirname, "../../package.json"), "utf8"));
    assert.deepEqual(await run("--version"), { exitCode: 0, out: `${version}\n`, err: "" });
  });

  it("fails with 2 and the help on standard error when no command is named", async () => {
    const { exitCode, out, err } = await run("words");
    assert.deepEqual([exitCode, out], [2, ""]);
    assert.match(err, /^Usage: pulumi-windows-kms words/);
  });

  for (const [argv, message] of [
    [
      ["words", "say", "--too", "Ada"],
      "unknown option '--too'. Did you mean --to? There are: --to, --loud, --help. Run `npx pulumi-windows-kms words say --help` to see how to use it",
    ],
    [
      ["words", "sya"],
      "unknown command 'sya'. Did you mean say? There are: say, fail, stop, break. Run `npx pulumi-windows-kms words --help` to see how to use it",
    ],
    [
      ["words", "say", "--to"],
      "option '--to <name>' argument missing. Run `npx pulumi-windows-kms words say --help` to see how to use it",
    ],
    [
      ["words", "say", "Ada"],
      "too many arguments for 'say'. Expected 0 arguments but got 1. Run `npx pulumi-windows-kms words say --help` to see how to use it",
    ],
  ] as const) {
    it(`fails with 2 when given ${argv.join(" ")}`, async () => {
      assert.deepEqual(await run(...argv), { exitCode: 2, out: "", err: `error: KMS7060 ${message}\n` });
    });
  }

  it("fails with 1 when a command fails, with the error of the registry", async () => {
    const { exitCode, out, err } = await run("words", "fail");
    assert.deepEqual([exitCode, out], [1, ""]);
    assert.match(err, /^error: KMS9012 stack\.json is [^\n]*: no resources\. Write [^\n]*\n$/);
  });

  it("fails with 1 and the stack when an error was not foreseen", async () => {
    const { exitCode, err } = await run("words", "break");
    assert.equal(exitCode, 1);
    assert.match(err, /^error: Error: unforeseen\n +at /);
  });

  it("fails with 130 when it was interrupted", async () => {
    assert.equal((await run("words", "stop")).exitCode, 130);
  });
});
