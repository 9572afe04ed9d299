import { copyFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ExportedStack } from "../../provider/report/exported-stack";
import { type FleetStatus, fleetStatus } from "./fleet-status";
import type { ConfigValues } from "./lab-example";
import type { PulumiCli } from "./pulumi-cli";

/** The stack of one run of an example. */
export interface LabStack {
  /** Arguments that name the program and the stack for a command of the CLI. */
  readonly args: string[];
  /** Flags that previews and updates have besides. */
  readonly policyFlags: string[];
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
  policyFlags?: string[];
}

const stackName = "lab";

/** Commands that a policy pack judges. */
const previewsAndUpdates = ["preview", "up"];

/**
 * Creates the stack with its configuration. Its settings file is below `folder`, so that nothing is written into the
 * example: `stack init` runs beside a copy of Pulumi.yaml there, every other command in the example itself.
 */
export async function createLabStack(
  cli: PulumiCli,
  { folder, exampleFolder, values, policyFlags = [] }: LabStackOptions,
): Promise<LabStack> {
  const project = path.join(folder, "project");
  await mkdir(project);
  await copyFile(path.join(exampleFolder, "Pulumi.yaml"), path.join(project, "Pulumi.yaml"));
  await cli.ask(["stack", "init", stackName, "--cwd", project]);
  const configureThere = (given: ConfigValues) =>
    configure(cli, ["--cwd", project, "--stack", stackName], given);
  await configureThere(values);
  const selection = ["--cwd", exampleFolder, "--stack", stackName];
  const args = [...selection, "--config-file", path.join(project, `Pulumi.${stackName}.yaml`)];
  return {
    args,
    policyFlags,
    operate: (command, ...flags) =>
      operate(cli, folder, [
        command,
        ...flags,
        ...args,
        ...(previewsAndUpdates.includes(command) ? policyFlags : []),
      ]),
    configure: configureThere,
    unprotect: async () => void (await cli.ask(["state", "unprotect", "--all", "--yes", ...selection])),
    status: async () =>
      fleetStatus(JSON.parse(await cli.ask(["stack", "export", ...selection])) as ExportedStack),
    outputs: async () =>
      JSON.parse(await cli.ask(["stack", "output", "--json", ...selection])) as Record<string, unknown>,
  };
}

/** Values go through standard input, since arguments of a process can be seen by others. */
async function configure(
  cli: PulumiCli,
  selection: string[],
  { plain, secret }: ConfigValues,
): Promise<void> {
  for (const [key, value] of Object.entries(plain)) {
    await cli.ask(["config", "set", key, "--plaintext", ...selection], value);
  }
  for (const [key, value] of Object.entries(secret)) {
    await cli.ask(["config", "set", key, "--secret", ...selection], value);
  }
}

async function operate(cli: PulumiCli, folder: string, args: string[]): Promise<OperationCounts> {
  const eventLog = path.join(folder, `events-${args[0]}-${Date.now()}.json`);
  await cli.show([...args, "--event-log", eventLog]);
  return operationCounts(await readFile(eventLog, "utf8"));
}

/** Resources by what the engine did with them: `create`, `same`, `update`, `delete`, `replace`, … */
export type OperationCounts = Record<string, number>;

interface EngineEvent {
  summaryEvent?: { resourceChanges?: OperationCounts };
}

/** Reads the counts off the engine's event log (JSON lines); a command that failed early has no summary. */
export function operationCounts(eventLog: string): OperationCounts {
  const summaries = eventLog
    .split("\n")
    .filter((line) => line.includes('"summaryEvent"'))
    .map((line) => (JSON.parse(line) as EngineEvent).summaryEvent)
    .filter((summary) => summary !== undefined);
  return summaries.at(-1)?.resourceChanges ?? {};
}

/** The counts in words: `12 create, 3 same`. */
export function describeCounts(counts: OperationCounts): string {
  const words = Object.entries(counts).map(([operation, count]) => `${count} ${operation}`);
  return words.length === 0 ? "no resources" : words.join(", ");
}

/** Whether anything but `same` is among the counts. */
export function hasChanges(counts: OperationCounts): boolean {
  return Object.entries(counts).some(([operation, count]) => operation !== "same" && count > 0);
}
