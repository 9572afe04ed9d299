import { ensureInstalled } from "./install.mjs";
import { inRepository } from "./shared/repository.mjs";
import { run } from "./shared/run.mjs";
import { runIfMain } from "./shared/script.mjs";

/** `node scripts/run-typescript.mjs FILE [arguments]`: runs a script in TypeScript, also where nothing is installed yet. */
async function main() {
  await ensureInstalled();
  const [file, ...args] = process.argv.slice(2);
  const node = ["--require", "tsx/cjs", inRepository(file), ...args];
  const { code } = await run(process.execPath, node, { stdio: "inherit" });
  return code;
}

runIfMain(import.meta.url, main);
