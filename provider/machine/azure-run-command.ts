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
import { limits } from "../catalog/limits";
import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer, LicensingPlan, LicensingSecrets } from "./licensing-plan";
import {
  confirmationIdParameter,
  decodeAnswer,
  failedScript,
  encodePlan,
  licensingScript,
  planParameter,
  sealedKeyParameter,
} from "./licensing-script";
import { type Machine, remainingMilliseconds, type RunOptions } from "./machine";
import {
  azureFailure,
  explainAzureError,
  isBusy,
  isConflict,
  isPreempted,
  isMachineMissing,
  type RunContext,
} from "./azure-errors";
import { isPoweredOff, powerOf } from "./power-states";
import { NotSentError } from "./not-sent";
import { deletionsDone, makeRoom, removeRunCommand, runCommandPrefix } from "./run-command-removal";
import { type PublicKey, sealProductKey } from "./sealed-key";
import { maskSecrets, withoutSecrets } from "./secrets";
import { isStopped, refuseStopped, runSignals, StoppedError } from "./stopped";

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

const newName = (plan: LicensingPlan) => runCommandName(plan, randomBytes(4).toString("hex"));

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

/** A product key would stand on the machine's command line in clear, so that only a sealed one is sent. */
function secretParameters({ sealedKey, confirmationId }: LicensingSecrets): RunCommandInputParameter[] {
  return [
    { name: sealedKeyParameter, value: sealedKey ?? "" },
    { name: confirmationIdParameter, value: confirmationId ?? "" },
  ].filter(({ value }) => value !== "");
}

/** Pauses while the machine is busy or the script's result is not available yet. */
const firstPauseMilliseconds = 1000;
const longestPauseMilliseconds = 30_000;

/** How often a run is begun that Azure ends before it starts. */
const mostPreemptions = 3;

/** One run of a plan. */
interface Run {
  client: ComputeManagementClient;
  vm: AzureVmName;
  /** Of the run command; a run that is begun again has another. */
  name: string;
  context: RunContext;
  /** Aborted when the run command must not be begun any more. */
  begin: AbortSignal;
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
    sealsKeys: true,
    async run(plan, secrets, options) {
      const { begin, finish: signal } = runSignals(options);
      const values = Object.values(secrets).filter((secret) => secret !== "");
      const context: RunContext = { machine, azureVmId, secrets: values, signal };
      const name = newName(plan);
      const sending = newSending(begin);
      try {
        refuseStopped(machine, options);
        if (remainingMilliseconds(options) === 0) {
          throw new KmsError("KMS3004", { values: { machine, reason: "the deadline had passed before" } });
        }
        const sent = sealed(secrets, machine, options.publicKey);
        return await runPlan({ client, vm, name, context, begin, sending, tags }, plan, sent, options);
      } catch (error) {
        if (error instanceof StoppedError) {
          throw error;
        }
        if (isStopped(error, options)) {
          throw new StoppedError(machine, !neverArrived(sending), {
            cause: withoutSecrets(error, values, []),
          });
        }
        const explained = explainAzureError(error, context);
        throw neverArrived(sending) ? new NotSentError(explained) : explained;
      }
    },
  };
}

function sealed(
  { productKey = "", ...secrets }: LicensingSecrets,
  machine: string,
  publicKey: PublicKey | undefined,
): LicensingSecrets {
  return productKey === "" || publicKey === undefined
    ? secrets
    : { ...secrets, sealedKey: sealProductKey(productKey, machine, publicKey) };
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
    const shown = await execute(run, body, plan);
    answer = answerOf(isFinished(shown) ? shown : await finishedView(run), run.context);
  } catch (error) {
    // Deleting would end a script that still activates, and could keep the machine from recording how that ended.
    const unsent = neverArrived(run.sending);
    const stoppedBefore = unsent && options.signal?.aborted === true;
    if (!stoppedBefore && (plan.reservation === undefined || error instanceof NotSentError || unsent)) {
      await removeRunCommand(run.client, run.vm, run.name, options.signal);
    }
    throw error;
  }
  await options.settle?.(answer);
  const removed = removeRunCommand(run.client, run.vm, run.name, options.signal);
  await (options.afterwards === undefined ? removed : options.afterwards(removed));
  return answer;
}

/** The machine's location. @throws KmsError KMS3001, KMS3002 where it cannot run anything */
async function runningMachineLocation({ client, vm, context, begin: signal }: Run): Promise<string> {
  const { machine } = context;
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

/**
 * Creates the run command and waits until its script has ended; waits its turn while the machine is busy. Returns what
 * Azure then shows of the script.
 */
async function execute(
  run: Run,
  body: VirtualMachineRunCommand,
  plan: LicensingPlan,
): Promise<VirtualMachineRunCommandInstanceView | undefined> {
  const { client, vm, context, sending } = run;
  const abortSignal = context.signal;
  let preemptions = 0;
  for (let attempt = 0; ; attempt++) {
    try {
      await deletionsDone(client, vm);
      run.begin.throwIfAborted();
      const at = [vm.resourceGroupName, vm.vmName, run.name] as const;
      const poller = await watchSending(sending, () =>
        client.virtualMachineRunCommands.beginCreateOrUpdate(...at, body, { abortSignal }),
      );
      return (await poller.pollUntilDone({ abortSignal })).instanceView;
    } catch (error) {
      if (isPreempted(error) && ++preemptions < mostPreemptions && (await neverBegan(run))) {
        run.name = newName(plan);
      } else {
        await waitForTurn(run, error, attempt);
      }
    }
  }
}

/**
 * Whether the script of a run command that Azure gave up has not been started and never will be: Azure shows no start of
 * it, and has deleted it.
 */
async function neverBegan(run: Run): Promise<boolean> {
  const { client, vm, name, context } = run;
  const at = [vm.resourceGroupName, vm.vmName, name] as const;
  const commands = client.virtualMachineRunCommands;
  try {
    const { instanceView: view } = await commands.getByVirtualMachine(...at, {
      expand: "instanceView",
      abortSignal: context.signal,
    });
    if (view === undefined || view.executionState !== "Pending" || view.startTime !== undefined) {
      return false;
    }
    await commands.beginDeleteAndWait(...at, { abortSignal: context.signal });
    return true;
  } catch {
    // What Azure does not say is not known; the run ends with what it was ended by.
    return false;
  }
}

/** Returns when the run command may be tried again. @throws what Azure refused it with, where trying again is useless */
async function waitForTurn(run: Run, refusal: unknown, attempt: number): Promise<void> {
  const { client, vm, context, begin } = run;
  if (begin.aborted || !isConflict(refusal)) {
    throw refusal;
  }
  const room = await makeRoom(client, vm, begin);
  if (room === "full") {
    throw azureFailure("KMS3005", refusal, context, { limit: limits.runCommandsPerMachine });
  }
  if (room === "there was room") {
    if (!isBusy(refusal)) {
      throw refusal;
    }
    await pause(attempt, begin);
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
    if (isFinished(instanceView)) {
      return instanceView;
    }
    await pause(attempt, context.signal);
  }
}

const isFinished = (
  view: VirtualMachineRunCommandInstanceView | undefined,
): view is VirtualMachineRunCommandInstanceView =>
  !["Unknown", "Pending", "Running"].includes(view?.executionState ?? "Unknown");

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

function pause(attempt: number, signal: AbortSignal): Promise<void> {
  const milliseconds = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** attempt);
  return setTimeout(milliseconds, undefined, { signal });
}
