import type { ComputeManagementClient, VirtualMachineRunCommand } from "@azure/arm-compute";
import type { OperationState, SimplePollerLike } from "@azure/core-lro";
import { setTimeout } from "node:timers/promises";
import type { AzureVmName } from "../azure/resource-ids";
import { NoAnswerError, sendOnce } from "../azure/sending";
import { timeLimit } from "../azure/time-limit";
import { limits } from "../catalog/limits";
import { isPreempted } from "./azure-errors";
import { graceMilliseconds, stoppedFor, unlessAborted } from "./stopped";

/*
 * How run commands leave a machine: each of ours is deleted after its run, and what was left behind when there is no room.
 */

/** Prefix of the names of our run commands. */
export const runCommandPrefix = "pulumi-windows-kms-";

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
  if (present.length < limits.runCommandsPerMachine) {
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

/** How long after the signal to stop a deletion is waited for. */
const lastDeletionMilliseconds = graceMilliseconds + 5000;

/** How long deleting a run command may take, even past the deadline. */
const deletionMilliseconds = 60_000;

/** First pause between looks at a deletion that a run waits for, first one while none does, and the longest of both. */
const firstLookMilliseconds = 50;
const idleLookMilliseconds = 2000;
const longestLookMilliseconds = 5000;

/** How often a deletion is begun that newer operations end. */
const mostDeletions = 5;

/** A deletion under way. */
interface Removal {
  done: Promise<void>;
  /** Called by a run that waits for it. */
  hurry(): void;
}

/**
 * Deletions under way, by client and machine. A request that comes in between may end one, so the next run waits for it;
 * the last one need not be waited for, and keeps no process from ending.
 */
const removalsOf = new WeakMap<ComputeManagementClient, Map<string, Removal>>();

function removalsThrough(client: ComputeManagementClient): Map<string, Removal> {
  const known = removalsOf.get(client) ?? new Map<string, Removal>();
  removalsOf.set(client, known);
  return known;
}

/** Resolves once no deletion is under way on the machine. */
export async function deletionsDone(client: ComputeManagementClient, vm: AzureVmName): Promise<void> {
  const removals = removalsThrough(client);
  for (let next = removals.get(machineKey(vm)); next !== undefined; next = removals.get(machineKey(vm))) {
    next.hurry();
    await next.done;
  }
}

/**
 * Deletes the run command, which also ends a script that is still running; returns once Azure has begun. A failed deletion
 * must not hide the run's own outcome: leftovers are deleted when the machine reaches its limit.
 * @param stop once it is aborted, the deletion holds nobody back for long
 */
export async function removeRunCommand(
  client: ComputeManagementClient,
  vm: AzureVmName,
  name: string,
  stop?: AbortSignal,
): Promise<void> {
  const abortSignal = timeLimit(deletionMilliseconds);
  const at = [vm.resourceGroupName, vm.vmName, name] as const;
  const begin = () => client.virtualMachineRunCommands.beginDelete(...at, { abortSignal });
  const first = begin();
  const key = machineKey(vm);
  const removals = removalsThrough(client);
  const before = removals.get(key);
  const looks = newLooks();
  const own = untilGone(first, begin, looks, abortSignal).catch(() => undefined);
  const removal: Removal = {
    done: Promise.all([before?.done, own]).then(() => {
      if (removals.get(key) === removal) {
        removals.delete(key);
      }
    }),
    hurry() {
      before?.hurry();
      looks.hurry();
    },
  };
  removals.set(key, removal);
  const begun = first.catch(() => undefined);
  await (stop === undefined ? begun : unlessAborted(begun, stoppedFor(stop, lastDeletionMilliseconds)));
}

type Deletion = SimplePollerLike<OperationState<void>, void>;

/** Begins anew what a run of somebody else on the machine put an end to. */
async function untilGone(
  first: Promise<Deletion>,
  begin: () => Promise<Deletion>,
  looks: Looks,
  abortSignal: AbortSignal,
): Promise<void> {
  let begun = first;
  for (let attempt = 1; ; attempt++) {
    try {
      return await untilDone(await begun, looks, abortSignal);
    } catch (error) {
      if (attempt === mostDeletions || !isPreempted(error)) {
        throw error;
      }
      begun = begin();
    }
  }
}

/** A look that gets no answer is made again like one that finds the deletion under way. */
async function untilDone(poller: Deletion, looks: Looks, abortSignal: AbortSignal): Promise<void> {
  while (!poller.isDone()) {
    await looks.pause(abortSignal);
    try {
      await sendOnce(() => poller.poll({ abortSignal }));
    } catch (error) {
      if (!(error instanceof NoAnswerError)) {
        throw error;
      }
    }
  }
}

/** The pauses between looks at a deletion: short ones once somebody waits for it, and until then few. */
interface Looks {
  pause(signal: AbortSignal): Promise<void>;
  hurry(): void;
}

function newLooks(): Looks {
  let waitedFor = false;
  let wake = () => {};
  let next = idleLookMilliseconds;
  return {
    async pause(signal) {
      const milliseconds = next;
      next = Math.min(longestLookMilliseconds, 2 * next);
      if (waitedFor) {
        await setTimeout(milliseconds, undefined, { signal });
        return;
      }
      const woken = new AbortController();
      wake = () => woken.abort();
      signal.addEventListener("abort", wake);
      await setTimeout(milliseconds, undefined, { signal: woken.signal, ref: false }).catch(() =>
        signal.throwIfAborted(),
      );
      signal.removeEventListener("abort", wake);
    },
    hurry() {
      if (!waitedFor) {
        waitedFor = true;
        next = firstLookMilliseconds;
        wake();
      }
    },
  };
}

const machineKey = ({ resourceGroupName, vmName }: AzureVmName) =>
  `${resourceGroupName}/${vmName}`.toLowerCase();
