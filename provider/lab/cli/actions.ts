import type { Command } from "commander";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { textTable } from "pulumi-windows-kms/bin/provider/testing";
import type { AzureConditions } from "../arm/conditions";
import type { Fault } from "../control/faults";
import { labControl } from "../control/lab-control";
import { LabError } from "../lab-error";
import { userEnvironment, userVariables } from "../service/environment";
import { labOverview, overviewText } from "../service/overview";
import { findRunningLab, requireRunningLab } from "../service/running-lab";
import { type LabFiles, startLab, stopLab } from "../service/start-and-stop";
import { millisecondsPerDay, millisecondsPerMinute } from "../windows/clock";
import type { MachineConditions } from "../windows/conditions";
import { labProductKey } from "../windows/product-keys";
import { adminPassword } from "./admin-password";
import { labKeyGroupNames } from "./arguments";
import { quoteFor, setVariables, type Shell, unsetVariables, usersShell } from "./shell-text";

interface FolderFlags {
  dir: string;
}

const printer = (command: Command) => (lines: string[] | string) => {
  command.configureOutput().writeOut?.(`${[lines].flat().join("\n")}\n`);
};

const json = (value: object) => JSON.stringify(value);

/** `start` */
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

/** `env` */
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

/** `status` */
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
        : "no lab is running; start one with `npx pulumi-windows-kms-lab start`",
    );
    return;
  }
  const overview = await labOverview(lab);
  print(asJson ? json(overview) : overviewText(overview));
}

/** `clock` */
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

/** `machine` */
export async function machine(
  name: string,
  { dir, set = {} }: FolderFlags & { set?: Partial<MachineConditions> },
  command: Command,
): Promise<void> {
  const control = labControl((await requireRunningLab(dir)).arm);
  printer(command)(json(await control.setMachineConditions(name, set)));
}

/** `conditions` */
export async function conditions(
  { dir, reset, ...changed }: FolderFlags & { reset?: boolean } & Partial<AzureConditions>,
  command: Command,
): Promise<void> {
  const control = labControl((await requireRunningLab(dir)).arm);
  if (reset === true) {
    await control.resetConditions();
  }
  if (Object.keys(changed).length > 0) {
    await control.setConditions(changed);
  }
  printer(command)(JSON.stringify(await control.conditions(), undefined, 2));
}

/** `role` */
export async function role(
  file: string | undefined,
  { dir, clear }: FolderFlags & { clear?: boolean },
  command: Command,
): Promise<void> {
  if (file !== undefined && clear === true) {
    command.error("error: give either a file, or --clear");
  }
  const control = labControl((await requireRunningLab(dir)).arm);
  if (file !== undefined) {
    await control.setRoles(await readRole(file));
  } else if (clear === true) {
    await control.clearRoles();
  }
  const roles = await control.roles();
  printer(command)(
    roles === undefined
      ? "the principal may do everything"
      : roles.map(
          ({ Name, Actions, AssignableScopes }) =>
            `${Name}: ${Actions.length} actions on ${AssignableScopes.join(", ")}`,
        ),
  );
}

/** @throws LabError KMS7068 */
async function readRole(file: string): Promise<object> {
  const content = file === "-" ? await text(process.stdin) : await readFile(file, "utf8");
  try {
    return JSON.parse(content) as object;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LabError("KMS7068", { values: { given: file, reason }, cause });
  }
}

/** `agent` */
export async function agent(
  machine: string,
  state: "ready" | "silent",
  { dir }: FolderFlags,
  command: Command,
): Promise<void> {
  await labControl((await requireRunningLab(dir)).arm).setAgent(machine, state === "ready");
  printer(command)(`the agent of ${machine} is ${state}`);
}

/** `fault` */
export async function fault(
  match: string | undefined,
  { dir, clear, ...members }: FolderFlags & { clear?: boolean } & Omit<Fault, "match">,
  command: Command,
): Promise<void> {
  if ((match === undefined) !== (clear === true)) {
    command.error("error: give either a pattern, or --clear");
  }
  const control = labControl((await requireRunningLab(dir)).arm);
  if (match === undefined) {
    await control.clearFaults();
    printer(command)("no request meets a fault any more");
    return;
  }
  await control.addFault({ match, ...members });
  const { times = 1 } = members;
  printer(command)(
    times === 1
      ? `the next request that matches ${match} meets the fault`
      : `the next ${times} requests that match ${match} meet the fault`,
  );
}

/** `key` */
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

/** `password` */
export function password(_flags: object, command: Command): void {
  printer(command)(adminPassword());
}

/** `stop` */
export async function stop({ dir }: FolderFlags, command: Command): Promise<void> {
  const stopped = await stopLab(dir);
  printer(command)(
    stopped === undefined
      ? "no lab was running"
      : `the lab on ${new URL(stopped.arm).origin} has ended; its stacks are gone with it`,
  );
}

const lab = "npx pulumi-windows-kms-lab";

/** What to do when the lab runs, for people; `folder` when it was given as a flag. */
export function nextSteps(shell: Shell, folder: string | undefined): string[] {
  const env = folder === undefined ? `${lab} env` : `${lab} env --dir ${word(shell, folder)}`;
  return [
    "in the shell you use for Pulumi:",
    `  ${readEnvironment(shell, env)}`,
    "in the folder of your program, with the keys of its own configuration:",
    "  pulumi stack init lab",
    `  ${lab} key WindowsServer2022 | pulumi config set --secret kmsHostKey`,
    `  ${lab} password | pulumi config set --secret adminPassword`,
    "  pulumi up",
    "to see what the lab holds, and at the end:",
    `  ${lab} status`,
    `  ${lab} stop`,
  ];
}

function readEnvironment(shell: Shell, env: string): string {
  if (shell === "fish") {
    return `${env} | source`;
  }
  return shell === "powershell" ? `${env} | Out-String | Invoke-Expression` : `eval "$(${env})"`;
}

const word = (shell: Shell, text: string) =>
  shell === "json" || /^[\w./:\\-]+$/.test(text) ? text : quoteFor(shell, text);
