import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Root folder of the repository. */
export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * A path below the root of the repository.
 * @param {string[]} parts
 */
export const inRepository = (...parts) => path.join(repository, ...parts);

/** Folder for what scripts keep between runs; git ignores it and `npm ci` clears it. */
export const cacheFolder = inRepository("node_modules/.cache/pulumi-windows-kms");

/**
 * The user's cache folder for this package, by the platform's convention: what outlives a clone.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export function userCacheFolder(env = process.env, platform = process.platform, home = homedir()) {
  if (platform === "win32" && env.LOCALAPPDATA) {
    return path.win32.join(env.LOCALAPPDATA, "pulumi-windows-kms");
  }
  return path.join(env.XDG_CACHE_HOME || path.join(home, ".cache"), "pulumi-windows-kms");
}
