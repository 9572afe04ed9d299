import type { HostActivationOutputs } from "../../dynamic/host-activation";
import type { StoredMember } from "../../dynamic/stored-members";

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

/** The part that is read here of what `pulumi stack export` prints. */
export interface ExportedStack {
  deployment: { resources?: { type: string; outputs?: Record<string, unknown> }[] };
}

/** Reads hosts and members off what `pulumi stack export` prints. */
export function fleetStatus(exported: ExportedStack): FleetStatus {
  const outputsOf = <T>(type: string) =>
    (exported.deployment.resources ?? [])
      .filter((resource) => resource.type === `pulumi-nodejs:dynamic/kms:${type}`)
      .map((resource) => (resource.outputs ?? {}) as T);
  return {
    hosts: outputsOf<HostStatus>("HostActivation").map(
      ({ name, computerName, partialProductKey, licenseStatus }) => ({
        name,
        computerName,
        partialProductKey,
        licenseStatus,
      }),
    ),
    members: outputsOf<{ name: string; members: StoredMember[] }>("ClientActivation").flatMap(
      ({ name: group, members }) => members.map((member) => ({ group, ...member })),
    ),
  };
}
