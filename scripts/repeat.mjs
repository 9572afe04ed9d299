import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bootstrap } from "./engine.mjs";
import { ensureRealServers } from "./real-servers.mjs";
import { inRepository } from "./shared/repository.mjs";
import { runNode } from "./shared/run.mjs";
import { elapsed, runIfMain, say, ScriptError } from "./shared/script.mjs";
import { allTestFiles, isSlow } from "./test.mjs";

/**
 * @typedef {{ file: string, title: string }} Test
 * @typedef {{ rounds: number, seed: number, jobs: number, all: boolean, alone: boolean, reversed: boolean, files: string[] }} Wanted
 */

const usage = "npm run test:repeat -- ROUNDS [--seed N] [--jobs N] [--all] [--alone | --reversed] [FILE…]";

/**
 * What a command line asks for.
 * @param {string[]} argv
 * @returns {Wanted}
 */
export function wantedOf(argv) {
  const number = (/** @type {string | undefined} */ text, /** @type {string} */ name) => {
    if (!/^[1-9]\d{0,8}$/.test(text ?? "")) {
      throw new ScriptError(`${name} must be a number from 1 on: ${usage}`, { exitCode: 2 });
    }
    return Number(text);
  };
  const { values, positionals } = parse(argv);
  const [rounds, ...files] = positionals;
  return {
    rounds: number(rounds, "ROUNDS"),
    seed: number(values.seed ?? String(Date.now() % 1_000_000 || 1), "--seed"),
    // Twice as many files at once as there are cores: a test that waits for a time then waits too short.
    jobs: number(values.jobs ?? String(2 * availableParallelism()), "--jobs"),
    all: values.all ?? false,
    alone: values.alone ?? false,
    reversed: values.reversed ?? false,
    files,
  };
}

/** @param {string[]} argv */
function parse(argv) {
  const text = { type: /** @type {const} */ ("string") };
  const flag = { type: /** @type {const} */ ("boolean") };
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: { seed: text, jobs: text, all: flag, alone: flag, reversed: flag },
    });
  } catch (error) {
    throw new ScriptError(`${/** @type {Error} */ (error).message}: ${usage}`, { exitCode: 2 });
  }
}

/**
 * The items in an order that a seed decides.
 * @template Item
 * @param {Item[]} items
 * @param {number} seed
 */
export function shuffled(items, seed) {
  let state = seed >>> 0;
  // Mulberry32.
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const result = [...items];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [result[index], result[other]] = [result[other], result[index]];
  }
  return result;
}

/** @param {Wanted} wanted */
function filesOf({ all, files }) {
  if (files.length > 0) {
    return files;
  }
  return allTestFiles()
    .filter((file) => all || !isSlow(file))
    .sort();
}

/**
 * Runs mocha once. A run that ends without a report is a failure of its files.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ tests: Test[], failures: Test[] }>}
 */
async function mochaReport(args, env) {
  const folder = mkdtempSync(path.join(tmpdir(), "repeat-"));
  const report = path.join(folder, "report.json");
  try {
    const mocha = inRepository("node_modules/mocha/bin/mocha.js");
    const reporter = ["--reporter", "json", "--reporter-option", `output=${report}`];
    const { code, output } = await runNode(mocha, [...reporter, ...args], { env, capture: true });
    const { tests, failures } = JSON.parse(readOr(report, () => `{ "tests": [], "failures": null }`));
    if (failures === null) {
      throw new ScriptError(`mocha ended with ${code} and without a report: ${output.slice(-2_000)}`);
    }
    const named = (/** @type {{ file: string, fullTitle: string }} */ { file, fullTitle }) => ({
      file: path.relative(inRepository("."), file),
      title: fullTitle,
    });
    return { tests: tests.map(named), failures: failures.map(named) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} file
 * @param {() => string} otherwise
 */
function readOr(file, otherwise) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return otherwise();
  }
}

/**
 * What did not pass each time, the most frequent first.
 * @param {Test[][]} rounds the failures of each round
 */
export function summary(rounds) {
  /** @type {Map<string, number[]>} */
  const failedIn = new Map();
  rounds.forEach((failures, round) => {
    for (const { file, title } of failures) {
      const name = `${file}: ${title}`;
      failedIn.set(name, [...(failedIn.get(name) ?? []), round + 1]);
    }
  });
  return [...failedIn]
    .sort(([, some], [, others]) => others.length - some.length)
    .map(
      ([name, numbers]) =>
        `${numbers.length} of ${rounds.length} failed (round ${numbers.join(", ")}): ${name}`,
    );
}

/** The pattern of one test alone, for `--grep`. */
const exactly = (/** @type {string} */ title) => `^${title.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`;

/**
 * @param {Wanted} wanted
 * @returns {Promise<number>} exit code
 */
async function repeat(wanted) {
  const { rounds, seed, jobs, alone, reversed } = wanted;
  const engine = await bootstrap();
  await ensureRealServers();
  const env = { ...engine.env, KMS_ENGINE_DIR: engine.dir };
  const files = filesOf(wanted);
  const together = ["--parallel", "--jobs", String(jobs)];
  const hooks = reversed ? ["--require", inRepository("scripts/reversed-tests.cjs")] : [];
  const failed = [];
  for (let round = 1; round <= rounds; round += 1) {
    const startedAt = Date.now();
    const order = shuffled(files, seed + round);
    const failures = alone
      ? await runEachAlone(order, env)
      : (await mochaReport([...together, ...hooks, ...order], env)).failures;
    failed.push(failures);
    say(`round ${round} of ${rounds}, seed ${seed}: ${failures.length} failed (${elapsed(startedAt)})`);
  }
  const lines = summary(failed);
  process.stdout.write(lines.length === 0 ? "all passed each time\n" : `${lines.join("\n")}\n`);
  return lines.length === 0 ? 0 : 1;
}

/**
 * Each test in a process of its own, with nothing before it.
 * @param {string[]} files
 * @param {NodeJS.ProcessEnv} env
 */
async function runEachAlone(files, env) {
  const failures = [];
  for (const file of files) {
    const { tests } = await mochaReport(["--dry-run", file], env);
    for (const { title } of tests) {
      const { tests: ran, failures: some } = await mochaReport(["--grep", exactly(title), file], env);
      failures.push(...some, ...(ran.length === 0 && some.length === 0 ? [{ file, title }] : []));
    }
  }
  return failures;
}

runIfMain(import.meta.url, () => repeat(wantedOf(process.argv.slice(2))));
