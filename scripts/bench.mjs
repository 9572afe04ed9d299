import { readdir } from "node:fs/promises";
import { build } from "./build.mjs";
import { ensureEngine } from "./engine.mjs";
import { ensureInstalled } from "./install.mjs";
import { isMain, runMain } from "./shared/main.mjs";
import { inRepository } from "./shared/repository.mjs";
import { run } from "./shared/run.mjs";
import { elapsed, say } from "./shared/say.mjs";
import { ScriptError } from "./shared/script-error.mjs";

const folder = inRepository("test/bench");
const suffix = ".bench.ts";

/** Benchmarks with this prefix run on the real Pulumi engine. */
const onEngine = "engine-";

/** The benchmarks to run: those that are named, or all. */
export function chosen(names, available) {
  const unknown = names.find((name) => !available.includes(name));
  if (unknown !== undefined) {
    const values = { given: unknown, allowed: available.join(", ") };
    throw Object.assign(new ScriptError("KMS7050", { values }), { exitCode: 2 });
  }
  return names.length === 0 ? available : available.filter((name) => names.includes(name));
}

/** Standard output has one JSON line for each figure and nothing else. */
async function main() {
  const files = (await readdir(folder)).filter((file) => file.endsWith(suffix)).sort();
  const names = chosen(
    process.argv.slice(2),
    files.map((file) => file.slice(0, -suffix.length)),
  );
  await ensureInstalled();
  await build();
  for (const name of names) {
    await runBench(name);
  }
}

/** Each in a process of its own, so that none warms up or burdens another. */
async function runBench(name) {
  const env = name.startsWith(onEngine) ? await engineEnvironment() : process.env;
  const startedAt = Date.now();
  const args = ["--expose-gc", "--require", "tsx/cjs", inRepository("test/bench", `${name}${suffix}`)];
  const { code } = await run(process.execPath, args, { env, stdio: ["ignore", "inherit", "inherit"] });
  if (code !== 0) {
    throw new ScriptError("KMS7052", { values: { given: name, exitCode: code } });
  }
  say(`${name}: ${elapsed(startedAt)}`);
}

async function engineEnvironment() {
  if (process.env.KMS_ENGINE_DIR) {
    return process.env;
  }
  const { dir, env } = await ensureEngine();
  return { ...env, KMS_ENGINE_DIR: dir };
}

if (isMain(import.meta.url)) {
  await runMain(main);
}
