import { parseArgs } from "node:util";
import { codeOf, ScriptError } from "./script.mjs";

/**
 * @typedef {{ type: "string" | "boolean", argument?: string, default?: string | boolean, help: string }} Flag
 */

/**
 * Reads the flags of a command that is refused before anything is installed, so that commander is not there yet.
 * What is not a flag of the command is an error with the usage, and ends the process with 2.
 * @template {Record<string, Flag>} Flags
 * @param {string[]} argv
 * @param {string} command
 * @param {Flags} flags
 * @returns {{ [Name in keyof Flags]: Flags[Name] extends { type: "boolean" } ? boolean : Flags[Name] extends { default: string } ? string : string | undefined }}
 */
export function readFlags(argv, command, flags) {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type, default: preset }]) => [
      name,
      preset === undefined ? { type } : { type, default: preset },
    ]),
  );
  try {
    const { values } = parseArgs({ args: argv, options, allowPositionals: false });
    return /** @type {any} */ (values);
  } catch (error) {
    if (!(error instanceof Error) || !codeOf(error)?.startsWith("ERR_PARSE_ARGS")) {
      throw error;
    }
    const message = `${reasonOf(error)}. Flags of this command:\n${usage(command, flags)}`;
    throw new ScriptError(message, { exitCode: 2 });
  }
}

/**
 * Node adds advice for programmers after its first sentence.
 * @param {Error} error
 */
const reasonOf = ({ message }) =>
  (message.charAt(0).toLowerCase() + message.slice(1)).split(". ")[0].replace(/\.$/, "");

/**
 * The flags of a command, one in a line.
 * @param {string} command
 * @param {Record<string, Flag>} flags
 */
export function usage(command, flags) {
  const rows = Object.entries(flags).map(([name, { argument, help }]) => ({
    flag: `  --${name}${argument === undefined ? "" : ` ${argument}`}`,
    help,
  }));
  const width = Math.max(...rows.map(({ flag }) => flag.length)) + 2;
  return [`usage: ${command}`, ...rows.map(({ flag, help }) => flag.padEnd(width) + help)].join("\n");
}
