import { parseArgs } from "node:util";
import { runMocha } from "./test.mjs";
import { runIfMain, ScriptError } from "./shared/script.mjs";

/** The matrices of kills, by what they run on. */
const matrices = { handlers: "test/faults/kills/all.ts", engine: "test/on-engine/kills/all.ts" };

/** Options, the environment variables that the tests read them from, and what they must look like. */
const options = {
  chain: { variable: "KMS_KILLS_CHAIN", format: /^[\w/,-]+$/ },
  match: { variable: "KMS_KILLS_MATCH", format: /./ },
  shard: { variable: "KMS_KILLS_SHARD", format: /^[1-9]\d*\/[1-9]\d*$/ },
  seconds: { variable: "KMS_KILLS_SECONDS", format: /^\d+$/ },
  count: { variable: "KMS_KILLS_COUNT", format: /^\d+$/ },
  seed: { variable: "KMS_KILLS_SEED", format: /^\d+$/ },
  jobs: { variable: "KMS_KILLS_JOBS", format: /^[1-9]\d*$/ },
};

/**
 * Files and environment of a run.
 * @param {string[]} argv
 * @returns {{ files: string[], env: Record<string, string> }}
 */
export function killsOf(argv) {
  const { level, ...given } = parse(argv);
  const files = Object.entries(matrices).flatMap(([name, file]) =>
    level === undefined || level === name ? [file] : [],
  );
  if (files.length === 0) {
    throw new ScriptError(`--level must be one of ${Object.keys(matrices).join(", ")}`, { exitCode: 2 });
  }
  const env = Object.entries(options).flatMap(([name, { variable, format }]) => {
    const value = given[/** @type {keyof typeof given} */ (name)];
    if (typeof value !== "string") {
      return [];
    }
    if (!format.test(value)) {
      throw new ScriptError(`--${name} must match ${format}`, { exitCode: 2 });
    }
    return [[variable, value]];
  });
  return { files, env: Object.fromEntries(env) };
}

/** @param {string[]} argv */
function parse(argv) {
  const names = ["level", ...Object.keys(options)];
  try {
    return parseArgs({
      args: argv,
      options: Object.fromEntries(names.map((name) => [name, { type: /** @type {const} */ ("string") }])),
    }).values;
  } catch (error) {
    const usage = names.map((name) => `--${name}`).join(", ");
    throw new ScriptError(`${/** @type {Error} */ (error).message}. There are ${usage}`, { exitCode: 2 });
  }
}

runIfMain(import.meta.url, () => {
  const { files, env } = killsOf(process.argv.slice(2));
  return runMocha(files, env);
});
