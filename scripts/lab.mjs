import { createRequire } from "node:module";
import path from "node:path";
import { bootstrap } from "./engine.mjs";
import { readFlags, usage } from "./shared/flags.mjs";
import { inRepository, repository } from "./shared/repository.mjs";
import { runIfMain } from "./shared/script.mjs";

const command = "npm run lab -- [flags]";

/** @satisfies {Record<string, import("./shared/flags.mjs").Flag>} */
export const flags = /** @type {const} */ ({
  example: {
    type: "string",
    argument: "NAME",
    default: "minimal",
    help: "example to run, a folder of examples/ (minimal)",
  },
  keep: {
    type: "boolean",
    default: false,
    help: "leave the lab and the stack running, and print how to use them",
  },
  json: {
    type: "boolean",
    default: false,
    help: "end with one JSON object on standard output; all else to standard error",
  },
  record: { type: "string", argument: "FILE", help: "write every ARM request to FILE as a JSON line" },
  role: {
    type: "string",
    argument: "FILE",
    help: "allow only what this role allows: one for az, or what `pulumi-windows-kms permissions` printed",
  },
  help: { type: "boolean", default: false, help: "print this" },
});

async function main() {
  const values = readFlags(process.argv.slice(2), command, flags);
  if (values.help) {
    process.stdout.write(`${usage(command, flags)}\n`);
    return 0;
  }
  const engine = await bootstrap();
  const require = createRequire(import.meta.url);
  require("tsx/cjs");
  const { runLab } = require(inRepository("test/lab-run/run-lab.ts"));
  const { example, keep, json, record, role } = values;
  /** @param {string | undefined} file */
  const given = (file) => (file === undefined ? undefined : path.resolve(process.env.INIT_CWD ?? ".", file));
  return runLab({
    repository,
    env: engine.env,
    example,
    keep,
    json,
    record: given(record),
    role: given(role),
  });
}

runIfMain(import.meta.url, main);
