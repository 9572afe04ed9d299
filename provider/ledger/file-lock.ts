import { randomUUID } from "node:crypto";
import { appendFile, open, readFile, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";

/*
 * A lock of our own: the libraries for it on npm (proper-lockfile, unmaintained since 2021, lockfile, cross-process-lock)
 * compare the time of a file with the clock of whoever looks, so that two machines whose clocks differ take a living
 * holder for dead, or wait for a dead one for ever. Here nobody compares clocks: a holder is dead when its lock has not
 * changed for a time that the waiting process itself measured.
 */

/** A lock that this process holds. */
export interface FileLock {
  /** Whether nobody can have taken the lock over yet. */
  isSafe(): boolean;
  release(): Promise<void>;
}

/** After this time without a sign of life the holder is considered dead. */
const staleMilliseconds = 10_000;

/** A holder that was held up longer, for example by a sleeping computer, no longer trusts its lock. */
const safeMilliseconds = staleMilliseconds / 2;
const heartbeatMilliseconds = 2_000;

/** What this process last saw of locks of others, and since when. */
const watched = new Map<string, { seen: string; since: number }>();

/** The file that says who has the lock of a file. */
export const lockPath = (path: string) => `${path}.lock`;

/** Takes the lock of a file, which need not exist; undefined while another process holds it. */
export async function lockFile(path: string): Promise<FileLock | undefined> {
  const lock = await tryLock(lockPath(path));
  if (lock === undefined) {
    await removeAbandoned(path);
  }
  return lock;
}

/**
 * Removes the lock of a dead process. That takes a lock too: of two processes that both find the old lock stale, the
 * slower one would otherwise remove the new lock of the faster one.
 */
async function removeAbandoned(path: string): Promise<void> {
  const abandoned = await abandonedSince(lockPath(path));
  if (abandoned === undefined) {
    return;
  }
  const takeover = `${lockPath(path)}.takeover`;
  const right = await tryLock(takeover);
  if (right === undefined) {
    if ((await abandonedSince(takeover)) !== undefined) {
      await rm(takeover, { force: true });
    }
    return;
  }
  try {
    if ((await signOfLife(lockPath(path))) === abandoned && right.isSafe()) {
      await rm(lockPath(path), { force: true });
    }
  } finally {
    await right.release();
  }
}

/** What a lock has shown for too long; undefined for one that changed, that is gone, or that was not watched long enough. */
async function abandonedSince(file: string): Promise<string | undefined> {
  const seen = await signOfLife(file);
  const before = watched.get(file);
  if (seen === undefined) {
    watched.delete(file);
    return undefined;
  }
  if (before?.seen !== seen) {
    watched.set(file, { seen, since: performance.now() });
    return undefined;
  }
  return performance.now() - before.since > staleMilliseconds ? seen : undefined;
}

async function signOfLife(file: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    // What another user keeps to himself still shows when it was written.
    const text = await readFile(file, "utf8").catch(unlessCode("EISDIR", "EACCES"));
    return `${mtimeMs} ${size} ${ino} ${text}`;
  } catch (error) {
    return unlessCode("ENOENT")(error);
  }
}

/** Creates the lock's file, which fails where there is one; on network file systems as well. */
async function tryLock(file: string): Promise<FileLock | undefined> {
  const takenAt = performance.now();
  const own = `${randomUUID()} process ${process.pid} on ${hostname()}`;
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(`${own}\n`).finally(() => handle.close());
  } catch (error) {
    return unlessCode("EEXIST")(error);
  }
  watched.delete(file);
  let lost = false;
  const isOwn = async () =>
    (await readFile(file, "utf8").catch(unlessCode("ENOENT", "EACCES")))?.startsWith(own) === true;
  const beat = async () => {
    lost ||= !(await isOwn());
    if (!lost) {
      await appendFile(file, ".");
    }
  };
  const heartbeat = setInterval(() => {
    beat().catch(() => (lost = true));
  }, heartbeatMilliseconds).unref();
  return {
    isSafe: () => !lost && performance.now() - takenAt < safeMilliseconds,
    async release() {
      clearInterval(heartbeat);
      if (await isOwn()) {
        await rm(file, { force: true });
      }
    },
  };
}

/** Who has the lock of a file, for messages: the lock's file and what stands in it. */
export async function lockHolder(path: string): Promise<string | undefined> {
  const file = lockPath(path);
  const seen = await readFile(file, "utf8").catch(() => undefined);
  if (seen !== undefined) {
    return `${file}, ${seen.split("\n", 1)[0].replace(/^[0-9a-f-]{36} /, "")}`;
  }
  const owner = await stat(file).catch(() => undefined);
  return owner && `${file}, user ID ${owner.uid}`;
}

function unlessCode(...codes: string[]): (error: unknown) => undefined {
  return (error) => {
    if (!codes.includes((error as NodeJS.ErrnoException).code ?? "")) {
      throw error;
    }
  };
}
