import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { bootstrap } from "./engine.mjs";
import { ensureRealServers } from "./real-servers.mjs";
import { inRepository } from "./shared/repository.mjs";
import { runNode } from "./shared/run.mjs";
import { runIfMain } from "./shared/script.mjs";

/** Patterns of all test files: TypeScript, and modules as they are for the scripts that are. */
const testFiles = ["test/**/*.test.ts", "test/**/*.test.mjs"];

/**
 * Files and folders of tests that need the engine, other servers, a browser, many processes or the compiler: too slow for
 * every commit. The longest come first, so that none of them is still running when all others are done.
 */
export const slowTests = [
  "test/on-engine/examples.test.ts",
  "test/on-engine/kms-scale-set.test.ts",
  "test/on-engine/kms-office.test.ts",
  "test/faults/",
  "test/on-engine/",
  "test/bench/process-memory.test.ts",
  "test/cli/status/status-page.test.ts",
  "test/docs/code-blocks.test.mjs",
  "test/ledger/azure-blob-store.test.ts",
  "test/ledger/file-store.test.ts",
  "test/ledger/killed-writer.test.ts",
  "test/machine/ssh-sshd.test.ts",
];

/** @param {string} file */
const placeAmongSlow = (file) => slowTests.findIndex((slow) => file.startsWith(slow));

/**
 * Whether a test file is too slow for every commit.
 * @param {string} file
 */
export const isSlow = (file) => placeAmongSlow(file) !== -1;

/** All test files, those first that take longest; the many quick ones in the end keep every process at work. */
export function allTestFiles() {
  const place = (/** @type {string} */ file) => (isSlow(file) ? placeAmongSlow(file) : slowTests.length);
  return readdirSync(inRepository("test"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.test\.(ts|mjs)$/.test(file))
    .map((file) => `test/${file.split(path.sep).join("/")}`)
    .sort()
    .sort((a, b) => place(a) - place(b));
}

/** @param {number} files that are run at the same time */
const sideBySide = (files) => ["--parallel", "--jobs", String(files)];

/**
 * Arguments of mocha for the tests that need no engine.
 * @param {string} reporter
 */
export const unitTestArguments = (reporter) => [
  ...["--reporter", reporter, ...sideBySide(2)],
  ...slowTests.flatMap((slow) => ["--ignore", slow.endsWith("/") ? `${slow}**` : slow]),
  ...testFiles,
];

/**
 * How many files of all tests are run at the same time, each with a lab of its own: while one waits for an engine, another
 * one computes, and more of them only get in each other's way. More than eight need too much memory.
 */
const jobs = Math.min(2 * availableParallelism(), 8);

/**
 * All tests, or the files that are named among the arguments; the rest of them goes to mocha as it is.
 * @param {string[]} argv
 */
export function mochaArguments(argv) {
  const isFile = (/** @type {string} */ argument) =>
    !argument.startsWith("-") && (/\.test\.(ts|mjs)$/.test(argument) || existsSync(argument));
  return argv.some(isFile) ? argv : [...sideBySide(jobs), ...argv, ...allTestFiles()];
}

/** Node.js in each process of the tests: it compiles no module that another process has compiled before. */
const nodeOptions = (given = process.env.NODE_OPTIONS ?? "") =>
  `${given} --require "${inRepository("scripts/quick-modules.cjs")}"`.trim();

/**
 * Runs mocha with an engine and the real servers. Returns its exit code.
 * @param {string[]} mochaArgv
 * @param {Record<string, string>} [variables]
 */
export async function runMocha(mochaArgv, variables = {}) {
  const engine = await bootstrap();
  await ensureRealServers();
  const reporter = inRepository("scripts/summary-reporter.cjs");
  const args = ["--reporter", reporter, ...mochaArgv];
  const env = { ...engine.env, NODE_OPTIONS: nodeOptions(), KMS_ENGINE_DIR: engine.dir, ...variables };
  const mocha = inRepository("node_modules/mocha/bin/mocha.js");
  const { code } = await runNode(mocha, args, { env, stdio: "inherit" });
  return code;
}

runIfMain(import.meta.url, () => runMocha(mochaArguments(process.argv.slice(2))));
