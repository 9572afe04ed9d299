import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { answerCommand, type Call, type Request } from "./commands";
import { powerShell } from "./powershell";
import { CommandFailure, type Windows } from "./windows";

/** One run of PowerShell in a session with stand-ins for the commands of Windows. */
export interface Case {
  /** A script file with its parameters … */
  script?: string;
  parameters?: Record<string, string>;
  /** … or a command line. */
  command?: string;
  standardInput?: string;
  /** Commands that this Windows lacks. */
  missing?: string[];
  /** Name of the session's culture. */
  culture?: string;
  /** Whether the session is in strict mode. */
  strict?: boolean;
  /** Fails the call with this number, counted from 0. */
  fault?: { call: number; failure: CommandFailure };
  /** Called before each answer, which waits for it. */
  pause?: (request: Request) => Promise<void>;
}

/** What a run printed, and which commands of Windows it called. */
export interface Run {
  status: number;
  stdout: string;
  stderr: string;
  calls: Call[];
  /** The changes that it made, joined with ", ". */
  log: string;
}

/** A PowerShell with stand-ins for the commands of Windows. */
export interface StandIns {
  run(windows: Windows, work: Case): Promise<Run>;
  stop(): void;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

/** Starts one PowerShell for many runs: each start takes a second. */
export function startStandIns(): StandIns {
  const file = path.join(__dirname, "stand-ins.ps1");
  const child = spawn(powerShell, ["-NoProfile", "-NonInteractive", "-File", file], {
    stdio: ["pipe", "pipe", "inherit"],
    // What .NET measures in order to compile again pays in processes that run for longer.
    env: { ...process.env, DOTNET_TieredPGO: "0" },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const send = (document: object) =>
    child.stdin.write(`${Buffer.from(JSON.stringify(document)).toString("base64")}\n`);
  async function run(windows: Windows, { fault, pause, ...work }: Case): Promise<Run> {
    send(work);
    const calls: Call[] = [];
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) {
        throw new Error("PowerShell has ended");
      }
      const said = JSON.parse(value) as { request?: Request; result?: Omit<Run, "log" | "calls"> };
      if (said.result !== undefined) {
        const log = calls.flatMap(({ change }) => change ?? []).join(", ");
        return { ...said.result, calls, log };
      }
      await pause?.(said.request!);
      send(answer(windows, said.request!, calls, fault));
    }
  }
  let turn: Promise<unknown> = Promise.resolve();
  return {
    run(windows, work) {
      const own = turn.then(() => run(windows, work));
      turn = own.catch(() => undefined);
      return own;
    },
    stop: () => child.stdin.end(),
    kill: () => void child.kill("SIGKILL"),
  };
}

/** A fault of the test itself ends the test, and is no answer. */
function answer(windows: Windows, request: Request, calls: Call[], fault: Case["fault"]): object {
  try {
    if (fault?.call === calls.length) {
      calls.push({ command: request.command });
      throw fault.failure;
    }
    return { value: answerCommand(windows, request, calls) ?? null };
  } catch (error) {
    if (error instanceof CommandFailure) {
      calls.at(-1)!.failed = true;
      const { id, category, message, details } = error;
      return { failure: { id, category, message, ...details } };
    }
    throw error;
  }
}
