import { ensureInstalled } from "./install.mjs";
import { isMain, runMain } from "./shared/main.mjs";
import { inRepository } from "./shared/repository.mjs";
import { runNode } from "./shared/run.mjs";

/** Scripts that write generated files, in an order in which each finds what it reads. */
export const generators = ["generate-names.mjs", "generate-arguments.mjs", "generate-docs.mjs"];

/** Writes all generated files; with --check compares them all, and ends with 1 when any is stale. */
async function main() {
  await ensureInstalled();
  const codes = [];
  for (const script of generators) {
    const { code } = await runNode(inRepository("scripts", script), process.argv.slice(2));
    codes.push(code);
  }
  return Math.max(...codes);
}

if (isMain(import.meta.url)) {
  await runMain(main);
}
