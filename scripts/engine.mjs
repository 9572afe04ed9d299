import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import { build } from "./build.mjs";
import {
  buildWithGo,
  cliVersion,
  engineFolderName,
  goOnPath,
  isAtLeast,
  oldestGo,
} from "./engine/build-with-go.mjs";
import { ensureInstalled } from "./install.mjs";
import { withLock } from "./shared/lock.mjs";
import { inRepository, userCacheFolder } from "./shared/repository.mjs";
import { run } from "./shared/run.mjs";
import { codeOf, runIfMain, say, sayingProgress, ScriptError } from "./shared/script.mjs";

/**
 * A Pulumi engine: its folder, its version, how it was found, and an environment whose PATH starts with it.
 * @typedef {{ dir: string, version: string, how: string, env: NodeJS.ProcessEnv }} Engine
 */

/** From a fresh clone to a built package and an engine; returns the engine. */
export async function bootstrap() {
  await ensureInstalled();
  await build();
  const engine = await ensureEngine();
  say(`Pulumi ${engine.version}, ${engine.how}`);
  return engine;
}

/**
 * Finds or makes a Pulumi engine. The order: `pulumi` on PATH, one of an earlier run in the user's cache folder, one
 * built with Go, one installed by the Automation API.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Engine>}
 */
export async function ensureEngine(env = process.env) {
  /** @type {string[]} */
  const reasons = [];
  const onPath = await usableOnPath(env.PATH ?? env.Path, reasons);
  if (onPath !== undefined) {
    return engineIn(onPath.dir, "on PATH", env, onPath.missing);
  }
  const cache = userCacheFolder(env);
  const built = path.join(cache, engineFolderName());
  const installedRoot = path.join(cache, `installed-${cliVersion}`);
  const cached = [built, path.join(installedRoot, "bin")].find((folder) => isEngine(folder));
  if (cached !== undefined) {
    return engineIn(cached, "in the cache", env);
  }
  if (await succeeds(() => buildIfGo(built), reasons)) {
    return engineIn(built, "built with Go", env);
  }
  if (await succeeds(() => installByAutomation(installedRoot), reasons)) {
    return engineIn(path.join(installedRoot, "bin"), "installed by the Automation API", env);
  }
  throw new ScriptError(
    `could not find or install the Pulumi engine (${reasons.join("; ")}). Do one of three things and run the command ` +
      "again: install Pulumi so that `pulumi` is on PATH (https://www.pulumi.com/docs/install/); or install Go " +
      `${oldestGo} or later, which builds the engine once; or allow access to get.pulumi.com, from where the ` +
      "Automation API installs it",
  );
}

/**
 * @param {string | undefined} pathVariable
 * @param {string[]} reasons
 */
async function usableOnPath(pathVariable, reasons) {
  const found = findOnPath(pathVariable);
  if (found === undefined) {
    reasons.push("no `pulumi` on PATH");
    return undefined;
  }
  const reason = reasonAgainst(await versionOf(found.dir), found.missing);
  if (reason !== undefined) {
    reasons.push(reason);
    say(`not using the pulumi in ${found.dir}: ${reason}`);
    return undefined;
  }
  return found;
}

/**
 * Why an engine on PATH is not used; the starter of dynamic resources can be had from the npm package instead.
 * @param {string} version
 * @param {string[]} missing
 */
export function reasonAgainst(version, missing) {
  if (!isAtLeast(version.slice(1), cliVersion.slice(1))) {
    return `Pulumi ${version} on PATH is older than ${cliVersion}`;
  }
  return missing.includes("pulumi-language-nodejs")
    ? "no `pulumi-language-nodejs` beside it on PATH"
    : undefined;
}

/** What an engine folder must hold to run a Node.js program with dynamic resources. */
const needed = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/**
 * Whether a folder holds a whole engine.
 * @param {string} folder
 */
export const isEngine = (folder) => needed.every((name) => findIn(folder, name) !== undefined);

/**
 * The engine on PATH: the folder of `pulumi`, and `missing`, those of its companions that are nowhere on PATH.
 * Undefined when there is no `pulumi`.
 * @param {string | undefined} pathVariable
 */
export function findOnPath(pathVariable) {
  const folders = (pathVariable ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const dir = folders.find((folder) => findIn(folder, "pulumi") !== undefined);
  if (dir === undefined) {
    return undefined;
  }
  const missing = needed.filter((name) => ![dir, ...folders].some((folder) => findIn(folder, name)));
  return { dir: path.resolve(dir), missing };
}

const extensions = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];

/**
 * The file that runs a program of that name from that folder.
 * @param {string} folder
 * @param {string} name
 */
const findIn = (folder, name) =>
  extensions.map((extension) => path.join(folder, name + extension)).find(isExecutable);

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES", "EPERM"].includes(codeOf(error) ?? "")) {
      return false;
    }
    throw error;
  }
}

/** @param {string} folder */
async function buildIfGo(folder) {
  const go = await goOnPath();
  if (go.reason !== undefined) {
    throw new ScriptError(go.reason);
  }
  await buildWithGo(folder, isEngine);
}

/**
 * Lets the Automation API install the official CLI, of the version of its own package.
 * @param {string} root
 */
async function installByAutomation(root) {
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  say(`installing Pulumi from get.pulumi.com into ${root}, once for this user`);
  await withLock(`${root}.lock`, "installing Pulumi", () =>
    sayingProgress("installing Pulumi", () => PulumiCommand.install({ root })),
  );
}

/**
 * Tries one way to get an engine; why it failed goes to `reasons`, and the next way gets its turn.
 * @param {() => Promise<unknown>} way
 * @param {string[]} reasons
 */
async function succeeds(way, reasons) {
  try {
    await way();
    return true;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).trim();
    reasons.push(reason);
    say(`no engine this way: ${reason}`);
    return false;
  }
}

/**
 * @param {string} dir
 * @param {string} how
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} missing
 * @returns {Promise<Engine>}
 */
async function engineIn(dir, how, env, missing = []) {
  const fromNpm = missing.length > 0 ? [inRepository("node_modules/@pulumi/pulumi")] : [];
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const folders = [dir, env[name], ...fromNpm].filter(Boolean).join(path.delimiter);
  return { dir, version: await versionOf(dir), how, env: { ...env, [name]: folders } };
}

/** @param {string} dir */
async function versionOf(dir) {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { output } = await run(findIn(dir, "pulumi") ?? "pulumi", ["version"], { capture: true, env });
  return output.trim();
}

runIfMain(import.meta.url, async () => {
  await ensureInstalled();
  const { dir, version, how } = await ensureEngine();
  say(`Pulumi ${version}, ${how}`);
  process.stdout.write(`${dir}\n`);
});
