import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatLedger, parseLedger } from "./document-text";
import { lockFile } from "./file-lock";
import type { LedgerStore } from "./ledger-store";
import { removeLeftovers, replaceFile } from "./replace-file";
import { unreachableLedger } from "./unreachable-ledger";

/** Keeps ledgers in a folder, one JSON file per key, for processes that share the folder. */
export function fileStore(url: string, folder: string): LedgerStore {
  const pathOf = (keyFingerprint: string) => join(folder, `${keyFingerprint}.json`);
  const reaching = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw unreachableLedger(url, error);
    });
  return {
    url,
    async read(keyFingerprint) {
      const path = pathOf(keyFingerprint);
      const text = await reaching(readText(path));
      return text === undefined
        ? undefined
        : { document: parseLedger(text, path, keyFingerprint), etag: etagOf(text) };
    },
    write: (keyFingerprint, document, etag) =>
      reaching(writeText(folder, pathOf(keyFingerprint), formatLedger(document), etag)),
  };
}

async function writeText(
  folder: string,
  path: string,
  text: string,
  etag: string | undefined,
): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFile(path);
  if (lock === undefined) {
    return false;
  }
  try {
    const there = await readText(path);
    if ((there === undefined ? undefined : etagOf(there)) !== etag) {
      return false;
    }
    await removeLeftovers(path);
    return await replaceFile(path, text, lock.isSafe);
  } finally {
    await lock.release();
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

const etagOf = (text: string) => createHash("sha256").update(text).digest("hex");
