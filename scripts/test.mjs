import { existsSync } from "node:fs";
import { bootstrap } from "./engine.mjs";
import { ensureRealServers } from "./real-servers.mjs";
import { inRepository } from "./shared/repository.mjs";
import { runNode } from "./shared/run.mjs";
import { runIfMain } from "./shared/script.mjs";

/** Patterns of all test files: TypeScript, and modules as they are for the scripts that are. */
export const testFiles = ["test/**/*.test.ts", "test/**/*.test.mjs"];

/** Files and folders of tests that need the engine, other servers, a browser, many processes or the compiler: too slow for every commit. */
const slowTests = [
  "test/on-engine/",
  "test/faults/",
  "test/bench/process-memory.test.ts",
  "test/cli/status/status-page.test.ts",
  "test/docs/code-blocks.test.mjs",
  "test/examples/max.test.mjs",
  "test/ledger/azure-blob-store.test.ts",
  "test/ledger/file-store.test.ts",
  "test/ledger/killed-writer.test.ts",
  "test/machine/ssh-sshd.test.ts",
];

/**
 * Whether a test file is too slow for every commit.
 * @param {string} file
 */
export const isSlow = (file) => slowTests.some((slow) => file.startsWith(slow));

/** Files run side by side, each with a lab of its own: most of the time an engine waits for its programs. */
const sideBySide = ["--parallel", "--jobs", "2"];

/**
 * Arguments of mocha for the tests that need no engine.
 * @param {string} reporter
 */
export const unitTestArguments = (reporter) => [
  ...["--reporter", reporter, ...sideBySide],
  ...slowTests.flatMap((slow) => ["--ignore", slow.endsWith("/") ? `${slow}**` : slow]),
  ...testFiles,
];

/**
 * All tests, or the files that are named among the arguments; the rest of them goes to mocha as it is.
 * @param {string[]} argv
 */
export function mochaArguments(argv) {
  const isFile = (/** @type {string} */ argument) =>
    !argument.startsWith("-") && (/\.test\.(ts|mjs)$/.test(argument) || existsSync(argument));
  return argv.some(isFile) ? argv : [...sideBySide, ...argv, ...testFiles];
}

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
  const env = { ...engine.env, KMS_ENGINE_DIR: engine.dir, ...variables };
  const mocha = inRepository("node_modules/mocha/bin/mocha.js");
  const { code } = await runNode(mocha, args, { env, stdio: "inherit" });
  return code;
}

runIfMain(import.meta.url, () => runMocha(mochaArguments(process.argv.slice(2))));
