import { type Command, InvalidArgumentError, Option } from "commander";
import { existingFolder, readableFile } from "./file-arguments";

/** Flags that say which stack a command reads. */
export interface StackFlags {
  cwd: string;
  stack?: string;
  file?: string;
}

/** Adds the flags that say which stack a command reads. */
export const stackOptions = (command: Command): Command =>
  command
    .option("--cwd <folder>", "folder of the Pulumi program", existingFolder, process.cwd())
    .option("--stack <name>", "stack, where another than the selected one is meant", stackName)
    .addOption(
      new Option("--file <file>", "read FILE that `pulumi stack export` wrote; - for standard input")
        .argParser(readableFile)
        .conflicts("stack"),
    );

/** Source: pulumi.com/docs/iac/concepts/stacks, names of stacks: letters, digits, hyphens, underscores and periods. */
const stackFormat = /^([\w.-]+\/){0,2}[\w.-]+$/;

/** The name of a stack, which may begin with those of its organization and project. */
function stackName(given: string): string {
  if (!stackFormat.test(given) || given.startsWith("-")) {
    throw new InvalidArgumentError(
      "It must be STACK, ORGANIZATION/STACK or ORGANIZATION/PROJECT/STACK, of letters, digits, hyphens, underscores and periods.",
    );
  }
  return given;
}
