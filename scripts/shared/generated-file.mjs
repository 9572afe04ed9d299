import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./repository.mjs";
import { codeOf, say } from "./script.mjs";

/**
 * Writes generated files; with --check it only compares, and returns the exit code 1 when one is stale.
 * @param {{ path: string, text: string }[]} files
 * @returns {number}
 */
export function writeOrCheck(files) {
  if (!process.argv.includes("--check")) {
    files.forEach((file) => writeFileSync(file.path, file.text));
    return 0;
  }
  const stale = files.filter((file) => read(file.path) !== file.text);
  stale.forEach((file) =>
    say(`${path.relative(repository, file.path)} is out of date: run npm run generate`),
  );
  return stale.length === 0 ? 0 : 1;
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}
