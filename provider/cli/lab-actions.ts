import type { Command } from "commander";
import { labControl } from "../lab/arm/lab-control";
import { adminPassword } from "../lab/run/admin-password";
import { labProductKey } from "../lab/run/lab-product-key";
import { type Shell, setVariables, unsetVariables, usersShell } from "../lab/run/shell-text";
import { textTable } from "../report/text-table";
import { labOverview } from "../lab/service/lab-overview";
import { overviewText } from "../lab/service/overview-text";
import { findRunningLab, requireRunningLab } from "../lab/service/running-lab";
import { type LabFiles, startLab } from "../lab/service/start-lab";
import { stopLab } from "../lab/service/stop-lab";
import { userEnvironment, userVariables } from "../lab/service/user-environment";
import { millisecondsPerDay, millisecondsPerMinute } from "../lab/windows/clock";
import { labKeyGroupNames } from "./lab-arguments";
import { nextSteps } from "./next-steps";

interface FolderFlags {
  dir: string;
}

const printer = (command: Command) => (lines: string[] | string) => {
  command.configureOutput().writeOut?.(`${[lines].flat().join("\n")}\n`);
};

const json = (value: object) => JSON.stringify(value);

/** `lab start` */
export async function start(
  { dir, json: asJson, record, log }: FolderFlags & LabFiles & { json?: boolean },
  command: Command,
): Promise<void> {
  const print = printer(command);
  const { address, ranAlready } = await startLab(dir, { record, log });
  const { arm, azureNative, pid, startedAt, subscriptionId, tenantId } = address;
  if (asJson) {
    print(
      json({ running: true, ranAlready, arm, azureNative, pid, startedAt, subscriptionId, tenantId, dir }),
    );
    return;
  }
  print([
    `the lab ${ranAlready ? "runs already" : "runs"} on ${arm}: simulated Azure and Windows; nothing leaves this machine`,
    "",
    ...nextSteps(
      usersShell(process.env, process.platform),
      command.getOptionValueSource("dir") === "cli" ? dir : undefined,
    ),
  ]);
}

/** `lab env` */
export async function env(
  { dir, shell, unset }: FolderFlags & { shell?: Shell; unset?: boolean },
  command: Command,
): Promise<void> {
  const chosen = shell ?? usersShell(process.env, process.platform);
  const text = unset
    ? unsetVariables(userVariables(), chosen)
    : setVariables(await userEnvironment(dir, await requireRunningLab(dir)), chosen);
  printer(command)(text.trimEnd());
}

/** `lab status` */
export async function status(
  { dir, json: asJson }: FolderFlags & { json?: boolean },
  command: Command,
): Promise<void> {
  const print = printer(command);
  const lab = await findRunningLab(dir);
  if (lab === undefined) {
    print(
      asJson
        ? json({ running: false })
        : "no lab is running; start one with `npx pulumi-windows-kms lab start`",
    );
    return;
  }
  const overview = await labOverview(lab);
  print(asJson ? json(overview) : overviewText(overview));
}

/** `lab clock` */
export async function clock(
  { dir, advanceDays }: FolderFlags & { advanceDays?: number },
  command: Command,
): Promise<void> {
  const control = labControl((await requireRunningLab(dir)).arm);
  if (advanceDays !== undefined) {
    await control.advanceClock((advanceDays * millisecondsPerDay) / millisecondsPerMinute);
  }
  printer(command)((await control.now()).toISOString());
}

/** `lab key` */
export function key(keyGroup: string | undefined, _flags: object, command: Command): void {
  printer(command)(
    keyGroup === undefined
      ? textTable(
          ["KeyGroup", "product key group", "product key"],
          labKeyGroupNames.map(([name, group]) => [name, group, labProductKey(group)]),
        )
      : labProductKey(keyGroup),
  );
}

/** `lab password` */
export function password(_flags: object, command: Command): void {
  printer(command)(adminPassword());
}

/** `lab stop` */
export async function stop({ dir }: FolderFlags, command: Command): Promise<void> {
  const stopped = await stopLab(dir);
  printer(command)(
    stopped === undefined
      ? "no lab was running"
      : `the lab on ${stopped.arm} has ended; its stacks are gone with it`,
  );
}
