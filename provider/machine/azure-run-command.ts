import type {
  ComputeManagementClient,
  RunCommandInputParameter,
  VirtualMachineRunCommand,
  VirtualMachineRunCommandInstanceView,
} from "@azure/arm-compute";
import { createHash, randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type AzureVmName, parseAzureVmId } from "../azure/resource-ids";
import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer, LicensingPlan, LicensingSecrets } from "./licensing-plan";
import {
  confirmationIdParameter,
  decodeAnswer,
  encodePlan,
  licensingScript,
  planParameter,
  productKeyParameter,
} from "./licensing-script";
import { type Machine, remainingMilliseconds, type RunOptions } from "./machine";
import {
  azureFailure,
  explainAzureError,
  isBusy,
  isConflict,
  isMachineMissing,
  type RunContext,
} from "./azure-errors";
import { maskSecrets } from "./secrets";

/** What the names of our run commands start with. */
export const runCommandPrefix = "pulumi-windows-kms-";

/** A script that takes longer than this hangs. */
const longestRunSeconds = 1800;
const shortestRunSeconds = 30;

/**
 * A run command's name: the plan's fingerprint, to recognise it by, and a nonce of this run. Azure does not run an unchanged
 * command of the same name again, so a request that is repeated after a lost answer does no harm, and the next run
 * has a name of its own.
 */
export function runCommandName(plan: LicensingPlan, nonce: string): string {
  const fingerprint = createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 8);
  return `${runCommandPrefix}${fingerprint}-${nonce}`;
}

/** The managed run command that gives the licensing script its plan and, protected, its secrets. */
export function runCommandBody(
  location: string,
  plan: LicensingPlan,
  secrets: LicensingSecrets,
  milliseconds: number,
  tags: Record<string, string> = {},
): VirtualMachineRunCommand {
  const seconds = Math.floor(milliseconds / 1000);
  const protectedParameters = secretParameters(secrets);
  return {
    location,
    ...(Object.keys(tags).length > 0 && { tags }),
    source: { script: licensingScript },
    parameters: [{ name: planParameter, value: encodePlan(plan) }],
    ...(protectedParameters.length > 0 && { protectedParameters }),
    asyncExecution: false,
    timeoutInSeconds: Math.min(longestRunSeconds, Math.max(shortestRunSeconds, seconds)),
    // Without it, the script's own answer can be read also when it failed.
    treatFailureAsDeploymentFailure: false,
  };
}

function secretParameters({ productKey, confirmationId }: LicensingSecrets): RunCommandInputParameter[] {
  return [
    { name: productKeyParameter, value: productKey ?? "" },
    { name: confirmationIdParameter, value: confirmationId ?? "" },
  ].filter(({ value }) => value !== "");
}

/** Source: learn.microsoft.com, run-command-managed. */
export const maximumRunCommands = 25;

/** States in which a run command is still doing something. */
const active = ["Creating", "Updating", "Deleting"];

/**
 * Deletes run commands of ours that ended but were never deleted, as when the network was lost before. To be called when
 * Azure refuses one more.
 * `there was room`: the limit was not the reason; `made room`: one more is possible now; `full`: all are of others or active.
 */
export async function makeRoom(
  client: ComputeManagementClient,
  { resourceGroupName, vmName }: AzureVmName,
  abortSignal: AbortSignal,
): Promise<"there was room" | "made room" | "full"> {
  const commands = client.virtualMachineRunCommands;
  const present: VirtualMachineRunCommand[] = [];
  for await (const command of commands.listByVirtualMachine(resourceGroupName, vmName, { abortSignal })) {
    present.push(command);
  }
  if (present.length < maximumRunCommands) {
    return "there was room";
  }
  const leftovers = present.filter(isLeftover);
  for (const { name } of leftovers) {
    await commands.beginDeleteAndWait(resourceGroupName, vmName, name!, { abortSignal });
  }
  return leftovers.length > 0 ? "made room" : "full";
}

const isLeftover = ({ name, provisioningState }: VirtualMachineRunCommand) =>
  name?.startsWith(runCommandPrefix) === true && !active.includes(provisioningState ?? "");

/** Pauses while the machine is busy or the script's result is not there yet. */
const firstPauseMilliseconds = 1000;
const longestPauseMilliseconds = 30_000;

/** How long the deletion of a run command may take, also past the deadline. */
const deletionMilliseconds = 60_000;

/** One run of a plan. */
interface Run {
  client: ComputeManagementClient;
  place: AzureVmName;
  name: string;
  context: RunContext;
  tags?: Record<string, string>;
}

/** An Azure virtual machine, reached by managed run commands: no port is opened and secrets stay protected. */
export function azureRunCommand(
  azureVmId: string,
  client: ComputeManagementClient,
  tags?: Record<string, string>,
): Machine {
  const place = parseAzureVmId(azureVmId);
  const machine = place.vmName;
  return {
    name: machine,
    async run(plan, secrets, options) {
      const signal = AbortSignal.timeout(remainingMilliseconds(options));
      const values = Object.values(secrets).filter((secret) => secret !== "");
      const context: RunContext = { machine, azureVmId, secrets: values, signal };
      const name = runCommandName(plan, randomBytes(4).toString("hex"));
      try {
        if (remainingMilliseconds(options) === 0) {
          throw new KmsError("KMS3004", { values: { machine, reason: "the deadline had passed before" } });
        }
        return await runPlan({ client, place, name, context, tags }, plan, secrets, options);
      } catch (error) {
        throw explainAzureError(error, context);
      }
    },
  };
}

