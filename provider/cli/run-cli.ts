import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Command, CommanderError } from "commander";
import { KmsError } from "../errors/kms-error";

/** Adds a command to the program. */
export type CliCommand = (program: Command) => void;

/** A program of the command line. */
export interface CliProgram {
  /** What `npx` calls it by. */
  name: string;
  description: string;
  version: string;
  commands: readonly CliCommand[];
  /** Exit codes by error code, for ends that scripts tell apart from other failures. @default - 1 for every failure */
  exitCodes?: Readonly<Record<string, number>>;
}

/** Where the command line writes to. */
export interface CliOutput {
  writeOut(text: string): void;
  writeErr(text: string): void;
}

const standardOutput: CliOutput = {
  writeOut: (text) => void process.stdout.write(text),
  writeErr: (text) => void process.stderr.write(text),
};

/** A reader such as `head` may end before everything is written, which is no failure. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") {
    throw error;
  }
  process.exit();
}

const failedExitCode = 1;
const usageExitCode = 2;

/**
 * Runs the command that the arguments name and returns the exit code: 0, 1 for a failure, 2 for wrong arguments, or that of
 * the error.
 */
export async function runCli(
  { name, description, version, commands, exitCodes = {} }: CliProgram,
  argv: string[],
  output = standardOutput,
): Promise<number> {
  if (output === standardOutput) {
    process.stdout.on("error", endWithReader);
    process.stderr.on("error", endWithReader);
  }
  const program = new Command(name)
    .description(description)
    .version(version)
    .showSuggestionAfterError()
    // What is wrong is printed once, in the words of the error registry.
    .configureOutput({ ...output, outputError: () => undefined })
    .exitOverride();
  commands.forEach((addTo) => addTo(program));
  try {
    await program.parseAsync(argv, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      return endOfParsing(error, program, argv, output);
    }
    output.writeErr(`error: ${describe(error)}\n`);
    return (hasCode(error) && exitCodes[error.code]) || failedExitCode;
  }
}

/** Help and version end the parsing as well; help that nobody asked for stands for a missing command. */
function endOfParsing(error: CommanderError, program: Command, argv: string[], output: CliOutput): number {
  if (error.exitCode === 0) {
    return 0;
  }
  if (error.code !== "commander.help") {
    output.writeErr(`error: ${describe(wrongArguments(error, namedCommands(program, argv)))}\n`);
  }
  return usageExitCode;
}

function wrongArguments({ code, message }: CommanderError, named: Command[]): KmsError {
  const [reason, ...suggestion] = message.replace(/^error: /, "").split("\n");
  const help = `Run \`npx ${named.map((command) => command.name()).join(" ")} --help\` to see how to use it`;
  const guesses = suggestion.map((line) => line.replace(/^\((.*)\)$/, "$1"));
  return new KmsError("KMS7060", {
    values: {
      reason: reason.replace(/\.$/, ""),
      hint: [...guesses, ...allowed(code, named[named.length - 1]), help].join(" "),
    },
  });
}

function allowed(code: string, { commands, options }: Command): string[] {
  const names: Record<string, string[]> = {
    "commander.unknownCommand": commands.map((command) => command.name()),
    "commander.unknownOption": [...options.map(({ long, flags }) => long ?? flags), "--help"],
  };
  return names[code] === undefined ? [] : [`There are: ${names[code].join(", ")}.`];
}

/** The program, and the command and subcommand that the arguments begin with. */
function namedCommands(command: Command, [word, ...rest]: string[]): Command[] {
  const next = command.commands.find((subcommand) => subcommand.name() === word);
  return [command, ...(next === undefined ? [] : namedCommands(next, rest))];
}

/** Whether an error is one of a registry of error codes, this package's or another's. */
const hasCode = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && /^KMS\d{4}$/.test(String((error as { code?: unknown }).code));

/** What a message repeats of a file or another program must not steer the terminal. */
const withoutControls = (text: string) => text.replace(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, " ");

/** Errors of a registry are sentences; of others the stack tells where they come from. */
function describe(error: unknown): string {
  if (hasCode(error)) {
    return withoutControls(error.message);
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The version in the package.json of the package that a folder belongs to, whether it is compiled or not. */
export function packageVersion(from = __dirname): string {
  let folder = path.dirname(from);
  while (!existsSync(path.join(folder, "package.json"))) {
    folder = path.dirname(folder);
  }
  return (JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string }).version;
}
