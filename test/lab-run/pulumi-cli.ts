import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Readable } from "node:stream";
import { LabError } from "../../provider/lab/lab-error";
import { labEnvironment } from "../../provider/lab/service/environment";
import type { Interrupts } from "../../provider/lab/service/interrupts";
import { LabRunError } from "./lab-run-error";

/** Runs commands of the Pulumi CLI. */
export interface PulumiCli {
  /** Runs a command that only answers; its output is returned, and shown when it fails. */
  ask(args: string[], input?: string): Promise<string>;
  /** Runs a command whose output is shown as it comes. */
  show(args: string[]): Promise<void>;
}

/** What a `PulumiCli` needs. */
export interface PulumiCliOptions {
  env: NodeJS.ProcessEnv;
  /** Folder that commands run in. */
  cwd: string;
  /** File descriptor that output is shown on. */
  output: 1 | 2;
  interrupts: Pick<Interrupts, "cancel" | "kill">;
}

/** A `PulumiCli` for one stack. */
export function pulumiCli(options: PulumiCliOptions): PulumiCli {
  return {
    ask: (args, input) => runPulumi(args, options, input ?? ""),
    show: async (args) => {
      await runPulumi(args, options);
    },
  };
}

/** With `input` the output is captured, without it is shown. */
async function runPulumi(args: string[], options: PulumiCliOptions, input?: string): Promise<string> {
  const { env, cwd, output } = options;
  const { cancel } = options.interrupts;
  if (cancel.aborted) {
    throw new LabError("KMS7019");
  }
  // In a process group of its own, so that Ctrl-C reaches the engine once, from here, and not from everybody above.
  const child = spawn("pulumi", [...args, "--non-interactive"], {
    env,
    cwd,
    detached: true,
    windowsHide: true,
    stdio: input === undefined ? ["ignore", output, 2] : "pipe",
  });
  const printed = collect(child.stdout);
  const complained = collect(child.stderr);
  child.stdin?.on("error", ignoreClosedInput).end(input);
  const exitCode = await exitCodeOf(child, options.interrupts);
  if (exitCode === 0) {
    return printed.join("");
  }
  process.stderr.write([...printed, ...complained].join(""));
  throw cancel.aborted
    ? new LabError("KMS7019")
    : new LabRunError("KMS7014", { values: { command: args.join(" "), exitCode } });
}

function collect(stream: Readable | null): string[] {
  const chunks: string[] = [];
  stream?.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
  return chunks;
}

/** A command that ends before it has read its input says why by its exit code. */
function ignoreClosedInput(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") {
    throw error;
  }
}

async function exitCodeOf(
  child: ChildProcess,
  { cancel, kill }: PulumiCliOptions["interrupts"],
): Promise<number> {
  const onCancel = () => child.kill("SIGINT");
  const onKill = () => killGroup(child);
  cancel.addEventListener("abort", onCancel);
  kill.addEventListener("abort", onKill);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return code ?? 1;
  } finally {
    cancel.removeEventListener("abort", onCancel);
    kill.removeEventListener("abort", onKill);
  }
}

/** The engine's plugins are in its process group; Windows has none, there they end when their engine has. */
function killGroup(child: ChildProcess): void {
  if (process.platform === "win32" || child.pid === undefined) {
    child.kill("SIGKILL");
  } else {
    process.kill(-child.pid, "SIGKILL");
  }
}

/** Variables that would lead the engine to the user's own login, stacks, plugins or Azure subscription. */
const usersOwn = /^(PULUMI|ARM|AZURE)_/i;

/** Environment of the engine's commands: the caller's, but what leads to the caller's own accounts, and the lab's. */
export function engineEnvironment(caller: NodeJS.ProcessEnv, own: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.entries(caller).filter(([name]) => !usersOwn.test(name));
  return {
    ...Object.fromEntries(kept),
    ...own,
    // The engine writes an event log only in this mode.
    PULUMI_DEBUG_COMMANDS: "true",
    // Types are checked by the compiler over the examples; here they would cost a second in each step.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
}

/** The lab's own part of it: a home and what `labEnvironment` has, all below `folder`. */
export function ownEnvironment(
  folder: string,
  passphrase: string,
  lab: Record<string, string>,
): Record<string, string> {
  return { ...labEnvironment(folder, passphrase, lab), PULUMI_HOME: path.join(folder, "home") };
}
