import { spawn } from "node:child_process";
import { repository } from "./repository.mjs";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the repository where it is left out
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [capture] returns the output, which otherwise goes to standard error
 * @property {import("node:child_process").StdioOptions} [stdio] in place of `capture`
 *
 * @typedef {{ code: number, signal: NodeJS.Signals | null, output: string }} RunResult
 */

/**
 * Runs a program to its end, without a shell.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, { cwd = repository, env = process.env, capture = false, stdio } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: stdio ?? (capture ? ["ignore", "pipe", "pipe"] : ["ignore", 2, 2]),
    });
    let output = "";
    const collect = (/** @type {string} */ chunk) => void (output += chunk);
    child.stdout?.setEncoding("utf8").on("data", collect);
    child.stderr?.setEncoding("utf8").on("data", collect);
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? 1, signal, output }));
  });
}

/**
 * Runs npm with the node that runs this script, whatever the platform calls npm's own launcher.
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith(".js")) {
    return run(process.execPath, [cli, ...args], options);
  }
  return process.platform === "win32"
    ? run("cmd.exe", ["/d", "/c", "npm", ...args], options)
    : run("npm", args, options);
}

/**
 * Runs a JavaScript program, for example `node_modules/typescript/bin/tsc`.
 * @param {string} script
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export const runNode = (script, args, options) => run(process.execPath, [script, ...args], options);
