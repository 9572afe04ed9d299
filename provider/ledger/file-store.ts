import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { lock } from "proper-lockfile";
import { formatLedger, parseLedger } from "./document";
import { type LedgerStore, unreachableLedger } from "./store";

/** A lock that is held. */
export interface FileLock {
  /** Whether nobody can have taken the lock over yet. */
  isSafe(): boolean;
  release(): Promise<void>;
}

/** After so long without a sign of life its holder is taken for dead. */
const staleMilliseconds = 10_000;

/** A holder that was held up longer, by a sleeping computer say, no longer trusts its lock. */
const safeMilliseconds = staleMilliseconds / 2;
const heartbeatMilliseconds = 2_000;

/** Takes the lock of a file, which need not exist; undefined while another holds it. */
export async function lockFile(path: string): Promise<FileLock | undefined> {
  const takenAt = performance.now();
  let compromised = false;
  const release = await tryLock(path, Infinity, () => (compromised = true));
  if (release === undefined) {
    await removeAbandoned(path);
    return undefined;
  }
  return {
    isSafe: () => !compromised && performance.now() - takenAt < safeMilliseconds,
    release: async () => {
      if (!compromised) {
        await release();
      }
    },
  };
}

/**
 * Removes the lock of a dead process. That takes a lock too: of two processes that both find the old lock stale, the
 * slower one would otherwise remove the new lock of the faster one.
 */
async function removeAbandoned(path: string): Promise<void> {
  if (!(await isAbandoned(path))) {
    return;
  }
  const release = await tryLock(`${path}.takeover`, staleMilliseconds, () => undefined);
  if (release === undefined) {
    return;
  }
  try {
    if (await isAbandoned(path)) {
      await rmdir(lockFolder(path)).catch(unlessAbsent);
    }
  } finally {
    await release();
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const folder = await stat(lockFolder(path)).catch(unlessAbsent);
  return folder !== undefined && Date.now() - folder.mtimeMs > staleMilliseconds;
}

const lockFolder = (path: string) => `${path}.lock`;

async function tryLock(path: string, stale: number, onCompromised: () => void) {
  try {
    return await lock(path, { realpath: false, stale, update: heartbeatMilliseconds, onCompromised });
  } catch (error) {
    return unlessCode("ELOCKED", error);
  }
}

const unlessAbsent = (error: unknown) => unlessCode("ENOENT", error);

function unlessCode(code: string, error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== code) {
    throw error;
  }
}

const suffix = ".tmp";

/**
 * Puts a text in a file's place, whole or not at all, and on the disk when the promise resolves.
 * @param mayReplace asked in the last moment; false leaves the file as it was
 * @returns whether the text took the file's place
 */
export async function replaceFile(path: string, text: string, mayReplace: () => boolean): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}${suffix}`;
  try {
    await writeNew(temporary, text);
    if (!mayReplace()) {
      return false;
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Removes what killed writers of this file left. Only for who holds the file's lock. */
export async function removeLeftovers(path: string): Promise<void> {
  const left = (await readdir(dirname(path))).filter(
    (name) => name.startsWith(`${basename(path)}.`) && name.endsWith(suffix),
  );
  await Promise.all(left.map((name) => rm(join(dirname(path), name), { force: true })));
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The new name is on the disk only when the folder is; Windows cannot open folders and does it by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") {
    return;
  }
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

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
