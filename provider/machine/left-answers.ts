import { azureClients } from "../azure/clients";
import { parseAzureVmId } from "../azure/resource-ids";
import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer, LicensingPlan } from "./licensing-plan";
import { decodeAnswer, decodePlan, planParameter } from "./licensing-script";
import type { RunOptions } from "./machine";
import { runCommandPrefix } from "./run-command-removal";
import { runSignals } from "./stopped";

/** What the script of a run command answered that nobody has read. */
export interface LeftAnswer {
  answer: LicensingAnswer;
  /** What its plan was to record an activation by. */
  reservation?: string;
}

/**
 * Answers that run commands of ours left with Azure, which keeps them while the machine is off: of runs that were cut off
 * before they read them. Unfinished ones, and what is no answer, are left out.
 * Source: learn.microsoft.com, run-command-managed: the instance view is read from Azure, not from the machine.
 */
export async function leftAnswers(azureVmId: string, options: RunOptions): Promise<LeftAnswer[]> {
  const { subscriptionId, resourceGroupName, vmName } = parseAzureVmId(azureVmId);
  const { finish: abortSignal } = runSignals(options);
  const commands = azureClients(process.env).compute(subscriptionId).virtualMachineRunCommands;
  const found: LeftAnswer[] = [];
  for await (const { name } of commands.listByVirtualMachine(resourceGroupName, vmName, { abortSignal })) {
    if (name?.startsWith(runCommandPrefix) !== true) {
      continue;
    }
    const command = await commands.getByVirtualMachine(resourceGroupName, vmName, name, {
      expand: "instanceView",
      abortSignal,
    });
    const { executionState, output = "" } = command.instanceView ?? {};
    const answer = executionState === "Succeeded" ? answerIn(output, vmName) : undefined;
    if (answer !== undefined) {
      const packed = command.parameters?.find((parameter) => parameter.name === planParameter)?.value;
      const reservation = packed === undefined ? undefined : planIn(packed)?.reservation?.id;
      found.push({ answer, ...(reservation !== undefined && { reservation }) });
    }
  }
  return found;
}

function answerIn(output: string, machine: string): LicensingAnswer | undefined {
  try {
    return decodeAnswer(output, machine);
  } catch (error) {
    if (error instanceof KmsError) {
      return undefined;
    }
    throw error;
  }
}

/** Another version of the package may have packed it otherwise. */
function planIn(packed: string): LicensingPlan | undefined {
  try {
    return decodePlan(packed);
  } catch {
    return undefined;
  }
}
