import { readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createHash } from "node:crypto";
import { inRepository, repository } from "./shared/repository.mjs";
import { withLock } from "./shared/lock.mjs";
import { isMain, runMain } from "./shared/main.mjs";
import { npm } from "./shared/run.mjs";
import { elapsed, say } from "./shared/say.mjs";
import { ScriptError } from "./shared/script-error.mjs";

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
      throw new ScriptError("KMS7001");
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
    (await modifiedAt(wanted)) <= installedAt || sameDependencies(await json(wanted), await json(installed))
  );
}

/**
 * Whether npm's own record of what it installed has every package of the lock file in that version. A package may be
 * missing when it is optional, for another platform.
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

const json = async (file) => JSON.parse(await readFile(file, "utf8"));

async function modifiedAt(file) {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (error.code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

if (isMain(import.meta.url)) {
  await runMain(ensureInstalled);
}
