import { closeSync, fchmodSync, openSync, writeSync } from "node:fs";
import { KmsError } from "../errors/kms-error";

/** A file that the lab writes lines to, readable by its owner only. */
export interface LineFile {
  /** The line is in the file when this returns, and so before whatever it tells of is answered. */
  add(line: string): void;
  close(): void;
}

/** Opens the file, empty or (`"a"`) with what it has. @throws KmsError KMS7101 when it cannot be written */
export function openLineFile(path: string, flags: "w" | "a"): LineFile {
  const file = openFile(path, flags);
  return {
    add: (line) => void writeSync(file, `${line}\n`),
    close: () => closeSync(file),
  };
}

function openFile(path: string, flags: string): number {
  try {
    const file = openSync(path, flags, 0o600);
    fchmodSync(file, 0o600);
    return file;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KmsError("KMS7101", { values: { given: path, reason }, cause: error });
  }
}
