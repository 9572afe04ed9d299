import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** A failure of a script, worded for the person at the terminal: what is wrong, and what to do next. */
export class ScriptError extends Error {
  /**
   * @param {string} message
   * @param {{ cause?: unknown, exitCode?: number }} [details] exit code 2 stands for a wrong command line
   */
  constructor(message, { cause, exitCode = 1 } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ScriptError";
    this.exitCode = exitCode;
  }
}

/**
 * Runs `main` when its module was started by `node`, and not when it was imported. What it returns is the exit code;
 * what it throws is printed with its cause. Nothing is awaited, so that TypeScript can `require` the module.
 * @param {string} moduleUrl
 * @param {() => unknown} main
 */
export function runIfMain(moduleUrl, main) {
  const started = process.argv[1];
  if (started !== undefined && moduleUrl === pathToFileURL(realpathSync(started)).href) {
    void runMain(main);
  }
}

/** @param {() => unknown} main */
export async function runMain(main) {
  try {
    const code = await main();
    process.exitCode = typeof code === "number" ? code : (process.exitCode ?? 0);
  } catch (error) {
    say(describe(error));
    process.exitCode = error instanceof ScriptError ? error.exitCode : 1;
  }
}

/**
 * Errors of our own are sentences; for all others the stack is what helps.
 * @param {unknown} error
 */
function describe(error) {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const text = error instanceof ScriptError ? `error: ${error.message}` : (error.stack ?? String(error));
  const { cause } = error;
  return cause === undefined ? text : `${text}\ncaused by: ${cause instanceof Error ? cause.message : cause}`;
}

/**
 * Prints a line for the person at the terminal; standard output stays free for a script's result.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Time since `startedAt` (milliseconds), for people: `4.2 s`, `3 min 05 s`.
 * @param {number} startedAt
 */
export function elapsed(startedAt, now = Date.now()) {
  const seconds = (now - startedAt) / 1000;
  if (seconds < 60) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/**
 * Runs a long piece of work and says every half minute that it still goes on.
 * @template Result
 * @param {string} what
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function sayingProgress(what, work, everyMilliseconds = 30_000) {
  const startedAt = Date.now();
  const timer = setInterval(() => say(`  … still ${what} (${elapsed(startedAt)})`), everyMilliseconds);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/**
 * Node's code of an error, for example `ENOENT`.
 * @param {unknown} error
 */
export const codeOf = (error) =>
  error instanceof Error ? /** @type {NodeJS.ErrnoException} */ (error).code : undefined;