async function runPlan(
  run: Run,
  plan: LicensingPlan,
  secrets: LicensingSecrets,
  options: RunOptions,
): Promise<LicensingAnswer> {
  const location = await runningMachineLocation(run);
  const body = runCommandBody(location, plan, secrets, remainingMilliseconds(options), run.tags);
  try {
    await execute(run, body);
    return answerOf(await finishedView(run), run.context);
  } finally {
    await remove(run);
  }
}

/** Where the machine is. A machine that is not running can't run anything. */
async function runningMachineLocation({ client, place, context }: Run): Promise<string> {
  const { machine, signal } = context;
  const { location, instanceView } = await client.virtualMachines
    .get(place.resourceGroupName, place.vmName, { expand: "instanceView", abortSignal: signal })
    .catch((error: unknown) => {
      throw isMachineMissing(error) ? azureFailure("KMS3001", error, context) : error;
    });
  const power = instanceView?.statuses?.find(({ code }) => code?.startsWith("PowerState/"))?.code;
  if (power !== undefined && /\/(stopp|dealloc)/.test(power)) {
    throw new KmsError("KMS3002", { values: { machine, reason: power.replace("PowerState/", "it is ") } });
  }
  return location;
}

/** Creates the run command and waits until its script has ended; waits its turn while the machine is busy. */
async function execute(run: Run, body: VirtualMachineRunCommand): Promise<void> {
  const { client, place, name, context } = run;
  const abortSignal = context.signal;
  for (let attempt = 0; ; attempt++) {
    try {
      const at = [place.resourceGroupName, place.vmName, name] as const;
      const poller = await client.virtualMachineRunCommands.beginCreateOrUpdate(...at, body, { abortSignal });
      await poller.pollUntilDone({ abortSignal });
      return;
    } catch (error) {
      await waitForTurn(run, error, attempt);
    }
  }
}

/** Returns when the run command may be tried again. @throws what Azure refused it with, if it never will be accepted */
async function waitForTurn(
  { client, place, context }: Run,
  refusal: unknown,
  attempt: number,
): Promise<void> {
  if (context.signal.aborted || !isConflict(refusal)) {
    throw refusal;
  }
  const room = await makeRoom(client, place, context.signal);
  if (room === "full") {
    throw azureFailure("KMS3005", refusal, context, { limit: maximumRunCommands });
  }
  if (room === "there was room") {
    if (!isBusy(refusal)) {
      throw refusal;
    }
    await pause(attempt, context.signal);
  }
}

/** The script's result; Azure may show it a moment after the operation has ended. */
async function finishedView(run: Run): Promise<VirtualMachineRunCommandInstanceView> {
  const { client, place, name, context } = run;
  for (let attempt = 0; ; attempt++) {
    const { instanceView } = await client.virtualMachineRunCommands.getByVirtualMachine(
      place.resourceGroupName,
      place.vmName,
      name,
      { expand: "instanceView", abortSignal: context.signal },
    );
    if (instanceView !== undefined && !isUnfinished(instanceView)) {
      return instanceView;
    }
    await pause(attempt, context.signal);
  }
}

const isUnfinished = ({ executionState = "Unknown" }: VirtualMachineRunCommandInstanceView) =>
  ["Unknown", "Pending", "Running"].includes(executionState);

function answerOf(view: VirtualMachineRunCommandInstanceView, context: RunContext): LicensingAnswer {
  const { machine, secrets } = context;
  const { executionState, exitCode, output = "", error = "", executionMessage = "" } = view;
  if (executionState === "TimedOut") {
    throw new KmsError("KMS3004", { values: { machine, reason: "the script was cut off" } });
  }
  if (executionState !== "Succeeded") {
    const said = maskSecrets((error.trim() || executionMessage.trim()).slice(-300), secrets);
    throw new KmsError("KMS3007", { values: { machine, exitCode: exitCode ?? "?", given: said } });
  }
  return decodeAnswer(output, machine, secrets);
}

/**
 * Deletes the run command, which also ends a script that still runs. A failure to do so must not hide the run's own
 * outcome: what is left over is deleted when the machine's limit is reached.
 */
async function remove({ client, place, name }: Run): Promise<void> {
  const abortSignal = AbortSignal.timeout(deletionMilliseconds);
  const at = [place.resourceGroupName, place.vmName, name] as const;
  await client.virtualMachineRunCommands.beginDelete(...at, { abortSignal }).catch(() => undefined);
}

function pause(attempt: number, signal: AbortSignal): Promise<void> {
  const milliseconds = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** attempt);
  return setTimeout(milliseconds, undefined, { signal });
}
