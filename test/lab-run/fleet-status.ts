import type { HostActivationOutputs } from "../../provider/host/state";
import type { MemberState, StoredMembers } from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import { type ExportedStack, storedResources } from "../../provider/report/exported-stack";
import { usedFeatures } from "../../provider/report/used-features";
import { textTable } from "../../provider/report/text-table";

/** One KMS host as the stack knows it. */
export type HostStatus = Pick<
  HostActivationOutputs,
  "name" | "computerName" | "partialProductKey" | "licenseStatus"
>;

/** One member of a client group as the stack knows it. */
export type GroupMember = MemberState & { group: string };

/** All hosts and members of a stack. */
export interface FleetStatus {
  /** What the stack uses of Azure, by the names that `permissions` has for it. */
  features: string[];
  hosts: HostStatus[];
  members: GroupMember[];
}

/** Reads hosts and members off what `pulumi stack export` prints. */
export function fleetStatus(exported: ExportedStack): FleetStatus {
  const { uses, elsewhere } = usedFeatures(exported);
  return {
    features: [...new Set([...uses.map(({ feature }) => feature), ...elsewhere])].sort(),
    hosts: storedResources<HostStatus>(exported, "HostActivation").map(
      ({ outputs: { name, computerName, partialProductKey, licenseStatus } }) => ({
        name,
        computerName,
        partialProductKey,
        licenseStatus,
      }),
    ),
    members: storedResources<StoredMembers & { name: string }>(exported, "ClientActivation").flatMap(
      ({ outputs }) => readMembers(outputs).map((member) => ({ group: outputs.name, ...member })),
    ),
  };
}

/** The fleet's status for people, one machine in a line. */
export function fleetTable({ hosts, members }: Pick<FleetStatus, "hosts" | "members">): string[] {
  return [
    ...textTable(
      ["KMS host", "machine", "status", "key"],
      hosts.map(({ name, computerName = "", licenseStatus = "", partialProductKey = "" }) => [
        name,
        computerName,
        licenseStatus,
        partialProductKey,
      ]),
    ),
    "",
    ...textTable(
      ["client group", "member", "status", "key", "KMS host", "count", "expiry"],
      members.map((member) => [
        member.group,
        member.name,
        member.status,
        member.partialProductKey ?? "",
        member.kmsHost ?? "",
        String(member.currentCount ?? ""),
        member.expiresAt ?? "",
        member.error ?? "",
      ]),
    ),
  ];
}
