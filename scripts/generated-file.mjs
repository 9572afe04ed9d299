import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { repository } from "./shared/repository.mjs";
import { codeOf, say } from "./shared/script.mjs";

/**
 * Writes generated files; with --check it only compares, and ends the process with 1 when one is stale.
 * @param {{path: string, text: string}[]} files
 * @param {string} command what regenerates them
 */
export function writeOrCheck(files, command) {
  if (!process.argv.includes("--check")) {
    files.forEach(({ path, text }) => writeFileSync(path, text));
    return;
  }
  const stale = files.filter(({ path, text }) => read(path) !== text);
  stale.forEach(({ path }) => say(`${relative(repository, path)} is out of date: run ${command}`));
  process.exitCode = stale.length === 0 ? 0 : 1;
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}
