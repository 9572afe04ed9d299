import assert from "node:assert/strict";
import { build } from "esbuild";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { Call, CallOutcome } from "./killable-handler";

/** A process that runs commands one after the other, until it is killed. */
export interface HandlerProcess {
  /** Undefined once the process was killed. */
  run(call: Call): Promise<CallOutcome | undefined>;
  /** Kills the process at once; what it has begun goes no further. */
  kill(): void;
  isAlive(): boolean;
}

/** Starts processes ahead, because a process takes longer to start than a command. */
export interface HandlerPool {
  take(): HandlerProcess;
  /** Ends all of them. */
  close(): Promise<void>;
}

const cachedScript = path.join(__dirname, "cached-script.cjs");
const machineFolder = path.resolve(__dirname, "../../../provider/machine");

/** The handlers in one file, with what V8 compiled of it: loading hundreds of files takes ten times as long. */
async function bundle(folder: string): Promise<string> {
  const outfile = path.join(folder, "killable-handler.js");
  await build({
    entryPoints: [path.join(__dirname, "killable-handler.ts")],
    bundle: true,
    platform: "node",
    external: ["*.node"],
    // A module of Azure's that is bundled as CommonJS still asks where it is.
    define: { "import.meta.url": "importMetaUrl" },
    banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    outfile,
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: "error",
  });
  const scripts = (await readdir(machineFolder)).filter((name) => name.endsWith(".ps1"));
  await Promise.all(scripts.map((name) => copyFile(path.join(machineFolder, name), path.join(folder, name))));
  const keeping = spawn(process.execPath, [cachedScript, outfile, "--keep"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  assert.deepEqual(await once(keeping, "exit"), [0, null]);
  return outfile;
}

/** @param ahead processes that wait for work */
export async function startHandlerPool(ahead: number): Promise<HandlerPool> {
  const folder = await mkdtemp(path.join(tmpdir(), "kms-handlers-"));
  const script = await bundle(folder);
  const started = new Set<ChildProcess>();
  const start = (): HandlerProcess => {
    const child = spawn(process.execPath, [cachedScript, script], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
      stdio: ["pipe", "pipe", "inherit"],
    });
    started.add(child);
    child.once("exit", () => started.delete(child));
    child.stdin.on("error", () => undefined); // it was killed before it read
    return handlerProcess(child, createInterface({ input: child.stdout }));
  };
  const waiting = Array.from({ length: ahead }, start);
  return {
    take() {
      waiting.push(start());
      return waiting.shift()!;
    },
    async close() {
      await Promise.all(
        [...started].map(async (child) => {
          const exit = once(child, "exit");
          child.kill("SIGKILL");
          await exit;
        }),
      );
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function handlerProcess(child: ChildProcess, lines: Interface): HandlerProcess {
  let alive = true;
  const ended = once(child, "close").then(() => void (alive = false));
  return {
    async run(call) {
      const answer = once(lines, "line") as Promise<[string]>;
      child.stdin!.write(`${JSON.stringify(call)}\n`);
      const line = await Promise.race([answer, ended]);
      return line === undefined ? undefined : (JSON.parse(line[0]) as CallOutcome);
    },
    kill: () => void child.kill("SIGKILL"),
    isAlive: () => alive,
  };
}
