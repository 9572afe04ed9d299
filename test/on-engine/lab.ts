import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { type LabControl, labControl } from "../../provider/lab/control/lab-control";
import type { LabAddress } from "../../provider/lab/service/environment";

/** A lab that tests started. */
export interface Lab {
  address: LabAddress;
  /** Faults, clock, machines. */
  control: LabControl;
  stop(): Promise<void>;
}

/** How the lab is started. */
export interface LabOptions {
  /** File that gets one JSON line for each ARM request. */
  record?: string;
  /** File that gets the lab's log. */
  log?: string;
}

/** As it is built, like the package that the programs load: it starts in half the time of its sources. */
const server = path.resolve(__dirname, "../../provider/lab/bin/server.js");

/** Starts the lab in a process of its own; ready when this returns. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [server, ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const line = await Promise.race([
    once(createInterface(child.stdout), "line"),
    exited.then(() => undefined),
  ]);
  if (line === undefined) {
    throw new Error("the lab ended before it was ready; its own message is above");
  }
  const endWithThisProcess = () => void child.kill();
  process.once("exit", endWithThisProcess);
  const stop = async () => {
    process.off("exit", endWithThisProcess);
    child.kill("SIGTERM");
    await exited;
  };
  const address = JSON.parse(line[0] as string) as LabAddress;
  return { address, control: labControl(address.arm), stop };
}
