import { existsSync } from "node:fs";
import { bootstrap } from "./bootstrap.mjs";
import { ensureRealServers } from "./real-servers.mjs";
import { isMain, runMain } from "./shared/main.mjs";
import { inRepository } from "./shared/repository.mjs";
import { runNode } from "./shared/run.mjs";
import { testFiles } from "./shared/test-files.mjs";

/** Files run side by side, each with a lab of its own: most of the time an engine waits for its programs. */
const sideBySide = ["--parallel", "--jobs", "2"];

/** All tests, or the files that are named among the arguments; the rest of them goes to mocha as it is. */
export function mochaArguments(argv) {
  const names = (argument) =>
    !argument.startsWith("-") && (/\.test\.(ts|mjs)$/.test(argument) || existsSync(argument));
  return argv.some(names) ? argv : [...sideBySide, ...argv, ...testFiles];
}

async function main() {
  const engine = await bootstrap();
  await ensureRealServers();
  const args = [
    "--reporter",
    inRepository("scripts/shared/summary-reporter.cjs"),
    ...mochaArguments(process.argv.slice(2)),
  ];
  const env = { ...engine.env, KMS_ENGINE_DIR: engine.dir };
  const { code } = await runNode(inRepository("node_modules/mocha/bin/mocha.js"), args, {
    env,
    stdio: "inherit",
  });
  return code;
}

if (isMain(import.meta.url)) {
  await runMain(main);
}
