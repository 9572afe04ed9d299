import { readFile } from "node:fs/promises";
import { ensureInstalled } from "./install.mjs";
import { isMain, runMain } from "./shared/main.mjs";
import { inRepository } from "./shared/repository.mjs";
import { runNode } from "./shared/run.mjs";
import { elapsed } from "./shared/say.mjs";
import { testFiles } from "./shared/test-files.mjs";
import { ScriptError } from "./shared/script-error.mjs";

const tool = (file) => inRepository("node_modules", file);

/** What a check has seen of files that are the same since; ESLint gets none, for its rules look at other files as well. */
const cache = (file) => inRepository("node_modules/.cache/check", file);
const typesArguments = [
  ...["--noEmit", "-p", "test/tsconfig.json"],
  ...["--incremental", "--tsBuildInfoFile", cache("types.tsbuildinfo")],
];
const formatArguments = [
  ...["--check", "--log-level", "warn", "."],
  ...["--cache", "--cache-strategy", "content", "--cache-location", cache("format.json")],
];

/** A check's work resolves to `{ code, output }`, as a program that was run. */
const checks = [
  { name: "unit tests", work: () => runTool("mocha/bin/mocha.js", unitTestArguments("dot")) },
  { name: "lint", work: () => runTool("eslint/bin/eslint.js", [".", "--max-warnings", "0"]) },
  { name: "types", work: () => runTool("typescript/bin/tsc", typesArguments) },
  {
    name: "format",
    work: () => runTool("prettier/bin/prettier.cjs", formatArguments),
  },
  {
    name: "generated files",
    work: () => runNode(inRepository("scripts/generate.mjs"), ["--check"], { capture: true }),
  },
  { name: "lock file", work: checkLockFile },
];

const runTool = (file, args) => runNode(tool(file), args, { capture: true });

/** Tests that need the engine, other servers, a browser, many processes or the compiler: too slow for every commit; `npm test` runs them. */
const slowTests = [
  "test/on-engine/**",
  "test/faults/**",
  "test/bench/process-memory.test.ts",
  "test/cli/status/status-page.test.ts",
  "test/docs/code-blocks.test.mjs",
  "test/examples/max.test.mjs",
  "test/ledger/{azure-blob-store,file-store,killed-writer}.test.ts",
  "test/machine/ssh-sshd.test.ts",
];

/** Arguments of mocha for the tests that need no engine. */
export const unitTestArguments = (reporter) => [
  ...["--reporter", reporter, "--parallel", "--jobs", "2"],
  ...slowTests.flatMap((pattern) => ["--ignore", pattern]),
  ...testFiles,
];

/** The registry is the installing machine's choice, so that the lock file names none. */
async function checkLockFile() {
  const addresses = resolvedAddresses(JSON.parse(await readFile(inRepository("package-lock.json"), "utf8")));
  return addresses.length === 0
    ? { code: 0, output: "" }
    : { code: 1, output: `package-lock.json names registries: ${addresses.slice(0, 3).join(", ")}\n` };
}

/** The addresses in a lock file that packages would be fetched from. */
export function resolvedAddresses(lock) {
  return Object.values(lock.packages)
    .map(({ resolved }) => resolved)
    .filter((resolved) => /^[\w+]+:\/\//.test(resolved ?? ""));
}

/** Two checks at a time: they are slow, and machines with one core are rare. */
const together = 2;

async function main() {
  await ensureInstalled();
  const startedAt = Date.now();
  const waiting = [...checks];
  const failed = [];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      if (!(await passes(check))) {
        failed.push(check.name);
      }
    }
  };
  await Promise.all(Array.from({ length: together }, worker));
  if (failed.length > 0) {
    const values = { failed: failed.length, all: checks.length, names: failed.join(", ") };
    throw new ScriptError("KMS7006", { values });
  }
  process.stdout.write(`all ${checks.length} checks passed in ${elapsed(startedAt)}\n`);
}

async function passes({ name, work }) {
  const startedAt = Date.now();
  const { code, output } = await work();
  process.stdout.write(`${code === 0 ? "ok    " : "FAILED"}  ${name} (${elapsed(startedAt)})\n`);
  if (code !== 0) {
    process.stdout.write(output);
  }
  return code === 0;
}

if (isMain(import.meta.url)) {
  await runMain(main);
}
