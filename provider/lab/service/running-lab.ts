import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { replaceFile } from "pulumi-windows-kms/bin/provider/testing";
import { LabError } from "../lab-error";
import type { LabAddress } from "./environment";

/** A lab on a burdened machine may be slow to answer. */
const answersWithinMilliseconds = 10_000;

/** The lab of this folder, if it is still there. @throws LabError KMS7064, KMS7066 */
export async function findRunningLab(folder: string): Promise<LabAddress | undefined> {
  const state = await readLabState(stateFile(folder));
  return state !== undefined && (await isThere(state)) ? state : undefined;
}

/** The lab of this folder. @throws LabError KMS7061 when none runs */
export async function requireRunningLab(folder: string): Promise<LabAddress> {
  const lab = await findRunningLab(folder);
  if (lab === undefined) {
    throw new LabError("KMS7061");
  }
  return lab;
}

/**
 * Whether this lab still answers at its address. Its process ID and its port may belong to another program by now, so
 * the answer must name the lab. @throws LabError KMS7064 when what listens there does not answer
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
      throw new LabError("KMS7064", { values: { given: arm, pid }, cause });
    }
    return false; // nothing listens there, or a program that speaks otherwise
  }
}

/** The file in a lab's folder with the address of the running lab. */
export const stateFile = (folder: string) => path.join(folder, "lab.json");

/** The state has a token, so only its owner may read it. */
const ownerOnly = 0o600;

/** Writes where a lab is, for its owner only. */
export async function writeLabState(file: string, address: LabAddress): Promise<void> {
  await replaceFile(file, `${JSON.stringify(address)}\n`, () => true, ownerOnly);
}

/** Where the lab was when it started; undefined when none did. @throws LabError KMS7066 */
export async function readLabState(file: string): Promise<LabAddress | undefined> {
  const text = await readText(file);
  return text === undefined ? undefined : parse(text, file);
}

/** Removes the state of this lab; that of another one stays. */
export async function removeLabState(file: string, id: string): Promise<void> {
  if ((await readLabState(file))?.id === id) {
    await rm(file, { force: true });
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") {
      return undefined;
    }
    throw new LabError("KMS7066", { values: { given: file, reason: message }, cause });
  }
}

function parse(text: string, file: string): LabAddress {
  const refuse = (reason: string, cause?: unknown) =>
    new LabError("KMS7066", { values: { given: file, reason }, cause });
  let value: Partial<LabAddress> | null;
  try {
    value = JSON.parse(text) as Partial<LabAddress> | null;
  } catch (cause) {
    throw refuse((cause as Error).message, cause);
  }
  if (typeof value?.id !== "string" || typeof value.arm !== "string" || typeof value.pid !== "number") {
    throw refuse("it is no state of a lab");
  }
  return value as LabAddress;
}
