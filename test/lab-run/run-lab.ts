import path from "node:path";
import { KmsError } from "../../provider/errors/kms-error";
import { LabError } from "../../provider/lab/lab-error";
import { listenForInterrupts } from "../../provider/lab/service/interrupts";
import { findExample, readLabExample } from "./lab-example";
import { emptyReport } from "./lab-report";
import { runExample } from "./run-example";

/** One run of an example in the lab. */
export interface LabRun {
  /** Root folder of the repository. */
  repository: string;
  /** Environment whose PATH has the engine. */
  env: NodeJS.ProcessEnv;
  /** Name of a folder of examples/ or test/fixtures/. */
  example: string;
  /** Leaves the lab and the stack when the run has ended. */
  keep: boolean;
  /** Ends with the report as one JSON object on standard output; all else goes to standard error. */
  json: boolean;
  /** File for the ARM requests. */
  record?: string;
  /** File with the only roles that the run has. @default - it may do everything */
  role?: string;
}

const interruptedExitCode = 130;
const badInputExitCode = 2;

/** Codes of what is wrong with the name of an example or with its lab.json. */
const badInput = ["KMS7010", "KMS7011", "KMS7012", "KMS7084"];

/** Runs an example in a lab of its own, from preview to destroy; returns the exit code. */
export async function runLab(run: LabRun): Promise<number> {
  const say = (line: string) => void (run.json ? process.stderr : process.stdout).write(`${line}\n`);
  const report = emptyReport(run.example);
  let isBadInput = false;
  const interrupts = listenForInterrupts(() => say("\nstopping (Ctrl-C again to stop at once)"));
  try {
    const folder = findExample(run.repository, run.example);
    const example = readLabExample(run.repository, folder);
    const exampleFolder = path.join(run.repository, folder);
    await runExample({ ...run, exampleFolder, example, say, report, interrupts });
    report.ok = true;
    say("\nok");
  } catch (error) {
    isBadInput = error instanceof LabError && badInput.includes(error.code);
    report.error = messageOf(error);
    process.stderr.write(`\nerror: ${report.error}\n`);
  } finally {
    interrupts.dispose();
  }
  if (run.json) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
  }
  if (interrupts.cancel.aborted && !report.ok) {
    return interruptedExitCode;
  }
  return report.ok ? 0 : isBadInput ? badInputExitCode : 1;
}

/** Our own errors are written for people; of others the stack says where they come from. */
function messageOf(error: unknown): string {
  if (error instanceof LabError || error instanceof KmsError) {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
