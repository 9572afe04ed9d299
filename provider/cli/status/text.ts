import type {
  FleetReport,
  GroupReport,
  HostReport,
  KeyHostReport,
  KeyReport,
  ThresholdReport,
} from "../../report/fleet-report";
import { type Paint, printable, textTable } from "../../report/text-table";
import {
  counted,
  countsInWords,
  diagnosticCountsInWords,
  diagnosticLines,
  hostKeyRows,
  type HostKeyRow,
  licenseStatusOf,
  machineInWords,
  minuteOf,
  stackInWords,
  titleOf,
} from "../../report/words";

/** How the status is written. */
export interface StatusTextOptions {
  /** Lists every member of large groups. */
  all?: boolean;
  colour?: boolean;
}

/** Of a group with more members than this, only some that need attention are listed, and no more of them. */
const listedMembers = 20;

/** The report for the terminal: hosts, keys, groups, and a line that sums it up. */
export function statusText(report: FleetReport, options: StatusTextOptions = {}): string {
  const { stack, hosts, keys, groups } = report;
  const head = [stackInWords(report), minuteOf(stack.updatedAt) && `written ${minuteOf(stack.updatedAt)}`];
  const paint = options.colour === true ? paintStatus : undefined;
  const blocks = [
    [printable(head.filter(Boolean).join(", "))],
    ...(hosts.length > 0 ? [hostLines(hosts, paint)] : []),
    ...(keys.length > 0 ? [keyLines(keys)] : []),
    ...groups.map((group) => groupLines(group, options, paint)),
    [summaryLine(report)],
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** One row for each key of a host, with drift and diagnostics below. */
function hostLines(hosts: readonly HostReport[], paint?: Paint): string[] {
  const rows = hostKeyRows(hosts);
  const thresholds = thresholdColumns(rows);
  const lines = textTable(
    [
      "KMS host",
      titleOf("computerName"),
      titleOf("licenseStatus"),
      titleOf("partialProductKey"),
      titleOf("currentCount"),
      ...thresholds.map(({ title }) => title),
    ],
    rows.map((row) => [
      `${row.title}${row.host.readOnly ? ", read-only" : ""}`,
      row.host.computerName ?? "",
      licenseStatusOf(row),
      row.partialProductKey ?? "",
      String(row.currentCount ?? ""),
      ...thresholds.map(({ of }) => thresholdInWords(of(row))),
    ]),
    paint,
  );
  const remarks = hosts.flatMap((host) =>
    [...host.drift, ...diagnosticLines(host)].map((remark) => `  ${printable(`${host.name}: ${remark}`)}`),
  );
  return [...lines, ...remarks];
}

/** Thresholds that one of the counts is held against, with the number in the title. */
function thresholdColumns(rows: readonly HostKeyRow[]) {
  const columns: { what: string; of(row: HostKeyRow): ThresholdReport | undefined }[] = [
    { what: "servers", of: ({ office, host }) => (office === undefined ? host.servers : undefined) },
    {
      what: "Windows clients",
      of: ({ office, host }) => (office === undefined ? host.windowsClients : undefined),
    },
    { what: "Office", of: ({ clients }) => clients },
  ];
  return columns.flatMap(({ what, of }) => {
    const [first] = rows.flatMap((row) => of(row) ?? []);
    return first === undefined ? [] : [{ title: `${what} (${first.threshold})`, of }];
  });
}

const thresholdInWords = (report: ThresholdReport | undefined) =>
  report === undefined ? "" : report.missing === 0 ? "reached" : `${report.missing} missing`;

function keyLines(keys: readonly KeyReport[]): string[] {
  const lines = textTable(
    ["KMS host key", titleOf("partialProductKey"), "hosts used", "by"],
    keys.map((key) => [
      key.keyGroup,
      key.partialProductKey,
      `${key.source === "ledger" ? "" : "at least "}${key.hostsUsed} of ${key.hostLimit}`,
      key.hosts.map(keyHostInWords).join(", "),
    ]),
  );
  const unread = keys.filter(({ ledgerError }) => ledgerError !== undefined);
  return [...lines, ...unread.map((key) => `  ledger ${printable(`${key.ledger}: ${key.ledgerError}`)}`)];
}

const keyHostInWords = ({ computerName, retired, activationsSpent, activationsLeft }: KeyHostReport) =>
  `${computerName} ${activationsSpent}/${activationsSpent + activationsLeft}${retired ? " retired" : ""}`;

function groupLines(group: GroupReport, { all }: StatusTextOptions, paint?: Paint): string[] {
  const { members, machinesMissing, threshold, hostNames } = group;
  const listed = all || members.length <= listedMembers ? members : attention(group);
  const missing = `${counted(machinesMissing, "machine")} missing for the threshold${threshold === undefined ? "" : ` ${threshold}`}`;
  const title = [
    `client group ${group.name}: ${group.membersHidden ? "members are secret in this stack" : countsInWords(group.memberCounts, members.length)}`,
    ...(machinesMissing > 0 ? [missing] : []),
  ].join("; ");
  const facts = [group.os, group.edition, group.office, ...hostNames].filter(Boolean).join(", ");
  return [
    printable(facts === "" ? title : `${title} (${facts})`),
    ...diagnosticLines(group).map((line) => `  ${printable(line)}`),
    ...(listed.length > 0 ? memberLines(listed, paint) : []),
    ...(listed.length < members.length ? [`  ${members.length - listed.length} more: --all lists them`] : []),
  ];
}

const attention = ({ members }: GroupReport) =>
  members.filter(({ status }) => status !== "Licensed").slice(0, listedMembers);

const memberLines = (members: GroupReport["members"], paint?: Paint) =>
  textTable(
    [
      "member",
      "machine",
      titleOf("status"),
      titleOf("partialProductKey"),
      titleOf("kmsHost"),
      titleOf("currentCount"),
      titleOf("expiresAt"),
      titleOf("seenAt"),
    ],
    members.map((member) => [
      member.name,
      machineInWords(member),
      member.status,
      member.partialProductKey ?? "",
      member.kmsHost ?? "",
      String(member.currentCount ?? ""),
      minuteOf(member.expiresAt),
      minuteOf(member.seenAt),
      member.error ?? "",
    ]),
    paint,
  ).map((line) => `  ${line}`);

function summaryLine({ summary, hosts, groups }: FleetReport): string {
  if (hosts.length === 0 && groups.length === 0) {
    return "no KMS host and no client group in this stack";
  }
  const { hostsLicensed, hostsNotObserved, memberCounts, members, nextExpiry, expiriesPassed } = summary;
  const diagnostics = diagnosticCountsInWords(summary.diagnosticCounts);
  return [
    `${hostsLicensed} of ${summary.hosts} KMS hosts licensed`,
    ...(hostsNotObserved === 0 ? [] : [`${hostsNotObserved} not observed`]),
    `members: ${countsInWords(memberCounts, members)}`,
    ...(nextExpiry === undefined ? [] : [`next expiry ${minuteOf(nextExpiry)} without renewal`]),
    ...(expiriesPassed === 0
      ? []
      : [`recorded expiries that have passed: ${expiriesPassed}; run pulumi refresh`]),
    ...(diagnostics === "" ? [] : [diagnostics]),
  ].join("; ");
}

/** Terminal colours of statuses: SGR 32 green, 33 yellow, 31 red. */
const sgr: Record<string, number> = {
  Licensed: 32,
  Pending: 33,
  NotStarted: 33,
  AwaitingConfirmation: 33,
  NotObserved: 33,
};

/** The status is the third column of both tables. */
const statusColumn = 2;

const paintStatus: Paint = (cell, _row, column) =>
  column === statusColumn
    ? `\u001b[${Object.hasOwn(sgr, cell.trim()) ? sgr[cell.trim()] : 31}m${cell}\u001b[0m`
    : cell;
