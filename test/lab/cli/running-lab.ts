import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCli } from "../../../provider/cli/run-cli";
import { labProgram } from "../../../provider/lab/cli/commands";
import { stateFile, writeLabState } from "../../../provider/lab/service/running-lab";
import { type Arm, startArm } from "../arm/arm-fixture";

/** A lab of this process that the lab's commands take for a running one. */
export interface RunningLab {
  arm: Arm;
  /** The lab's folder. */
  folder: string;
  /** Runs a command of the lab on it. */
  run(command: string, ...argv: string[]): Promise<{ exitCode: number; out: string; err: string }>;
  close(): Promise<void>;
}

export async function startRunningLab(): Promise<RunningLab> {
  const id = "00000000-1ab0-4000-8000-00000000000f";
  const arm = await startArm({ id });
  const folder = await mkdtemp(path.join(tmpdir(), "lab-command-"));
  await writeLabState(stateFile(folder), {
    arm: arm.endpoint,
    azureNative: 0,
    pid: process.pid,
    id,
    startedAt: new Date(0).toISOString(),
    subscriptionId: "s",
    otherSubscriptionId: "o",
    tenantId: "t",
    environment: {},
  });
  return {
    arm,
    folder,
    async run(command, ...argv) {
      let out = "";
      let err = "";
      const output = {
        writeOut: (text: string) => void (out += text),
        writeErr: (text: string) => void (err += text),
      };
      const exitCode = await runCli(labProgram, [command, ...argv, "--dir", folder], output);
      return { exitCode, out, err };
    },
    async close() {
      await arm.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
