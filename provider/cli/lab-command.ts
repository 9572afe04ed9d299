import { type Command, Option } from "commander";
import { defaultStateFolder, folderVariable } from "../lab/service/state-folder";
import { shells } from "../lab/run/shell-text";
import { writableFile } from "./file-arguments";
import { days, labFolder, labKeyGroup } from "./lab-arguments";
import * as actions from "./lab-actions";

/** Adds `lab` and its subcommands. */
export function labCommand(program: Command): void {
  const lab = program
    .command("lab")
    .description(
      "a local Azure with simulated Windows machines, to try programs and policy packs without Azure",
    );
  const add = (name: string, description: string) =>
    lab.command(name).description(description).addOption(folderOption());

  add("start", "start the lab in the background, unless it runs already")
    .option(
      "--record <file>",
      "write every request to Azure Resource Manager to FILE as a JSON line",
      writableFile,
    )
    .option("--log <file>", "write the lab's log to FILE", writableFile)
    .option("--json", "print where the lab is as one JSON object")
    .action(actions.start);
  add("env", "print the environment that leads Pulumi to the lab")
    .addOption(new Option("--shell <shell>", "who reads it (default: your shell)").choices(shells))
    .option("--unset", "print what takes the environment away again")
    .action(actions.env);
  add("status", "print what the lab holds: resources, machines, requests")
    .option("--json", "print it as one JSON object")
    .action(actions.status);
  add("clock", "print the lab's time, or move it ahead")
    .option("--advance-days <days>", "move it ahead: activations expire, counts shrink", days)
    .action(actions.clock);
  lab
    .command("key")
    .description("print an invented KMS host key that the lab takes")
    .argument("[keyGroup]", "product key group, as KeyGroup has it; without, all are listed", labKeyGroup)
    .action(actions.key);
  lab
    .command("password")
    .description("print a random password that Azure takes for an administrator")
    .action(actions.password);
  add("stop", "stop the lab; its resources, stacks and ledger are gone").action(actions.stop);
}

const folderOption = () =>
  new Option("--dir <folder>", "folder of the lab, where several shall run")
    .argParser(labFolder)
    .env(folderVariable)
    .default(defaultStateFolder());
