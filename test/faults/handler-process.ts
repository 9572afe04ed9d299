import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";

/** What a handler's process ended with. */
export interface HandlerOutcome {
  result?: unknown;
  error?: { message: string; code?: string; id?: string; properties?: Record<string, unknown> };
  /** It was killed. */
  killed?: boolean;
  /** Everything that it printed. */
  printed: string;
}

/** A call of a handler under way. */
export interface HandlerCall {
  process: ChildProcess;
  outcome: Promise<HandlerOutcome>;
}

const script = path.join(__dirname, "run-handler.ts");

/** Calls a handler in a process of its own. */
export function callHandler(
  method: "create" | "update" | "read" | "remove",
  args: unknown[],
  env: Record<string, string>,
): HandlerCall {
  const child = spawn(process.execPath, ["--require", "tsx/cjs", script, method], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(JSON.stringify(args));
  return { process: child, outcome: outcomeOf(child) };
}

async function outcomeOf(child: ChildProcess): Promise<HandlerOutcome> {
  const [[code, signal], stdout, stderr] = await Promise.all([
    once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>,
    text(child.stdout!),
    text(child.stderr!),
  ]);
  const printed = stdout + stderr;
  if (signal === "SIGKILL") {
    return { killed: true, printed };
  }
  if (code !== 0) {
    throw new Error(`the handler's process ended with ${code ?? signal}:\n${printed}`);
  }
  return { ...(JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as HandlerOutcome), printed };
}
