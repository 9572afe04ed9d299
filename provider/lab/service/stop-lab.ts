import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { labControl } from "../arm/lab-control";
import type { LabAddress } from "../main";
import { removeRunFolders } from "./lab-folder";
import { withLabLock } from "./lab-lock";
import { readLabState, removeLabState, stateFile } from "./lab-state";
import { isThere } from "./running-lab";

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
