import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { KmsError } from "../../errors/kms-error";
import { replaceFile } from "../../ledger/file-store";
import type { LabAddress } from "../main";

/** The file in a lab's folder that tells where the running lab is. */
export const stateFile = (folder: string) => path.join(folder, "lab.json");

/** Writes where a lab is, for its owner only. */
export async function writeLabState(file: string, address: LabAddress): Promise<void> {
  await replaceFile(file, `${JSON.stringify(address)}\n`, () => true);
}

/** Where the lab was when it started; undefined when none did. @throws KmsError KMS7066 */
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
    throw new KmsError("KMS7066", { values: { given: file, reason: message }, cause });
  }
}

function parse(text: string, file: string): LabAddress {
  const refuse = (reason: string, cause?: unknown) =>
    new KmsError("KMS7066", { values: { given: file, reason }, cause });
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
