import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { LabError } from "../lab-error";

/** A process that says where it is when it is ready. */
export interface DetachedProcess<Address> {
  address: Address;
  stop(): Promise<void>;
  /** Lets it run on after this process has ended. */
  release(): void;
}

const startsWithinMilliseconds = 60_000;
const stopsWithinMilliseconds = 5_000;
const shownLogCharacters = 2_000;

/**
 * Starts a script whose first line on standard output is its address, in JSON; ready when this returns. What it writes
 * to standard error is added to the log. @throws LabError KMS7013 when it ends before that
 */
export async function startDetachedProcess<Address>(
  args: string[],
  logFile: string,
): Promise<DetachedProcess<Address>> {
  const log = openSync(logFile, "a", 0o600);
  // In a process group of its own: Ctrl-C must not end it before the engine.
  const child = spawn(process.execPath, args, {
    detached: true,
    windowsHide: true,
    // It may run for days and must not hold on to a folder of the user's.
    cwd: tmpdir(),
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
    throw new LabError("KMS7013", { values: { log: end } });
  }
  const release = () => {
    child.stdout.destroy();
    child.unref();
  };
  return { address: JSON.parse(line) as Address, stop, release };
}
