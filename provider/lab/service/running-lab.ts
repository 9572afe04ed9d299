import { KmsError } from "../../errors/kms-error";
import type { LabAddress } from "../main";
import { readLabState, stateFile } from "./lab-state";

/** A lab on a burdened machine may be slow to answer. */
const answersWithinMilliseconds = 10_000;

/** The lab of this folder, if it is still there. @throws KmsError KMS7064, KMS7066 */
export async function findRunningLab(folder: string): Promise<LabAddress | undefined> {
  const state = await readLabState(stateFile(folder));
  return state !== undefined && (await isThere(state)) ? state : undefined;
}

/** The lab of this folder. @throws KmsError KMS7061 when none runs */
export async function requireRunningLab(folder: string): Promise<LabAddress> {
  const lab = await findRunningLab(folder);
  if (lab === undefined) {
    throw new KmsError("KMS7061");
  }
  return lab;
}

/**
 * Whether this lab still answers at its address. Its process ID and its port may belong to another program by now, so
 * the answer must name the lab. @throws KmsError KMS7064 when what listens there does not answer
 */
export async function isThere(
  { arm, id, pid }: Pick<LabAddress, "arm" | "id" | "pid">,
  withinMilliseconds = answersWithinMilliseconds,
): Promise<boolean> {
  const signal = AbortSignal.timeout(withinMilliseconds);
  try {
    const response = await fetch(`${arm}/lab/identity`, { signal });
    return ((await response.json()) as { id?: string }).id === id;
  } catch (cause) {
    if (signal.aborted) {
      throw new KmsError("KMS7064", { values: { given: arm, pid }, cause });
    }
    return false; // nothing listens there, or a program that speaks otherwise
  }
}
