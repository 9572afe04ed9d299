import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { KmsError } from "../../errors/kms-error";
import type { LabAddress } from "../main";

/** A running lab. */
export interface LabProcess {
  address: LabAddress;
  stop(): Promise<void>;
  /** Lets the lab run on after this process has ended. */
  release(): void;
}

const startsWithinMilliseconds = 60_000;
const stopsWithinMilliseconds = 5_000;
const shownLogCharacters = 2_000;

/** Starts the lab in a process of its own; ready when this returns. */
export async function startLabProcess(logFile: string, record?: string): Promise<LabProcess> {
  const args = [path.join(__dirname, "../main.js"), "--log", logFile];
  const log = openSync(logFile, "a", 0o600);
  // In a process group of its own: Ctrl-C must not end it before the engine.
  const child = spawn(process.execPath, record === undefined ? args : [...args, "--record", record], {
    detached: true,
    windowsHide: true,
    stdio: ["ignore", "pipe", log],
  }) as ChildProcessByStdio<null, Readable, null>;
  closeSync(log);
  const exited = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    const ended = await Promise.race([
      exited,
      setTimeout(stopsWithinMilliseconds, undefined, { ref: false }),
    ]);
    if (ended === undefined) {
      child.kill("SIGKILL");
      await exited;
    }
  };
  const line = await Promise.race([
    once(createInterface(child.stdout), "line").then(([text]) => text as string),
    exited.then(() => undefined),
    setTimeout(startsWithinMilliseconds, undefined, { ref: false }),
  ]);
  if (line === undefined) {
    await stop();
    const end = (await readFile(logFile, "utf8")).slice(-shownLogCharacters).trim();
    throw new KmsError("KMS7013", { values: { log: end } });
  }
  const release = () => {
    child.stdout.destroy();
    child.unref();
  };
  return { address: JSON.parse(line) as LabAddress, stop, release };
}
