import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { labControl } from "../arm/lab-control";
import type { LabAddress } from "../main";
import { type ConfigValues, configValues } from "./config-values";
import type { DetachedProcess } from "./detached-process";
import { engineEnvironment, ownEnvironment } from "./engine-environment";
import type { Interrupts } from "./interrupts";
import { keepLab, type KeptLab } from "./keep-lab";
import type { LabExample, OnPremisesExample } from "./lab-example";
import { startLabProcess, startOnPremisesProcess } from "./lab-process";
import type { LabReport } from "./lab-report";
import { createLabStack } from "./lab-stack";
import { refuseMissingServers } from "./missing-servers";
import { pulumiCli } from "./pulumi-cli";
import { bringUp, tearDown } from "./run-steps";

/** What the run of one example needs. */
export interface ExampleRun {
  env: NodeJS.ProcessEnv;
  exampleFolder: string;
  example: LabExample;
  keep: boolean;
  json: boolean;
  record?: string;
  say: (line: string) => void;
  report: LabReport;
  interrupts: Interrupts;
}

/** The processes of a run and how its stack reaches them. */
interface RunningLab {
  lab: LabAddress;
  pids: number[];
  values: ConfigValues;
}

type StartedProcess = DetachedProcess<{ pid: number }>;

/** Starts a lab, runs the example in it, and leaves nothing behind unless it is to be kept. */
export async function runExample(run: ExampleRun): Promise<void> {
  if (run.example.onPremises !== undefined) {
    refuseMissingServers();
  }
  // Only its owner can read it: it will hold the state and its passphrase.
  const folder = await mkdtemp(path.join(tmpdir(), "pulumi-windows-kms-lab-"));
  const started: StartedProcess[] = [];
  try {
    await runInLab(run, await startLab(run, folder, started), folder);
  } finally {
    if (run.report.kept === undefined) {
      for (const one of started.reverse()) {
        await one.stop();
      }
      await rm(folder, { recursive: true, force: true });
    } else {
      started.forEach((one) => one.release());
    }
  }
}

async function startLab(run: ExampleRun, folder: string, started: StartedProcess[]): Promise<RunningLab> {
  const logFile = path.join(folder, "lab.log");
  const lab = await startLabProcess(logFile, { record: run.record });
  started.push(lab);
  run.say(`lab on ${lab.address.arm}: simulated Azure and Windows; nothing leaves this machine`);
  const { onPremises } = run.example;
  if (onPremises === undefined) {
    return { lab: lab.address, pids: [lab.address.pid], values: configValues(run.example) };
  }
  const servers = await startOnPremisesProcess(lab.address, logFile, onPremises);
  started.push(servers);
  run.say(`OpenSSH for ${machineCount(onPremises)} machines, BIND for the zone ${onPremises.zone}`);
  return {
    lab: lab.address,
    pids: [servers.address.pid, lab.address.pid],
    values: configValues(run.example, servers.address.values),
  };
}

const machineCount = ({ machines }: OnPremisesExample) =>
  machines.reduce((count, { names }) => count + names.length, 0);

async function runInLab(run: ExampleRun, { lab, pids, values }: RunningLab, folder: string): Promise<void> {
  const passphrase = randomBytes(24).toString("base64url");
  await Promise.all(["home", "state"].map((name) => mkdir(path.join(folder, name))));
  const own = ownEnvironment(folder, passphrase, lab.environment);
  const cli = pulumiCli({
    env: engineEnvironment(run.env, own),
    cwd: folder,
    output: run.json ? 2 : 1,
    interrupts: run.interrupts,
  });
  const stack = await createLabStack(cli, folder, run.exampleFolder, values);
  const context = {
    stack,
    resources: () => labControl(lab.arm).resources(),
    say: run.say,
    report: run.report,
  };
  try {
    await bringUp(context);
    if (!run.keep) {
      await tearDown(context);
    }
  } finally {
    if (run.keep && !run.interrupts.cancel.aborted) {
      run.report.kept = await keepLab(folder, pids, { ...own, ...pathOf(run.env) }, stack.args);
      instructions(run.report.kept).forEach(run.say);
    }
  }
}

/** The engine may be in the cache folder only. */
const pathOf = ({ PATH }: NodeJS.ProcessEnv) => (PATH === undefined ? undefined : { PATH });

function instructions({ commands }: KeptLab): string[] {
  return [
    "\nthe lab and the stack are still there:",
    ...commands.map(({ purpose, command }) => `  ${purpose}\n    ${command}`),
  ];
}
