import { createHash, randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { mkdir, open, readdir, readFile, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { formatLedger, parseLedger } from "./ledger-text";
import { lockFile, lockHolder } from "./file-lock";
import { interruptedLedger, type LedgerStore, unreachableLedger } from "./store";

const suffix = ".tmp";

/**
 * Replaces a file's text, whole or not at all; it is on the disk when the promise resolves. A symbolic link stays one, and
 * the file keeps its mode and, as far as the process may set them, its owner and group.
 * @param mayReplace asked at the last moment; false leaves the file as it was
 * @param newMode permissions of a file that is not there yet, less those that the umask takes
 * @returns whether the text was replaced
 */
export async function replaceFile(
  path: string,
  text: string,
  mayReplace: () => boolean,
  newMode = 0o666,
): Promise<boolean> {
  const target = await linkTarget(path);
  const temporary = `${target}.${randomUUID()}${suffix}`;
  try {
    await writeNew(temporary, text, newMode, await stat(target).catch(unlessAbsent));
    if (!mayReplace()) {
      return false;
    }
    await rename(temporary, target);
    await syncFolder(dirname(target));
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Removes what killed writers of this file left behind. Only the holder of the file's lock may call it. */
async function removeLeftovers(path: string): Promise<void> {
  const left = (await readdir(dirname(path))).filter(
    (name) => name.startsWith(`${basename(path)}.`) && name.endsWith(suffix),
  );
  await Promise.all(left.map((name) => rm(join(dirname(path), name), { force: true })));
}

/** The file that a path leads to, which need not exist. */
async function linkTarget(path: string): Promise<string> {
  const found = await realpath(path).catch(unlessAbsent);
  if (found !== undefined) {
    return found;
  }
  const link = await readlink(path).catch(() => undefined); // no link
  return link === undefined ? path : resolve(dirname(path), link);
}

function unlessAbsent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
    throw error;
  }
}

const permissions = 0o7777;

/** As an owner: the one that the file has. */
const keep = -1;

/** A new file has what the process gives to new files. */
async function writeNew(path: string, text: string, mode: number, like: Stats | undefined): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text);
    if (like !== undefined) {
      await file
        .chown(like.uid, like.gid)
        .catch(() => file.chown(keep, like.gid)) // only administrators may give files away
        .catch(() => undefined); // a group that the user is not in
      await file.chmod(like.mode & permissions);
    }
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
    async read(keyFingerprint, stop) {
      refuseStopped(url, stop);
      const path = pathOf(keyFingerprint);
      const text = await reaching(readText(path));
      return text === undefined
        ? undefined
        : { document: parseLedger(text, path, keyFingerprint), etag: etagOf(text) };
    },
    async write(keyFingerprint, document, etag, stop) {
      refuseStopped(url, stop);
      return reaching(writeText(folder, pathOf(keyFingerprint), formatLedger(document), etag));
    },
    holder: async (keyFingerprint) => lockHolder(await linkTarget(pathOf(keyFingerprint))),
  };
}

/** Nothing is begun after the signal; what was begun takes no time. */
function refuseStopped(url: string, stop: AbortSignal | undefined): void {
  if (stop?.aborted === true) {
    throw interruptedLedger(url, stop.reason);
  }
}

async function writeText(
  folder: string,
  path: string,
  text: string,
  etag: string | undefined,
): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  const target = await linkTarget(path);
  const lock = await lockFile(target);
  if (lock === undefined) {
    return false;
  }
  try {
    const there = await readText(path);
    if ((there === undefined ? undefined : etagOf(there)) !== etag) {
      return false;
    }
    await removeLeftovers(target);
    return await replaceFile(target, text, lock.isSafe);
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
