import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

/** PowerShell: the one that PULUMI_WINDOWS_KMS_PWSH names, else the one on the PATH. */
const pwsh = process.env.PULUMI_WINDOWS_KMS_PWSH ?? "pwsh";

/** Whether there is a PowerShell. */
export const hasPwsh = spawnSync(pwsh, ["-NoProfile", "-Command", "exit 0"]).status === 0;

/** The licensing script with its parameters, or a command line that runs it. */
export type Work = { script: string; plan: string; productKey: string } | { command: string };

/** What a run printed, and the changes that it made. */
export interface Run {
  status: number;
  stdout: string;
  stderr: string;
  log: string;
}

/** A PowerShell with stand-ins for the commands of Windows. */
export interface StandIns {
  run(model: object, work: Work): Promise<Run>;
  stop(): void;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

/** Starts one PowerShell for many runs: each start takes a second. */
export function startStandIns(): StandIns {
  const file = path.join(__dirname, "stand-ins.ps1");
  const child = spawn(pwsh, ["-NoProfile", "-NonInteractive", "-File", file], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run(model, work) {
      child.stdin.write(`${Buffer.from(JSON.stringify({ model, ...work })).toString("base64")}\n`);
      const { value, done } = await answers.next();
      if (done === true) {
        throw new Error("PowerShell has ended");
      }
      return JSON.parse(value) as Run;
    },
    stop: () => child.stdin.end(),
    kill: () => void child.kill("SIGKILL"),
  };
}
