import type { FleetStatus } from "./fleet-status";

/** The fleet's status for people, one machine in a line. */
export function fleetTable({ hosts, members }: FleetStatus): string[] {
  return [
    ...table(
      ["KMS host", "machine", "status", "key"],
      hosts.map((host) => [host.name, host.computerName, host.licenseStatus, host.partialProductKey]),
    ),
    "",
    ...table(
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

function table(head: string[], rows: string[][]): string[] {
  if (rows.length === 0) {
    return [`${head[0]}: none`];
  }
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
