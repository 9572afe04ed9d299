import { type Command, Option } from "commander";
import { existingFolder, readableFile, writableFile } from "./file-arguments";
import { showStatus } from "./status/show-status";
import { stackName } from "./status/stack-argument";

/** Adds `status`. */
export function statusCommand(program: Command): void {
  program
    .command("status")
    .description("KMS hosts, keys and client groups of a stack, as it was last updated or refreshed")
    .option("--cwd <folder>", "folder of the Pulumi program", existingFolder, process.cwd())
    .option("--stack <name>", "stack, where another than the selected one is meant", stackName)
    .addOption(
      new Option("--file <file>", "read FILE that `pulumi stack export` wrote; - for standard input")
        .argParser(readableFile)
        .conflicts("stack"),
    )
    .option("--json", "print one JSON object")
    .option("--html <file>", "write a page to FILE as well, which needs no other file", writableFile)
    .option("--all", "list every member of large groups")
    .option("--no-ledger", "leave the ledger of activations alone")
    .option("--exit-code", "end with 3 when not everything is licensed")
    .action(showStatus);
}
