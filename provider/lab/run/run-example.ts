import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { labControl } from "../arm/lab-control";
import { engineEnvironment, ownEnvironment } from "./engine-environment";
import type { Interrupts } from "./interrupts";
import { keepLab, type KeptLab } from "./keep-lab";
import type { LabExample } from "./lab-example";
import { type LabProcess, startLabProcess } from "./lab-process";
import type { LabReport } from "./lab-report";
import { createLabStack } from "./lab-stack";
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

/** Starts a lab, runs the example in it, and leaves nothing behind unless it is to be kept. */
export async function runExample(run: ExampleRun): Promise<void> {
  // Only its owner can read it: it will hold the state and its passphrase.
  const folder = await mkdtemp(path.join(tmpdir(), "pulumi-windows-kms-lab-"));
  let lab: LabProcess | undefined;
  try {
    lab = await startLabProcess(path.join(folder, "lab.log"), run.record);
    run.say(`lab on ${lab.address.arm}: simulated Azure and Windows; nothing leaves this machine`);
    await runInLab(run, lab, folder);
  } finally {
    if (run.report.kept === undefined) {
      await lab?.stop();
      await rm(folder, { recursive: true, force: true });
    } else {
      lab?.release();
    }
  }
}

async function runInLab(run: ExampleRun, lab: LabProcess, folder: string): Promise<void> {
  const passphrase = randomBytes(24).toString("base64url");
  await Promise.all(["home", "state"].map((name) => mkdir(path.join(folder, name))));
  const own = ownEnvironment(folder, passphrase, lab.address.environment);
  const cli = pulumiCli({
    env: engineEnvironment(run.env, own),
    cwd: folder,
    output: run.json ? 2 : 1,
    interrupts: run.interrupts,
  });
  const stack = await createLabStack(cli, folder, run.exampleFolder, run.example);
  const context = {
    stack,
    resources: () => labControl(lab.address.arm).resources(),
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
      run.report.kept = await keepLab(folder, lab.address.pid, { ...own, ...pathOf(run.env) }, stack.args);
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
