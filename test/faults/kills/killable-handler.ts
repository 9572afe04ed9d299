/**
 * A process of a dynamic provider with what the engine does around it. Each line of its input is a `Call`, and it prints a
 * `CallOutcome` as a line for it.
 */
import fs from "node:fs/promises";
import { createInterface } from "node:readline";
import { EngineStandIn } from "../engine-stand-in";

/** What the engine stores of the resource; undefined before it is created. */
export type StoredState = EngineStandIn["state"];

/** One command of the engine. */
export interface Call {
  command: "up" | "refresh" | "destroy";
  state?: StoredState;
  inputs: object;
  env: Record<string, string>;
  /** The process kills itself before the file operation of the ledger with this number, from 1 on. */
  killAtFile?: number;
}

export interface CallOutcome {
  state?: StoredState;
  /** Message of the error that the command ended with. */
  error?: string;
  /** File operations of the ledger. */
  files: string[];
}

/** Operations that what others see of the ledger's folder depends on. */
const fileOperations = ["open", "rename", "rm", "appendFile"] as const;

const files: string[] = [];
let killAtFile = Infinity;

for (const name of fileOperations) {
  const operation = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      if (String(args[0]).includes("kms-ledger-") && name !== "appendFile") {
        files.push(name);
        if (files.length === killAtFile) {
          process.kill(process.pid, "SIGKILL");
        }
      }
      return operation(...args);
    },
  });
}

/** What Azure's client waits between two looks at an operation. Here each look moves the lab's clock instead. */
const pollMilliseconds = 2000;
const { setTimeout: setTimer } = globalThis;
globalThis.setTimeout = ((callback: () => void, milliseconds?: number, ...args: []) =>
  setTimer(callback, milliseconds === pollMilliseconds ? 1 : milliseconds, ...args)) as typeof setTimeout;

async function run({ command, state, inputs, env, ...call }: Call): Promise<CallOutcome> {
  Object.assign(process.env, env);
  files.length = 0;
  killAtFile = call.killAtFile ?? Infinity;
  const engine = new EngineStandIn(inputs);
  engine.state = state;
  try {
    await { up: engine.up, refresh: engine.refresh, destroy: engine.remove }[command]();
    return { state: engine.state, files: [...files] };
  } catch (error) {
    return { state: engine.state, error: (error as Error).message, files: [...files] };
  }
}

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const outcome = await run(JSON.parse(line) as Call);
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  }
}

void main();
