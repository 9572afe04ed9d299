import type { FleetStatus } from "./fleet-status";
import { textTable } from "../../report/text-table";

/** The fleet's status for people, one machine in a line. */
export function fleetTable({ hosts, members }: FleetStatus): string[] {
  return [
    ...textTable(
      ["KMS host", "machine", "status", "key"],
      hosts.map((host) => [host.name, host.computerName, host.licenseStatus, host.partialProductKey]),
    ),
    "",
    ...textTable(
      ["client group", "member", "status", "key", "KMS host", "count", "expiry"],
      members.map((member) => [
        member.group,
        member.name,
        member.status,
        member.key,
        member.host,
        String(member.count),
        member.expiry,
        member.error,
      ]),
    ),
  ];
}
