import { chmod, copyFile, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { withLock } from "../shared/lock.mjs";
import { inRepository } from "../shared/repository.mjs";
import { run } from "../shared/run.mjs";
import { elapsed, say, sayingProgress } from "../shared/say.mjs";
import { ScriptError } from "../shared/script-error.mjs";
import { isEngine } from "./find-engine.mjs";
import { oldestGo, programs } from "./versions.mjs";

/** The Go on PATH: `{ version }` when it can build the engine, else `{ reason }`. */
export async function goOnPath() {
  const found = await run("go", ["env", "GOVERSION"], { capture: true }).catch((error) => error);
  if (found.code !== 0) {
    return {
      reason:
        found.code === "ENOENT" ? "no `go` on PATH" : `\`go env\` failed: ${found.output ?? found.message}`,
    };
  }
  const version = found.output.trim().replace(/^go/, "");
  return isAtLeast(version, oldestGo)
    ? { version }
    : { reason: `Go ${version} on PATH is older than ${oldestGo}` };
}

/** Compares two dotted versions number by number. */
export function isAtLeast(version, oldest) {
  const [have, want] = [version, oldest].map((text) =>
    text.split(".").map((part) => Number.parseInt(part, 10)),
  );
  for (const [index, number] of want.entries()) {
    if ((have[index] ?? 0) !== number) {
      return (have[index] ?? 0) > number;
    }
  }
  return true;
}

/** Builds the engine into `folder`; when several processes want it, one builds and the others wait. */
export async function buildWithGo(folder) {
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
    throw new ScriptError("KMS7004", { values: { what, reason: lastLines(output) } });
  }
}

/** Go first prints what it downloads; the reason comes last. */
const lastLines = (output) => output.trim().split("\n").slice(-8).join("\n");

/** The starter of the provider process of dynamic resources is a script of Pulumi's npm package. */
async function copyDynamicProvider(target) {
  const name = `pulumi-resource-pulumi-nodejs${process.platform === "win32" ? ".cmd" : ""}`;
  const copy = path.join(target, name);
  await copyFile(inRepository("node_modules/@pulumi/pulumi", name), copy);
  await chmod(copy, 0o755);
}
