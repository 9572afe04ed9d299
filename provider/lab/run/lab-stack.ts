import { copyFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ExportedStack } from "../../report/exported-stack";
import type { ConfigValues } from "./config-values";
import { type OperationCounts, operationCounts } from "./event-log";
import { type FleetStatus, fleetStatus } from "./fleet-status";
import type { PulumiCli } from "./pulumi-cli";

/** The stack of one run of an example. */
export interface LabStack {
  /** Arguments that name the program and the stack for a command of the CLI. */
  readonly args: string[];
  /** Flags that previews and updates have besides. */
  readonly judgedBy: string[];
  /** Runs an engine command, shows its output and returns what it did to how many resources. */
  operate(command: string, ...flags: string[]): Promise<OperationCounts>;
  /** Sets configuration values; the others stay. */
  configure(values: ConfigValues): Promise<void>;
  /** Lets protected resources be destroyed. */
  unprotect(): Promise<void>;
  status(): Promise<FleetStatus>;
  /** Stack outputs; the CLI masks the secret ones. */
  outputs(): Promise<Record<string, unknown>>;
}

/** What a stack is made of. */
export interface LabStackOptions {
  /** Folder of the run. */
  folder: string;
  exampleFolder: string;
  values: ConfigValues;
  /** Flags of previews and updates. @default - none */
  judgedBy?: string[];
}

const stackName = "lab";

/** Commands that a policy pack judges. */
const judged = ["preview", "up"];

/**
 * Creates the stack with its configuration. Its settings file is below `folder`, so that nothing is written into the
 * example: `stack init` runs beside a copy of Pulumi.yaml there, every other command in the example itself.
 */
export async function createLabStack(
  cli: PulumiCli,
  { folder, exampleFolder, values, judgedBy = [] }: LabStackOptions,
): Promise<LabStack> {
  const project = path.join(folder, "project");
  await mkdir(project);
  await copyFile(path.join(exampleFolder, "Pulumi.yaml"), path.join(project, "Pulumi.yaml"));
  await cli.ask(["stack", "init", stackName, "--cwd", project]);
  const configureThere = (given: ConfigValues) =>
    configure(cli, ["--cwd", project, "--stack", stackName], given);
  await configureThere(values);
  const place = ["--cwd", exampleFolder, "--stack", stackName];
  const args = [...place, "--config-file", path.join(project, `Pulumi.${stackName}.yaml`)];
  return {
    args,
    judgedBy,
    operate: (command, ...flags) =>
      operate(cli, folder, [command, ...flags, ...args, ...(judged.includes(command) ? judgedBy : [])]),
    configure: configureThere,
    unprotect: async () => void (await cli.ask(["state", "unprotect", "--all", "--yes", ...place])),
    status: async () =>
      fleetStatus(JSON.parse(await cli.ask(["stack", "export", ...place])) as ExportedStack),
    outputs: async () =>
      JSON.parse(await cli.ask(["stack", "output", "--json", ...place])) as Record<string, unknown>,
  };
}

/** Values go through standard input, since arguments of a process can be seen by others. */
async function configure(cli: PulumiCli, place: string[], { plain, secret }: ConfigValues): Promise<void> {
  for (const [key, value] of Object.entries(plain)) {
    await cli.ask(["config", "set", key, "--plaintext", ...place], value);
  }
  for (const [key, value] of Object.entries(secret)) {
    await cli.ask(["config", "set", key, "--secret", ...place], value);
  }
}

async function operate(cli: PulumiCli, folder: string, args: string[]): Promise<OperationCounts> {
  const eventLog = path.join(folder, `events-${args[0]}-${Date.now()}.json`);
  await cli.show([...args, "--event-log", eventLog]);
  return operationCounts(await readFile(eventLog, "utf8"));
}
