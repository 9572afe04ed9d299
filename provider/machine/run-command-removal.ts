import type { ComputeManagementClient, VirtualMachineRunCommand } from "@azure/arm-compute";
import type { OperationState, SimplePollerLike } from "@azure/core-lro";
import { setTimeout } from "node:timers/promises";
import type { AzureVmName } from "../azure/resource-ids";

/*
 * How run commands leave a machine: each of ours is deleted after its run, and what was left behind when there is no room.
 */

/** Prefix of the names of our run commands. */
export const runCommandPrefix = "pulumi-windows-kms-";

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

/** How long deleting a run command may take, even past the deadline. */
const deletionMilliseconds = 60_000;

/** First and longest pause between looks at a deletion, which mostly takes a moment. */
const firstLookMilliseconds = 50;
const longestLookMilliseconds = 5000;

/**
 * Deletions under way, by client and machine. A request that comes in between may end one, so the next run waits for it;
 * the last one need not be waited for.
 */
const deletionsOf = new WeakMap<ComputeManagementClient, Map<string, Promise<void>>>();

function deletionsThrough(client: ComputeManagementClient): Map<string, Promise<void>> {
  const known = deletionsOf.get(client) ?? new Map<string, Promise<void>>();
  deletionsOf.set(client, known);
  return known;
}

/** Resolves once no deletion is under way on the machine. */
export const deletionsDone = (client: ComputeManagementClient, vm: AzureVmName): Promise<void> =>
  deletionsThrough(client).get(machineKey(vm)) ?? Promise.resolve();

/**
 * Deletes the run command, which also ends a script that is still running. A failed deletion must not hide the run's own
 * outcome: leftovers are deleted when the machine reaches its limit.
 */
export async function removeRunCommand(
  client: ComputeManagementClient,
  vm: AzureVmName,
  name: string,
): Promise<void> {
  const abortSignal = AbortSignal.timeout(deletionMilliseconds);
  const at = [vm.resourceGroupName, vm.vmName, name] as const;
  const poller = await client.virtualMachineRunCommands
    .beginDelete(...at, { abortSignal })
    .catch(() => undefined);
  if (poller === undefined) {
    return;
  }
  const key = machineKey(vm);
  const deletions = deletionsThrough(client);
  const deletion: Promise<void> = untilDone(poller, abortSignal)
    .catch(() => undefined)
    .finally(() => {
      if (deletions.get(key) === deletion) {
        deletions.delete(key);
      }
    });
  deletions.set(key, deletion);
}

async function untilDone(poller: SimplePollerLike<OperationState<void>, void>, abortSignal: AbortSignal) {
  for (
    let look = firstLookMilliseconds;
    !poller.isDone();
    look = Math.min(longestLookMilliseconds, 2 * look)
  ) {
    await poller.poll({ abortSignal });
    await setTimeout(poller.isDone() ? 0 : look, undefined, { signal: abortSignal });
  }
}

const machineKey = ({ resourceGroupName, vmName }: AzureVmName) =>
  `${resourceGroupName}/${vmName}`.toLowerCase();
