import { Argument, type Command, Option } from "commander";
import {
  type CliProgram,
  packageVersion,
  readableFile,
  writableFile,
} from "pulumi-windows-kms/bin/provider/testing";
import { faultMembers } from "../control/faults";
import { defaultStateFolder, folderVariable } from "../service/lab-folder";
import * as actions from "./actions";
import {
  days,
  faultFlag,
  labFolder,
  labKeyGroup,
  machineConditions,
  names,
  pattern,
  wholeNumber,
  wholeNumberFrom,
} from "./arguments";
import { shells } from "./shell-text";

/** The command line of the lab. */
export const labProgram: CliProgram = {
  name: "pulumi-windows-kms-lab",
  version: packageVersion(__dirname),
  description:
    "a local Azure with simulated Windows machines, to try programs and policy packs without Azure",
  commands: [
    startCommand,
    envCommand,
    statusCommand,
    clockCommand,
    conditionsCommand,
    roleCommand,
    agentCommand,
    machineCommand,
    faultCommand,
    keyCommand,
    passwordCommand,
    stopCommand,
  ],
  // Ctrl-C.
  exitCodes: { KMS7019: 130 },
};

function startCommand(program: Command): void {
  inFolder(program, "start", "start the lab in the background, unless it runs already")
    .option(
      "--record <file>",
      "write every request to Azure Resource Manager to FILE as a JSON line",
      writableFile,
    )
    .option("--log <file>", "write the lab's log to FILE", writableFile)
    .option("--json", "print where the lab is as one JSON object")
    .action(actions.start);
}

function envCommand(program: Command): void {
  inFolder(program, "env", "print the environment that leads Pulumi to the lab")
    .addOption(new Option("--shell <shell>", "who reads it (default: your shell)").choices(shells))
    .option("--unset", "print what takes the environment away again")
    .action(actions.env);
}

function statusCommand(program: Command): void {
  inFolder(program, "status", "print what the lab holds: resources, machines, requests")
    .option("--json", "print it as one JSON object")
    .action(actions.status);
}

function clockCommand(program: Command): void {
  inFolder(program, "clock", "print the lab's time, or move it ahead")
    .option("--advance-days <days>", "move it ahead: activations expire, counts shrink", days)
    .action(actions.clock);
}

function machineCommand(program: Command): void {
  inFolder(program, "machine", "print what a machine is besides healthy, or change it")
    .argument("<name>", "computer name or resource ID")
    .option("--set <conditions>", "conditions as a JSON object; those not named stay", machineConditions)
    .action(actions.machine);
}

function conditionsCommand(program: Command): void {
  inFolder(program, "conditions", "print what the lab's subscription is like, or change it")
    .option("--required-tags <names>", "a policy denies what lacks these tags, separated by commas", names)
    .option("--allowed-locations <regions>", "a policy denies other regions, separated by commas", names)
    .option("--cores <count>", "quota of vCPUs in a region", wholeNumber)
    .option("--public-addresses <count>", "quota of public addresses in a region", wholeNumber)
    .option("--private-subnets", "subnets that do not say so have no way out")
    .option(
      "--dns-delay-seconds <seconds>",
      "records and links are served so long after they were written",
      wholeNumber,
    )
    .option("--reset", "before all else, make everything as usual")
    .action(actions.conditions);
}

function roleCommand(program: Command): void {
  inFolder(program, "role", "print the roles of the signed-in principal, or allow it just what a role allows")
    .argument(
      "[file]",
      "a role as `az role definition create` takes it, or what `pulumi-windows-kms permissions` printed; - for standard input",
      readableFile,
    )
    .option("--clear", "allow everything again")
    .action(actions.role);
}

function agentCommand(program: Command): void {
  inFolder(program, "agent", "let the Azure agent of a machine answer, or not")
    .argument("<machine>", "computer name or resource ID")
    .addArgument(new Argument("<state>", "what the agent does").choices(["ready", "silent"]))
    .action(actions.agent);
}

function faultCommand(program: Command): void {
  const command = inFolder(
    program,
    "fault",
    "make the next requests to Azure Resource Manager, or commands over SSH, fail or take their time",
  )
    .argument("[pattern]", "regular expression on `METHOD path`, or on `SSH NAME`", pattern)
    .option("--clear", "forget the faults that no request has met yet");
  for (const [member, { type, does, range }] of Object.entries(faultMembers)) {
    const flag = faultFlag(member);
    const option = new Option(
      type === "boolean" ? flag : `${flag} <${type === "number" ? type : "text"}>`,
      does,
    );
    const parser = range === undefined ? wholeNumber : wholeNumberFrom(...range);
    command.addOption(type === "number" ? option.argParser(parser) : option);
  }
  command.action(actions.fault);
}

function keyCommand(program: Command): void {
  program
    .command("key")
    .description("print an invented KMS host key that the lab takes")
    .argument("[keyGroup]", "product key group, as KeyGroup has it; without, all are listed", labKeyGroup)
    .action(actions.key);
}

function passwordCommand(program: Command): void {
  program
    .command("password")
    .description("print a random password that Azure takes for an administrator")
    .action(actions.password);
}

function stopCommand(program: Command): void {
  inFolder(program, "stop", "stop the lab; its resources, stacks and ledger are gone").action(actions.stop);
}

/** A command that works on the lab of a folder. */
const inFolder = (program: Command, name: string, description: string) =>
  program.command(name).description(description).addOption(folderOption());

const folderOption = () =>
  new Option("--dir <folder>", "folder of the lab, to run several side by side")
    .argParser(labFolder)
    .env(folderVariable)
    .default(defaultStateFolder());
