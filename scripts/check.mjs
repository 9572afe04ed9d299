import { readFile } from "node:fs/promises";
import { ensureInstalled } from "./install.mjs";
import { inRepository } from "./shared/repository.mjs";
import { runNode } from "./shared/run.mjs";
import { elapsed, runIfMain, ScriptError } from "./shared/script.mjs";
import { unitTestArguments } from "./test.mjs";

/** @typedef {{ name: string, work: () => Promise<{ code: number, output: string }> }} Check */

/**
 * What a check has seen of files that are the same since; ESLint gets none, for its rules look at other files as well.
 * @param {string} file
 */
const cache = (file) => inRepository("node_modules/.cache/check", file);

/**
 * @param {string} file a program of an installed package
 * @param {string[]} args
 */
const runTool = (file, args) => runNode(inRepository("node_modules", file), args, { capture: true });

/** @param {string} folder whose tsconfig.json names the files */
const typesOf = (folder) => {
  const buildInfo = cache(`types-of-${folder}.tsbuildinfo`);
  const args = ["--noEmit", "-p", `${folder}/tsconfig.json`, "--incremental", "--tsBuildInfoFile", buildInfo];
  return runTool("typescript/bin/tsc", args);
};

const formatArguments = [
  ...["--check", "--log-level", "warn", "."],
  ...["--cache", "--cache-strategy", "content", "--cache-location", cache("format.json")],
];

/** @type {Check[]} */
const checks = [
  { name: "unit tests", work: () => runTool("mocha/bin/mocha.js", unitTestArguments("dot")) },
  { name: "lint", work: () => runTool("eslint/bin/eslint.js", [".", "--max-warnings", "0"]) },
  { name: "types", work: () => typesOf("test") },
  { name: "types of scripts", work: () => typesOf("scripts") },
  { name: "format", work: () => runTool("prettier/bin/prettier.cjs", formatArguments) },
  {
    name: "generated files",
    work: () => runNode(inRepository("scripts/generate.mjs"), ["--check"], { capture: true }),
  },
  { name: "lock file", work: checkLockFile },
];

/** The registry is the installing machine's choice, so that the lock file names none. */
async function checkLockFile() {
  const addresses = resolvedAddresses(JSON.parse(await readFile(inRepository("package-lock.json"), "utf8")));
  return addresses.length === 0
    ? { code: 0, output: "" }
    : { code: 1, output: `package-lock.json names registries: ${addresses.slice(0, 3).join(", ")}\n` };
}

/**
 * The addresses in a lock file that packages would be fetched from.
 * @param {{ packages: Record<string, { resolved?: string }> }} lock
 */
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
  /** @type {string[]} */
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
    throw new ScriptError(
      `${failed.length} of ${checks.length} checks failed: ${failed.join(", ")}. What they found is above; ` +
        "`npm run format` corrects the format",
    );
  }
  process.stdout.write(`all ${checks.length} checks passed in ${elapsed(startedAt)}\n`);
}

/** @param {Check} check */
async function passes({ name, work }) {
  const startedAt = Date.now();
  const { code, output } = await work();
  process.stdout.write(`${code === 0 ? "ok    " : "FAILED"}  ${name} (${elapsed(startedAt)})\n`);
  if (code !== 0) {
    process.stdout.write(output);
  }
  return code === 0;
}

runIfMain(import.meta.url, main);
