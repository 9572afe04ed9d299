import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { rolesIn } from "../../provider/lab/arm/authorization";
import type { JsonObject } from "../../provider/lab/arm/json";
import { type LabControl, labControl } from "../../provider/lab/control/lab-control";
import type { Interrupts } from "../../provider/lab/service/interrupts";
import { ledgerUrl, openLedger } from "../../provider/ledger/open-ledger";
import { rolesFor } from "./command-roles";
import { rebuild, runExampleSteps } from "./example-steps";
import { keepLab, type KeptLab } from "./keep-lab";
import { describeKeyUse, expectTrueLedger, keyUse } from "./key-use";
import type { LabExample } from "./lab-example";
import type { LabReport } from "./lab-report";
import { makePolicyPack } from "./policy-pack";
import { engineEnvironment, ownEnvironment, pulumiCli } from "./pulumi-cli";
import { refuseMissingParts, type StartedLab, type StartedProcess, startLab } from "./lab-processes";
import { createLabStack, type LabStack } from "./stack";
import { bringUp, type LabRunContext, tearDown } from "./steps";

/** What the run of one example needs. */
export interface ExampleRun {
  env: NodeJS.ProcessEnv;
  /** Root folder of the repository. */
  repository: string;
  exampleFolder: string;
  example: LabExample;
  keep: boolean;
  json: boolean;
  record?: string;
  /** File with the roles that the run has; each command has what it needs of them. @default - it may do everything */
  role?: string;
  say: (line: string) => void;
  report: LabReport;
  interrupts: Interrupts;
}

/** Starts a lab, runs the example in it, and leaves nothing behind unless it is to be kept. */
export async function runExample(run: ExampleRun): Promise<void> {
  refuseMissingParts(run.example);
  // Only its owner can read it: it will hold the state and its passphrase.
  const folder = await mkdtemp(path.join(tmpdir(), "pulumi-windows-kms-lab-"));
  const started: StartedProcess[] = [];
  try {
    const lab = await startLab({ ...run, folder, started });
    // As newer versions of Azure's API have it: an example names its way out.
    await labControl(lab.lab.arm).setConditions({ privateSubnets: true });
    await runInLab(run, lab, folder);
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

async function runInLab(run: ExampleRun, started: StartedLab, folder: string): Promise<void> {
  const passphrase = randomBytes(24).toString("base64url");
  await Promise.all(["home", "state"].map((name) => mkdir(path.join(folder, name))));
  const pack =
    run.example.policyPack && (await makePolicyPack({ ...run, folder, example: run.example.policyPack }));
  const search = [...(pack ? [pack.bin] : []), ...(run.env.PATH === undefined ? [] : [run.env.PATH])];
  const own = {
    ...ownEnvironment(folder, passphrase, started.environment),
    // The engine may be in the cache folder only.
    ...(search.length > 0 && { PATH: search.join(path.delimiter) }),
  };
  const cli = pulumiCli({
    env: engineEnvironment(run.env, own),
    cwd: folder,
    output: run.json ? 2 : 1,
    interrupts: run.interrupts,
  });
  const { exampleFolder } = run;
  const { values } = started;
  const stack = await createLabStack(cli, { folder, exampleFolder, values, policyFlags: pack?.flags });
  try {
    await runStack(run, started, stack, own);
  } finally {
    if (run.keep && !run.interrupts.cancel.aborted) {
      run.report.kept = await keepLab(folder, started.pids, own, stack.args, stack.policyFlags);
      instructions(run.report.kept).forEach(run.say);
    }
  }
}

/** What is done with the stack: the updates, what lab.json asks for after them, the counts of the keys, the end. */
async function runStack(
  { example, say, report, keep, role }: ExampleRun,
  { lab }: StartedLab,
  stack: LabStack,
  env: Record<string, string>,
): Promise<void> {
  const control = labControl(lab.arm);
  const allow = role === undefined ? undefined : await allowedBy(role, control);
  const context: LabRunContext = { stack, resources: () => control.resources(), say, report, allow };
  const ledger = openLedger(ledgerUrl("", env), { env });
  const spent = () => keyUse(example, { ledger, activations: (ending) => control.activations(ending) });
  await bringUp(context);
  await runExampleSteps(context, example.steps ?? [], control);
  await rebuild(context, example.rebuild ?? 0, spent);
  report.keys = await spent();
  say("");
  describeKeyUse(report.keys).forEach(say);
  expectTrueLedger(report.keys);
  if (!keep) {
    if (example.rebuild !== undefined) {
      await stack.unprotect();
    }
    await tearDown(context);
  }
}

/** Lets the program do what the roles of a file allow, and of that only what its command needs. */
async function allowedBy(file: string, control: LabControl): Promise<LabRunContext["allow"]> {
  const roles = rolesIn(JSON.parse(await readFile(file, "utf8")) as JsonObject);
  return (command) => control.setRoles({ roles: rolesFor(command, roles) });
}

function instructions({ commands }: KeptLab): string[] {
  return [
    "\nthe lab and the stack are still there:",
    ...commands.map(({ purpose, command }) => `  ${purpose}\n    ${command}`),
  ];
}
