import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { labControl } from "../control/lab-control";
import { LabError } from "../lab-error";
import { type DetachedProcess, startDetachedProcess } from "./detached-process";
import type { LabAddress } from "./environment";
import { listenForInterrupts } from "./interrupts";
import {
  keepRunFolder,
  labPassphrase,
  makeRunFolder,
  openLabFolder,
  removeRunFolders,
  withLabLock,
} from "./lab-folder";
import { findRunningLab, isThere, readLabState, removeLabState, stateFile } from "./running-lab";

/** Files that a lab may write to. */
export interface LabFiles {
  /** Gets one JSON line for each ARM request. */
  record?: string;
  /** @default - a file in the lab's own folder, which is removed with it */
  log?: string;
}

/** A lab that runs now. */
export interface StartedLab {
  address: LabAddress;
  /** Whether it ran already. */
  ranAlready: boolean;
}

/**
 * Starts the lab of a folder, which goes on running when this process has ended; a lab that runs already stays.
 * @throws LabError KMS7013, KMS7019, KMS7064, KMS7066, KMS7067
 */
export async function startLab(folder: string, files: LabFiles = {}): Promise<StartedLab> {
  await openLabFolder(folder);
  return withLabLock(folder, async () => {
    const running = await findRunningLab(folder);
    if (running === undefined) {
      return { address: await startAnew(folder, files), ranAlready: false };
    }
    refuseFiles(files);
    return { address: running, ranAlready: true };
  });
}

function refuseFiles(files: LabFiles): void {
  const given = Object.entries(files).find(([, file]) => file !== undefined);
  if (given !== undefined) {
    throw new LabError("KMS7067", { property: `--${given[0]}`, values: { given: given[1] as string } });
  }
}

async function startAnew(folder: string, files: LabFiles): Promise<LabAddress> {
  await labPassphrase(folder);
  const interrupts = listenForInterrupts(() => undefined);
  const id = randomUUID();
  // What a lab left that was killed: its resources are gone, but not the stacks and what their keys have spent.
  const isKept = await keepRunFolder(folder, id);
  try {
    const run = await makeRunFolder(folder, id);
    const logFile = files.log ?? path.join(run, "lab.log");
    const lab = await startServer(logFile, { record: files.record, id, state: stateFile(folder) });
    if (interrupts.cancel.aborted) {
      await lab.stop();
      throw new LabError("KMS7019");
    }
    lab.release();
    return lab.address;
  } catch (error) {
    if (!isKept) {
      await removeRunFolders(folder);
    }
    throw error;
  } finally {
    interrupts.dispose();
  }
}

const server = path.join(__dirname, "../server.js");

/** Starts the server in a process of its own; ready when this returns. */
function startServer(
  logFile: string,
  options: { record?: string; id: string; state: string },
): Promise<DetachedProcess<LabAddress>> {
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  return startDetachedProcess([server, "--log", logFile, ...flags], logFile);
}

const pollMilliseconds = 100;
const stopsWithinMilliseconds = 5_000;

/** Stops the lab of a folder and removes its state, its stacks and its ledger; gives the lab, if one ran. */
export async function stopLab(folder: string): Promise<LabAddress | undefined> {
  if (!existsSync(folder)) {
    return undefined;
  }
  return withLabLock(folder, async () => {
    const state = await readLabState(stateFile(folder));
    const running = state !== undefined && (await isThere(state));
    if (running) {
      await labControl(state.arm).shutdown();
      await waitForEnd(state);
    }
    if (state !== undefined) {
      await removeLabState(stateFile(folder), state.id);
    }
    await removeRunFolders(folder);
    return running ? state : undefined;
  });
}

/** The process is ended by its ID only while it answers as this lab. */
async function waitForEnd(lab: LabAddress): Promise<void> {
  const until = performance.now() + stopsWithinMilliseconds;
  while (await isThere(lab)) {
    if (performance.now() > until) {
      process.kill(lab.pid, "SIGKILL");
    }
    await setTimeout(pollMilliseconds);
  }
}
