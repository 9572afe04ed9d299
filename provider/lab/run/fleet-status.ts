import type { HostActivationOutputs } from "../../host/state";
import type { StoredMember } from "../../group/state";
import { type ExportedStack, storedResources } from "../../report/exported-stack";

/** One KMS host as the stack knows it. */
export type HostStatus = Pick<
  HostActivationOutputs,
  "name" | "computerName" | "partialProductKey" | "licenseStatus"
>;

/** One member of a client group as the stack knows it. */
export type GroupMember = StoredMember & { group: string };

/** All hosts and members of a stack. */
export interface FleetStatus {
  hosts: HostStatus[];
  members: GroupMember[];
}

/** Reads hosts and members off what `pulumi stack export` prints. */
export function fleetStatus(exported: ExportedStack): FleetStatus {
  return {
    hosts: storedResources<HostStatus>(exported, "HostActivation").map(
      ({ outputs: { name, computerName, partialProductKey, licenseStatus } }) => ({
        name,
        computerName,
        partialProductKey,
        licenseStatus,
      }),
    ),
    members: storedResources<{ name: string; members: StoredMember[] }>(exported, "ClientActivation").flatMap(
      ({ outputs: { name: group, members } }) => members.map((member) => ({ group, ...member })),
    ),
  };
}
