import type { ComputeManagementClient, VirtualMachine } from "@azure/arm-compute";
import { azureClients } from "../azure/clients";
import { parseAzureVmId } from "../azure/resource-ids";
import { KmsError } from "../errors/kms-error";
import { azureFailure, explainAzureError, type RunContext } from "./azure-errors";
import { isAboutAllMachines } from "./one-machine";
import type { RunOptions } from "./machine";
import { runSignals } from "./stopped";

/** What Azure's list says of a virtual machine. */
export interface ListedMachine {
  /** Azure's power state, for example `running` or `deallocated`; "" where the list does not say. */
  power: string;
  /** Azure's own number of the machine: one that was deleted and made again under the same ID has another. */
  vmId?: string;
}

/** Whether a machine of this power state runs nothing until somebody starts it. */
export const isPoweredOff = (power: string): boolean => /^(stopp|dealloc)/.test(power);

/** Azure's power state by the statuses of a machine, without the prefix; "" where they do not have it. */
export function powerOf(statuses: readonly { code?: string }[] | undefined): string {
  const prefix = "PowerState/";
  return statuses?.find(({ code }) => code?.startsWith(prefix))?.code?.slice(prefix.length) ?? "";
}

/** Lists under way, by subscription: groups of one program that ask at the same time share a call. */
const underWay = new Map<string, Promise<Map<string, ListedMachine>>>();

/**
 * What Azure lists of these virtual machines, by their resource IDs in lower case: one list for each subscription
 * instead of a request for each machine. Machines that the list does not have are left out.
 * Source: learn.microsoft.com, Virtual Machines - List All, parameter `statusOnly`.
 * @throws KmsError KMS3009, KMS3016
 */
export async function listMachines(
  azureVmIds: readonly string[],
  options: RunOptions,
): Promise<ReadonlyMap<string, ListedMachine>> {
  const subscriptions = new Set(azureVmIds.map((id) => parseAzureVmId(id).subscriptionId.toLowerCase()));
  const lists = await Promise.all([...subscriptions].map((id) => sharedList(id, options)));
  return new Map(lists.flatMap((list) => [...list]));
}

function sharedList(subscriptionId: string, options: RunOptions): Promise<Map<string, ListedMachine>> {
  const known = underWay.get(subscriptionId);
  if (known !== undefined) {
    return known;
  }
  const list = listSubscription(subscriptionId, options).finally(() => underWay.delete(subscriptionId));
  underWay.set(subscriptionId, list);
  return list;
}

async function listSubscription(
  subscriptionId: string,
  options: RunOptions,
): Promise<Map<string, ListedMachine>> {
  const signal = runSignals(options).begin;
  const context: RunContext = { machine: subscriptionId, azureVmId: subscriptionId, secrets: [], signal };
  try {
    return await readList(azureClients(process.env).compute(subscriptionId), signal);
  } catch (error) {
    const known = error instanceof KmsError ? error : explainAzureError(error, context);
    throw isAboutAllMachines(known)
      ? known
      : azureFailure("KMS3016", error, context, { given: subscriptionId });
  }
}

/** The list of states need not have the machines' numbers; the ordinary one always has. */
async function readList(
  client: ComputeManagementClient,
  abortSignal: AbortSignal,
): Promise<Map<string, ListedMachine>> {
  const machines = new Map<string, ListedMachine>();
  const add = ({ id, vmId, instanceView }: VirtualMachine) => {
    const key = id?.toLowerCase() ?? "";
    const { power, vmId: number } = machines.get(key) ?? { power: "" };
    const known = vmId ?? number;
    machines.set(key, {
      power: powerOf(instanceView?.statuses) || power,
      ...(known !== undefined && { vmId: known }),
    });
  };
  for await (const machine of client.virtualMachines.listAll({ statusOnly: "true", abortSignal })) {
    add(machine);
  }
  if ([...machines.values()].some(({ vmId }) => vmId === undefined)) {
    for await (const machine of client.virtualMachines.listAll({ abortSignal })) {
      add(machine);
    }
  }
  return machines;
}
