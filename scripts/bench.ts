import { readdirSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { build } from "./build.mjs";
import { ensureEngine } from "./engine.mjs";
import { inRepository } from "./shared/repository.mjs";
import { run } from "./shared/run.mjs";
import { elapsed, runMain, say, ScriptError } from "./shared/script.mjs";

const folder = inRepository("test/bench");
const suffix = ".bench.ts";

/** Benchmarks with this prefix run on the real Pulumi engine. */
const onEngine = "engine-";

/** Names of the benchmarks that there are. */
const available = () =>
  readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();

/** The benchmarks to run: those that are named, or all. */
export function chosen(names: string[], all: string[]): string[] {
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    const message = `there is no benchmark ${unknown}; there are: ${all.join(", ")}. Choose one of them, or none to run all`;
    throw new ScriptError(message, { exitCode: 2 });
  }
  return names.length === 0 ? all : all.filter((name) => names.includes(name));
}

const command = new Command("npm run bench --")
  .argument("[names...]", "benchmarks to run; all of them when none is named")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

/** Standard output has one JSON line for each figure and nothing else. */
async function main(): Promise<void> {
  const names = chosen(command.parse().args, available());
  await build();
  for (const name of names) {
    await runBench(name);
  }
}

/** Each in a process of its own, so that none warms up or burdens another. */
async function runBench(name: string): Promise<void> {
  const env = name.startsWith(onEngine) ? await engineEnvironment() : process.env;
  const startedAt = Date.now();
  const args = ["--expose-gc", "--require", "tsx/cjs", path.join(folder, `${name}${suffix}`)];
  const { code } = await run(process.execPath, args, { env, stdio: ["ignore", "inherit", "inherit"] });
  if (code !== 0) {
    throw new ScriptError(
      `the benchmark ${name} ended with exit code ${code}. What it printed is above; correct the cause and run ` +
        `npm run bench -- ${name}`,
    );
  }
  say(`${name}: ${elapsed(startedAt)}`);
}

async function engineEnvironment(): Promise<NodeJS.ProcessEnv> {
  if (process.env.KMS_ENGINE_DIR) {
    return process.env;
  }
  const { dir, env } = await ensureEngine();
  return { ...env, KMS_ENGINE_DIR: dir };
}

if (require.main === module) {
  void runMain(main);
}
