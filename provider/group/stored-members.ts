import { parseAzureVmId } from "../azure/resource-ids";
import type { MemberState, StoredMember, StoredMembers } from "./state";

/** Facts that many members may have in common. */
const sharedFacts = [
  "scope",
  "status",
  "partialProductKey",
  "kmsHost",
  "activatedBy",
  "currentCount",
  "machineId",
  "expiresAt",
  "activatedAt",
  "seenAt",
  "os",
  "edition",
  "osBuild",
] as const;

type Facts = Partial<Record<string, string | number>>;

/** Stores facts that at least half of the members share once, and shortens their Azure resource IDs. */
export function storeMembers(states: readonly MemberState[]): StoredMembers {
  const whole = states.map(withoutId);
  const common: Facts = {};
  for (const fact of sharedFacts) {
    const value = commonValue(whole.map((member) => member[fact]));
    if (value !== undefined) {
      common[fact] = value;
    }
  }
  const members = whole.map((member) => withoutCommon(member, common));
  return { common, members };
}

function withoutId({ azureVmId, ...state }: MemberState): StoredMember {
  if (azureVmId === undefined) {
    return state;
  }
  const { subscriptionId, resourceGroupName, vmName } = parseAzureVmId(azureVmId);
  return {
    ...state,
    scope: `${subscriptionId}/${resourceGroupName}`,
    ...(vmName !== state.name && { vmName }),
  };
}

/** The value that at least half of the members have, if more than one has it. */
function commonValue(values: readonly (string | number | undefined)[]): string | number | undefined {
  const counts = new Map<string | number, number>();
  let most: string | number | undefined;
  for (const value of values) {
    if (value !== undefined) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
      most = counts.get(value)! > (counts.get(most ?? "") ?? 0) ? value : most;
    }
  }
  const count = counts.get(most ?? "") ?? 0;
  return count > 1 && count * 2 >= values.length ? most : undefined;
}

function withoutCommon(member: StoredMember, common: Facts): StoredMember {
  const own: Facts = { ...member };
  for (const [fact, value] of Object.entries(common)) {
    if (own[fact] === value) {
      delete own[fact];
    } else {
      own[fact] ??= typeof value === "number" ? 0 : "";
    }
  }
  return own as unknown as StoredMember;
}

/** The members with all their facts and their full Azure resource IDs. */
export function readMembers({ common, members }: StoredMembers): MemberState[] {
  return members.map((member) => {
    const { scope, vmName, ...state } = Object.fromEntries(
      Object.entries({ ...common, ...member }).filter(([, value]) => value !== "" && value !== 0),
    ) as unknown as StoredMember & MemberState;
    const azureVmId = vmId(scope, vmName ?? state.name);
    return { ...state, ...(azureVmId !== undefined && { azureVmId }) };
  });
}

/** A state of another hand may lack what tells which machine it is. */
function vmId(scope: string | undefined, vmName: string | undefined): string | undefined {
  const [subscriptionId, resourceGroupName] = scope?.split("/") ?? [];
  if (subscriptionId === undefined || resourceGroupName === undefined || vmName === undefined) {
    return undefined;
  }
  return (
    `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}` +
    `/providers/Microsoft.Compute/virtualMachines/${vmName}`
  );
}
