import { randomUUID } from "node:crypto";
import path from "node:path";
import { KmsError } from "../../errors/kms-error";
import type { LabAddress } from "../main";
import { listenForInterrupts } from "../run/interrupts";
import { startLabProcess } from "../run/lab-process";
import { labPassphrase, makeRunFolder, openLabFolder, removeRunFolders } from "./lab-folder";
import { withLabLock } from "./lab-lock";
import { stateFile } from "./lab-state";
import { refuseMissingPackages } from "./missing-packages";
import { findRunningLab } from "./running-lab";

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
 * @throws KmsError KMS7013, KMS7019, KMS7064 to KMS7067
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
    throw new KmsError("KMS7067", { property: `--${given[0]}`, values: { given: given[1] as string } });
  }
}

async function startAnew(folder: string, files: LabFiles): Promise<LabAddress> {
  refuseMissingPackages();
  await removeRunFolders(folder);
  await labPassphrase(folder);
  const interrupts = listenForInterrupts(() => undefined);
  try {
    const id = randomUUID();
    const logFile = files.log ?? path.join(await makeRunFolder(folder, id), "lab.log");
    const lab = await startLabProcess(logFile, { record: files.record, id, state: stateFile(folder) });
    if (interrupts.cancel.aborted) {
      await lab.stop();
      throw new KmsError("KMS7019");
    }
    lab.release();
    return lab.address;
  } catch (error) {
    await removeRunFolders(folder);
    throw error;
  } finally {
    interrupts.dispose();
  }
}
