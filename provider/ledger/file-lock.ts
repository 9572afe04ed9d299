import { rmdir, stat } from "node:fs/promises";
import { lock } from "proper-lockfile";

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
