import { readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createHash } from "node:crypto";
import { inRepository, repository } from "./shared/repository.mjs";
import { withLock } from "./shared/lock.mjs";
import { npm } from "./shared/run.mjs";
import { codeOf, elapsed, runIfMain, say, ScriptError } from "./shared/script.mjs";

/** Installs the dependencies where they are not what the lock file says. */
export async function ensureInstalled() {
  if (await isInstalled()) {
    return;
  }
  await withLock(lockFile(), "installing the dependencies", async () => {
    if (await isInstalled()) {
      return;
    }
    const startedAt = Date.now();
    say("installing the dependencies (npm ci), once");
    const { code } = await npm(["ci", "--no-audit", "--no-fund"]);
    if (code !== 0) {
      throw new ScriptError(
        "npm could not install the dependencies of the package; its own message is above. Check that the npm registry " +
          "can be reached and that package.json and package-lock.json fit together, then run the command again",
      );
    }
    say(`dependencies installed in ${elapsed(startedAt)}`);
  });
}

/** The lock is outside the repository: `npm ci` empties node_modules. */
function lockFile() {
  const name = createHash("sha256").update(repository).digest("hex").slice(0, 12);
  return path.join(tmpdir(), `pulumi-windows-kms-install-${name}.lock`);
}

async function isInstalled() {
  const wanted = inRepository("package-lock.json");
  const installed = inRepository("node_modules/.package-lock.json");
  const installedAt = await modifiedAt(installed);
  if (installedAt === undefined) {
    return false;
  }
  return (
    ((await modifiedAt(wanted)) ?? Infinity) <= installedAt ||
    sameDependencies(await json(wanted), await json(installed))
  );
}

/**
 * @typedef {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} LockFile
 */

/**
 * Whether npm's own record of what it installed has every package of the lock file in that version. A package may be
 * missing when it is optional, for another platform.
 * @param {LockFile} lock
 * @param {LockFile} installed
 */
export function sameDependencies(lock, installed) {
  return Object.entries(lock.packages)
    .filter(([place]) => place.startsWith("node_modules/"))
    .every(([place, wanted]) => {
      const found = installed.packages[place];
      return found === undefined
        ? wanted.optional === true
        : found.version === wanted.version && found.integrity === wanted.integrity;
    });
}

/**
 * @param {string} file
 * @returns {Promise<LockFile>}
 */
const json = async (file) => JSON.parse(await readFile(file, "utf8"));

/** @param {string} file */
async function modifiedAt(file) {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

runIfMain(import.meta.url, ensureInstalled);
