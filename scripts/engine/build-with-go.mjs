import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { chmod, copyFile, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { withLock } from "../shared/lock.mjs";
import { inRepository } from "../shared/repository.mjs";
import { run } from "../shared/run.mjs";
import { codeOf, elapsed, say, sayingProgress, ScriptError } from "../shared/script.mjs";

/** The programs of the engine that are built with Go, each in a module folder of its own beside this file. */
export const programs = [
  {
    folder: "cli",
    what: "the Pulumi CLI",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    versionOf: "github.com/pulumi/pulumi/pkg/v3",
  },
  {
    folder: "language-nodejs",
    what: "Pulumi's language host for Node.js",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    versionOf: "github.com/pulumi/pulumi/sdk/v3",
  },
].map((program) => {
  const goMod = inRepository("scripts/engine", program.folder, "go.mod");
  return { ...program, goMod, version: moduleVersion(readFileSync(goMod, "utf8"), program.versionOf) };
});

/** Version of the CLI, `v3.248.0`. */
export const cliVersion = programs[0].version;

/** Oldest Go that can fetch the toolchain a go.mod asks for. */
export const oldestGo = "1.21";

/** Name of the cache folder: another version or another dependency is another folder. */
export function engineFolderName() {
  const hash = createHash("sha256");
  for (const { goMod } of programs) {
    hash.update(readFileSync(goMod));
  }
  return `engine-${programs.map(({ version }) => version).join("-")}-${hash.digest("hex").slice(0, 12)}`;
}

/**
 * The version that a go.mod requires of a module.
 * @param {string} goModText
 * @param {string} module
 */
export function moduleVersion(goModText, module) {
  const line = goModText.split("\n").find((candidate) => candidate.trim().startsWith(`${module} v`));
  if (line === undefined) {
    throw new TypeError(`go.mod does not require ${module}`);
  }
  return line.trim().split(/\s+/)[1];
}

/**
 * The version of the Go on PATH, or the reason why it can't build the engine.
 * @returns {Promise<{ version: string, reason?: undefined } | { reason: string }>}
 */
export async function goOnPath() {
  let found;
  try {
    found = await run("go", ["env", "GOVERSION"], { capture: true });
  } catch (error) {
    return { reason: codeOf(error) === "ENOENT" ? "no `go` on PATH" : `\`go env\` failed: ${error}` };
  }
  if (found.code !== 0) {
    return { reason: `\`go env\` failed: ${found.output}` };
  }
  const version = found.output.trim().replace(/^go/, "");
  return isAtLeast(version, oldestGo)
    ? { version }
    : { reason: `Go ${version} on PATH is older than ${oldestGo}` };
}

/**
 * Compares two dotted versions number by number.
 * @param {string} version
 * @param {string} oldest
 */
export function isAtLeast(version, oldest) {
  const have = numbers(version);
  for (const [index, number] of numbers(oldest).entries()) {
    if ((have[index] ?? 0) !== number) {
      return (have[index] ?? 0) > number;
    }
  }
  return true;
}

/** @param {string} version */
const numbers = (version) => version.split(".").map((part) => Number.parseInt(part, 10));

/**
 * Builds the engine into `folder`; when several processes want it, one builds and the others wait.
 * @param {string} folder
 * @param {(folder: string) => boolean} isEngine whether the folder has one
 */
export async function buildWithGo(folder, isEngine) {
  await withLock(`${folder}.lock`, "building the Pulumi engine", async () => {
    if (isEngine(folder)) {
      return;
    }
    const startedAt = Date.now();
    const unfinished = `${folder}.unfinished`;
    say(`building Pulumi's engine with Go into ${folder}: 3 to 8 minutes, once for this user`);
    try {
      await rm(unfinished, { recursive: true, force: true });
      await mkdir(unfinished, { recursive: true });
      for (const program of programs) {
        await buildProgram(program, unfinished);
      }
      await copyDynamicProvider(unfinished);
      await rm(folder, { recursive: true, force: true });
      await rename(unfinished, folder);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
    say(`engine built in ${elapsed(startedAt)}`);
  });
}

/**
 * @param {(typeof programs)[number]} program
 * @param {string} target
 */
async function buildProgram(program, target) {
  const what = `${program.what} ${program.version}`;
  say(`  building ${what}`);
  const args = [
    "build",
    "-trimpath",
    ...["-tags", "osusergo,grpcnotrace"],
    "-ldflags",
    `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${program.version}`,
    ...["-o", target + path.sep],
    program.package,
  ];
  const cwd = path.dirname(program.goMod);
  const env = { ...process.env, CGO_ENABLED: "0" };
  const { code, output } = await sayingProgress(`building ${program.what}`, () =>
    run("go", args, { cwd, env, capture: true }),
  );
  if (code !== 0) {
    throw new ScriptError(
      `Go could not build ${what}: ${lastLines(output)}. Check that Go's module proxy can be reached and that 4 GB of ` +
        "disk are free, or install Pulumi so that `pulumi` is on PATH",
    );
  }
}

/**
 * Go first prints what it downloads; the reason comes last.
 * @param {string} output
 */
const lastLines = (output) => output.trim().split("\n").slice(-8).join("\n");

/**
 * The starter of the provider process of dynamic resources is a script of Pulumi's npm package.
 * @param {string} target
 */
async function copyDynamicProvider(target) {
  const name = `pulumi-resource-pulumi-nodejs${process.platform === "win32" ? ".cmd" : ""}`;
  const copy = path.join(target, name);
  await copyFile(inRepository("node_modules/@pulumi/pulumi", name), copy);
  await chmod(copy, 0o755);
}
