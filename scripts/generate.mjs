import { ensureInstalled } from "./install.mjs";
import { inRepository } from "./shared/repository.mjs";
import { run } from "./shared/run.mjs";
import { runIfMain } from "./shared/script.mjs";

/** Scripts that write generated files, in an order in which each finds what it reads; all take --check. */
export const generators = [
  "scripts/arguments/names.ts",
  "scripts/arguments/generate.ts",
  "scripts/ledger-validator.ts",
  "docs/generate/main.ts",
  "provider/lab/scripts/generate-error-page.ts",
];

/** Writes all generated files; with --check compares them all, and ends with 1 when any is stale. */
async function main() {
  await ensureInstalled();
  const codes = [];
  for (const script of generators) {
    const args = ["--require", "tsx/cjs", inRepository(script), ...process.argv.slice(2)];
    codes.push((await run(process.execPath, args)).code);
  }
  return Math.max(...codes);
}

runIfMain(import.meta.url, main);
