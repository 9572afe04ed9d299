import { spawn } from "node:child_process";
import { repository } from "./repository.mjs";

/**
 * Runs a program to its end, without a shell.
 * With `capture` its output is returned, otherwise it goes to standard error.
 */
export function run(command, args, { cwd = repository, env = process.env, capture = false, stdio } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: stdio ?? (capture ? ["ignore", "pipe", "pipe"] : ["ignore", 2, 2]),
    });
    let output = "";
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout?.setEncoding("utf8").on("data", collect);
    child.stderr?.setEncoding("utf8").on("data", collect);
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? 1, signal, output }));
  });
}

/** Runs npm with the node that runs this script, whatever the platform calls npm's own launcher. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith(".js")) {
    return run(process.execPath, [cli, ...args], options);
  }
  return process.platform === "win32"
    ? run("cmd.exe", ["/d", "/c", "npm", ...args], options)
    : run("npm", args, options);
}

/** Runs a JavaScript program of an installed package, for example `node_modules/typescript/bin/tsc`. */
export const runNode = (script, args, options) => run(process.execPath, [script, ...args], options);
