import path from "node:path";
import { buildWithGo, goOnPath, isAtLeast } from "./engine/build-with-go.mjs";
import { cacheFolderOf } from "./engine/cache-folder.mjs";
import { findIn, findOnPath, isEngine } from "./engine/find-engine.mjs";
import { installByAutomation } from "./engine/install-by-automation.mjs";
import { cliVersion, engineFolderName, oldestGo } from "./engine/versions.mjs";
import { ensureInstalled } from "./install.mjs";
import { isMain, runMain } from "./shared/main.mjs";
import { inRepository } from "./shared/repository.mjs";
import { run } from "./shared/run.mjs";
import { say } from "./shared/say.mjs";
import { ScriptError } from "./shared/script-error.mjs";

/**
 * Finds or makes a Pulumi engine: `{ dir, version, how, env }`. The order: `pulumi` on PATH, one of an earlier run in
 * the user's cache folder, one built with Go, one installed by the Automation API. `env` is an environment whose PATH
 * starts with the engine.
 */
export async function ensureEngine(env = process.env) {
  const reasons = [];
  const onPath = await usableOnPath(env.PATH ?? env.Path, reasons);
  if (onPath !== undefined) {
    return engineIn(onPath.dir, "on PATH", env, onPath.missing);
  }
  const cache = cacheFolderOf(env);
  const built = path.join(cache, engineFolderName());
  const installedRoot = path.join(cache, `installed-${cliVersion}`);
  const cached = [built, path.join(installedRoot, "bin")].find(isEngine);
  if (cached !== undefined) {
    return engineIn(cached, "in the cache", env);
  }
  if (await isMade(() => buildIfGo(built), reasons)) {
    return engineIn(built, "built with Go", env);
  }
  if (await isMade(() => installByAutomation(installedRoot), reasons)) {
    return engineIn(path.join(installedRoot, "bin"), "installed by the Automation API", env);
  }
  throw new ScriptError("KMS7003", { values: { reasons: reasons.join("; "), goVersion: oldestGo } });
}

async function usableOnPath(pathVariable, reasons) {
  const found = findOnPath(pathVariable);
  if (found === undefined) {
    reasons.push("no `pulumi` on PATH");
    return undefined;
  }
  const version = await versionOf(found.dir);
  const reason = reasonAgainst(version, found.missing);
  if (reason !== undefined) {
    reasons.push(reason);
    say(`not using the pulumi in ${found.dir}: ${reason}`);
    return undefined;
  }
  return found;
}

/** Why an engine on PATH is not used; the starter of dynamic resources can be had from the npm package instead. */
export function reasonAgainst(version, missing) {
  if (!isAtLeast(version.slice(1), cliVersion.slice(1))) {
    return `Pulumi ${version} on PATH is older than ${cliVersion}`;
  }
  return missing.includes("pulumi-language-nodejs")
    ? "no `pulumi-language-nodejs` beside it on PATH"
    : undefined;
}

async function buildIfGo(folder) {
  const go = await goOnPath();
  if (go.reason !== undefined) {
    throw new Error(go.reason);
  }
  await buildWithGo(folder);
}

/** Runs one way to get an engine; why it failed goes to `reasons`, and the next way gets its turn. */
async function isMade(way, reasons) {
  try {
    await way();
    return true;
  } catch (error) {
    const reason = String(error.message).trim();
    reasons.push(reason);
    say(`no engine this way: ${reason}`);
    return false;
  }
}

async function engineIn(dir, how, env, missing = []) {
  const fromNpm = missing.length > 0 ? [inRepository("node_modules/@pulumi/pulumi")] : [];
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const folders = [dir, env[name], ...fromNpm].filter(Boolean).join(path.delimiter);
  return { dir, version: await versionOf(dir), how, env: { ...env, [name]: folders } };
}

async function versionOf(dir) {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { output } = await run(findIn(dir, "pulumi"), ["version"], { capture: true, env });
  return output.trim();
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    await ensureInstalled();
    const { dir, version, how } = await ensureEngine();
    say(`Pulumi ${version}, ${how}`);
    process.stdout.write(`${dir}\n`);
  });
}
