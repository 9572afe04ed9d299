import { parseArgs } from "node:util";
import { ScriptError } from "./script-error.mjs";

/**
 * Reads the flags of a command. `flags` maps a name to `{ type, argument?, default?, help }`.
 * What is not a flag of the command is refused, with the usage, and ends the process with 2.
 */
export function readFlags(argv, command, flags) {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type, default: preset }]) => [
      name,
      preset === undefined ? { type } : { type, default: preset },
    ]),
  );
  try {
    return parseArgs({ args: argv, options, allowPositionals: false }).values;
  } catch (error) {
    if (!error.code?.startsWith("ERR_PARSE_ARGS")) {
      throw error;
    }
    const values = { reason: reasonOf(error), usage: usage(command, flags) };
    throw Object.assign(new ScriptError("KMS7005", { values }), { exitCode: 2 });
  }
}

/** Node adds advice for programmers after its first sentence. */
const reasonOf = ({ message }) =>
  (message[0].toLowerCase() + message.slice(1)).split(". ")[0].replace(/\.$/, "");

/** The flags of a command, one in a line. */
export function usage(command, flags) {
  const rows = Object.entries(flags).map(([name, { argument, help }]) => [
    `  --${name}${argument === undefined ? "" : ` ${argument}`}`,
    help,
  ]);
  const width = Math.max(...rows.map(([flag]) => flag.length)) + 2;
  return [`usage: ${command}`, ...rows.map(([flag, help]) => flag.padEnd(width) + help)].join("\n");
}
