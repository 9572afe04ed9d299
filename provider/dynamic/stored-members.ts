import type { MemberState } from "../activation/client-outcome";
import { parseAzureVmId } from "../azure/azure-vm-id";

/** What was seen of one member of a client group, as the stack keeps it: small, since a group may have thousands. */
export interface StoredMember extends Omit<MemberState, "azureVmId"> {
  /**
   * Where the virtual machine is, `resourceGroup/name`; of one in another subscription than the group's first
   * `subscription/resourceGroup/name`; "" for a machine over SSH and for an instance of a Uniform scale set.
   */
  vm: string;
}

/** The members as they are stored, and the subscription that their places are relative to. */
export interface StoredMembers {
  subscriptionId: string;
  members: StoredMember[];
}

/** Shortens the members' Azure resource IDs, which would be the largest part of the state. */
export function storeMembers(states: readonly MemberState[]): StoredMembers {
  const first = states.find(({ azureVmId }) => azureVmId !== "");
  const subscriptionId = first === undefined ? "" : parseAzureVmId(first.azureVmId).subscriptionId;
  const members = states.map(({ name, azureVmId, ...seen }): StoredMember => ({
    name,
    vm: azureVmId === "" ? "" : placeOf(azureVmId, subscriptionId),
    ...seen,
  }));
  return { subscriptionId, members };
}

/** The members with their full Azure resource IDs. */
export function readMembers({ subscriptionId, members }: StoredMembers): MemberState[] {
  return members.map(({ name, vm, ...seen }) => ({
    name,
    azureVmId: vm === "" ? "" : idOf(vm, subscriptionId),
    ...seen,
  }));
}

function placeOf(azureVmId: string, common: string): string {
  const { subscriptionId, resourceGroupName, vmName } = parseAzureVmId(azureVmId);
  const place = `${resourceGroupName}/${vmName}`;
  return subscriptionId.toLowerCase() === common.toLowerCase() ? place : `${subscriptionId}/${place}`;
}

function idOf(place: string, common: string): string {
  const [vmName, resourceGroupName, subscriptionId = common] = place.split("/").reverse();
  return (
    `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}` +
    `/providers/Microsoft.Compute/virtualMachines/${vmName}`
  );
}
