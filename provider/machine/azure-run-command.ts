import type {
  ComputeManagementClient,
  RunCommandInputParameter,
  VirtualMachineRunCommand,
  VirtualMachineRunCommandInstanceView,
} from "@azure/arm-compute";
import { createHash, randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { neverArrived, newSending, type Sending, watchSending } from "../azure/sending";
import { type AzureVmName, parseAzureVmId } from "../azure/resource-ids";
import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer, LicensingPlan, LicensingSecrets } from "./licensing-plan";
import {
  confirmationIdParameter,
  decodeAnswer,
  failedScript,
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
import { isPoweredOff, powerOf } from "./power-states";
import { NotSentError } from "./not-sent";
import { maskSecrets } from "./secrets";

/** Prefix of the names of our run commands. */
export const runCommandPrefix = "pulumi-windows-kms-";

/** A script that runs longer than this hangs. */
const longestRunSeconds = 1800;
const shortestRunSeconds = 30;

/**
 * A run command's name: the plan's fingerprint, to recognise it by, and a nonce for this run. Azure does not run an unchanged
 * command of the same name again, so repeating a request whose answer was lost does no harm, and the next run has another
 * name.
 */
export function runCommandName(plan: LicensingPlan, nonce: string): string {
  const fingerprint = createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 8);
  return `${runCommandPrefix}${fingerprint}-${nonce}`;
}

/** The managed run command that passes the licensing script its plan and, protected, its secrets. */
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
    // The script's own answer can then be read even when it failed.
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
 * Deletes run commands of ours that ended but were never deleted, for example because the network was lost. Called when
 * Azure refuses another one.
 * `there was room`: the limit was not the reason; `made room`: there is room for one more now; `full`: all of them belong to
 * others or are active.
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

/** Pauses while the machine is busy or the script's result is not available yet. */
const firstPauseMilliseconds = 1000;
const longestPauseMilliseconds = 30_000;

/** How long deleting a run command may take, even past the deadline. */
const deletionMilliseconds = 60_000;

/** One run of a plan. */
interface Run {
  client: ComputeManagementClient;
  vm: AzureVmName;
  name: string;
  context: RunContext;
  sending: Sending;
  tags?: Record<string, string>;
}

/** An Azure virtual machine, reached by managed run commands: no port is opened and secrets stay protected. */
export function azureRunCommand(
  azureVmId: string,
  client: ComputeManagementClient,
  tags?: Record<string, string>,
): Machine {
  const vm = parseAzureVmId(azureVmId);
  const machine = vm.vmName;
  return {
    name: machine,
    async run(plan, secrets, options) {
      const signal = AbortSignal.timeout(remainingMilliseconds(options));
      const values = Object.values(secrets).filter((secret) => secret !== "");
      const context: RunContext = { machine, azureVmId, secrets: values, signal };
      const name = runCommandName(plan, randomBytes(4).toString("hex"));
      const sending = newSending();
      try {
        if (remainingMilliseconds(options) === 0) {
          throw new KmsError("KMS3004", { values: { machine, reason: "the deadline had passed before" } });
        }
        return await runPlan({ client, vm, name, context, sending, tags }, plan, secrets, options);
      } catch (error) {
        const explained = explainAzureError(error, context);
        throw neverArrived(sending) ? new NotSentError(explained) : explained;
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
  let answer: LicensingAnswer;
  try {
    await execute(run, body);
    answer = answerOf(await finishedView(run), run.context);
  } catch (error) {
    // Deleting would end a script that still activates, and could keep the machine from recording how that ended.
    if (plan.reservation === undefined || error instanceof NotSentError || neverArrived(run.sending)) {
      await remove(run);
    }
    throw error;
  }
  await options.settle?.(answer);
  await remove(run);
  return answer;
}

/** The machine's location. @throws KmsError KMS3001, KMS3002 where it cannot run anything */
async function runningMachineLocation({ client, vm, context }: Run): Promise<string> {
  const { machine, signal } = context;
  const { location, instanceView } = await client.virtualMachines
    .get(vm.resourceGroupName, vm.vmName, { expand: "instanceView", abortSignal: signal })
    .catch((error: unknown) => {
      throw isMachineMissing(error) ? azureFailure("KMS3001", error, context) : error;
    });
  const power = powerOf(instanceView?.statuses);
  if (isPoweredOff(power)) {
    throw new KmsError("KMS3002", { values: { machine, reason: `it is ${power}` } });
  }
  return location;
}

/** Creates the run command and waits until its script has ended; waits its turn while the machine is busy. */
async function execute(run: Run, body: VirtualMachineRunCommand): Promise<void> {
  const { client, vm, name, context, sending } = run;
  const abortSignal = context.signal;
  for (let attempt = 0; ; attempt++) {
    try {
      const at = [vm.resourceGroupName, vm.vmName, name] as const;
      const poller = await watchSending(sending, () =>
        client.virtualMachineRunCommands.beginCreateOrUpdate(...at, body, { abortSignal }),
      );
      await poller.pollUntilDone({ abortSignal });
      return;
    } catch (error) {
      await waitForTurn(run, error, attempt);
    }
  }
}

/** Returns when the run command may be tried again. @throws what Azure refused it with, where trying again is useless */
async function waitForTurn({ client, vm, context }: Run, refusal: unknown, attempt: number): Promise<void> {
  if (context.signal.aborted || !isConflict(refusal)) {
    throw refusal;
  }
  const room = await makeRoom(client, vm, context.signal);
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
  const { client, vm, name, context } = run;
  for (let attempt = 0; ; attempt++) {
    const { instanceView } = await client.virtualMachineRunCommands.getByVirtualMachine(
      vm.resourceGroupName,
      vm.vmName,
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
    const said = maskSecrets(error.trim() || executionMessage.trim(), secrets);
    throw failedScript(machine, { exitCode: exitCode ?? "?", said });
  }
  return decodeAnswer(output, machine, secrets);
}

/**
 * Deletes the run command, which also ends a script that is still running. A failed deletion must not hide the run's own
 * outcome: leftovers are deleted when the machine reaches its limit.
 */
async function remove({ client, vm, name }: Run): Promise<void> {
  const abortSignal = AbortSignal.timeout(deletionMilliseconds);
  const at = [vm.resourceGroupName, vm.vmName, name] as const;
  await client.virtualMachineRunCommands.beginDelete(...at, { abortSignal }).catch(() => undefined);
}

function pause(attempt: number, signal: AbortSignal): Promise<void> {
  const milliseconds = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** attempt);
  return setTimeout(milliseconds, undefined, { signal });
}
