// What an update in which nothing changes costs a group with machines that are off: no run command.
import { engineProgram } from "../on-engine/engine";
import { labHostKey } from "../on-engine/kms-program";
import { startLab } from "../on-engine/lab";
import { report } from "./shared/figure";
import { fleetProgram, requestCounts, setPower } from "./shared/fleet-program";
import { bootLabFleet } from "./shared/lab-fleet";

const machines = Number(process.env.KMS_BENCH_MACHINES ?? 1_000);
const oneOf = 20;

/** The statuses of the members are an output of the program. */
const withStatuses = (program: string) =>
  `${program}export const statuses = web.members.apply((members) => members.map(({ status }) => status));\n`;

async function main(): Promise<void> {
  const lab = await startLab();
  try {
    const fleet = await bootLabFleet(lab, machines);
    const off = fleet.memberIds.filter((_, index) => index % oneOf === 0);
    await setPower(lab, off, "deallocate");
    const stack = await engineProgram(lab, "partly-off", withStatuses(fleetProgram(machines, fleet)), {
      ownProcess: true,
    });
    try {
      stack.setConfig("kmsHostKey", labHostKey, true);
      for (const operation of ["first-up", "no-op-up"]) {
        await lab.control.resetRequests();
        const { ok, counts, milliseconds, outputs, text } = await stack.up();
        const statuses = outputs.statuses?.value as string[];
        if (!ok || statuses.filter((status) => status === "Off").length !== off.length) {
          throw new Error(text);
        }
        if (operation === "no-op-up" && Object.keys(counts).join() !== "same") {
          throw new Error(`the update changed something: ${JSON.stringify(counts)}`);
        }
        const { calls, runCommands } = await requestCounts(lab);
        const name = `engine-partly-off/${operation}`;
        const context = { machines, off: off.length };
        report({ name: `${name}/run-commands`, value: runCommands, unit: "run commands", ...context });
        report({ name: `${name}/calls`, value: calls, unit: "calls to Azure", ...context });
        report({ name: `${name}/wall`, value: milliseconds, unit: "ms", ...context });
      }
    } finally {
      await stack.remove();
    }
  } finally {
    await lab.stop();
  }
}

void main();
