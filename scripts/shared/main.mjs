import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { say } from "./say.mjs";

/** Whether the module was started by `node`, not imported. */
export const isMain = (moduleUrl) =>
  process.argv[1] !== undefined && moduleUrl === pathToFileURL(realpathSync(process.argv[1])).href;

/** Runs a script's main function; what it throws is printed with its causes and ends the process with 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    say(describe(error));
    process.exitCode = error.exitCode ?? 1;
  }
}

/** Errors of our own are sentences; for all others the stack is what helps. */
function describe(error) {
  const text = error.code?.startsWith?.("KMS") ? `error: ${error.message}` : (error.stack ?? String(error));
  return error.cause === undefined ? text : `${text}\ncaused by: ${error.cause.message ?? error.cause}`;
}
