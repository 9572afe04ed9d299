import type {
  FleetReport,
  GroupReport,
  HostReport,
  KeyReport,
  ThresholdReport,
} from "../../report/fleet-report";
import { countsInWords, minuteOf, stackInWords } from "../../report/members";
import { type Paint, printable, textTable } from "../../report/text-table";

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

function hostLines(hosts: readonly HostReport[], paint?: Paint): string[] {
  const [{ servers, windowsClients }] = hosts;
  const lines = textTable(
    [
      "KMS host",
      "machine",
      "status",
      "key",
      "count",
      `servers (${servers.threshold})`,
      `clients (${windowsClients.threshold})`,
    ],
    hosts.map((host) => [
      host.name,
      host.machine,
      host.status,
      host.keyEnding,
      String(host.count),
      thresholdInWords(host.servers),
      thresholdInWords(host.windowsClients),
    ]),
    paint,
  );
  const drift = hosts.flatMap((host) => host.drift.map((difference) => `${host.name}: ${difference}`));
  return [...lines, ...drift.map((line) => `  ${printable(line)}`)];
}

const thresholdInWords = ({ missing }: ThresholdReport) => (missing === 0 ? "reached" : `${missing} missing`);

function keyLines(keys: readonly KeyReport[]): string[] {
  const lines = textTable(
    ["KMS host key", "key", "hosts used", "by"],
    keys.map((key) => [
      key.keyGroup,
      key.keyEnding,
      `${key.source === "ledger" ? "" : "at least "}${key.hostsUsed} of ${key.hostLimit}`,
      key.hosts.map(keyHostInWords).join(", "),
    ]),
  );
  const unread = keys.filter(({ ledgerError }) => ledgerError !== "");
  return [...lines, ...unread.map((key) => `  ledger ${printable(`${key.ledger}: ${key.ledgerError}`)}`)];
}

const keyHostInWords = ({
  machine,
  retired,
  activationsSpent,
  activationsLeft,
}: KeyReport["hosts"][number]) =>
  `${machine} ${activationsSpent}/${activationsSpent + activationsLeft}${retired ? " retired" : ""}`;

function groupLines(group: GroupReport, { all }: StatusTextOptions, paint?: Paint): string[] {
  const { members, machinesMissing, hosts } = group;
  const listed = all || members.length <= listedMembers ? members : attention(group);
  const title = [
    `client group ${group.name}: ${countsInWords(group.membersByStatus, members.length)}`,
    ...(machinesMissing > 0
      ? [`${machinesMissing} machines missing for the threshold ${group.threshold}`]
      : []),
    ...(group.membersHidden ? ["members are secret in this stack"] : []),
  ].join("; ");
  return [
    printable(`${title} (${[group.os, group.edition, ...hosts].filter(Boolean).join(", ")})`),
    ...(listed.length > 0 ? memberLines(listed, paint) : []),
    ...(listed.length < members.length ? [`  ${members.length - listed.length} more: --all lists them`] : []),
  ];
}

const attention = ({ members }: GroupReport) =>
  members.filter(({ status }) => status !== "Licensed").slice(0, listedMembers);

const memberLines = (members: GroupReport["members"], paint?: Paint) =>
  textTable(
    ["member", "place", "status", "key", "KMS host", "count", "expiry"],
    members.map((member) => [
      member.name,
      member.place,
      member.status,
      member.key,
      member.host,
      String(member.count),
      minuteOf(member.expiry),
      member.error,
    ]),
    paint,
  ).map((line) => `  ${line}`);

function summaryLine({ summary, hosts, groups }: FleetReport): string {
  if (hosts.length === 0 && groups.length === 0) {
    return "no KMS host and no client group in this stack";
  }
  const { hostsLicensed, membersByStatus, members, nextExpiry, expiryPassed } = summary;
  return [
    `${hostsLicensed} of ${summary.hosts} KMS hosts licensed`,
    `members: ${countsInWords(membersByStatus, members)}`,
    ...(nextExpiry === "" ? [] : [`first expiry ${minuteOf(nextExpiry)} without renewal`]),
    ...(expiryPassed === 0 ? [] : [`${expiryPassed} recorded expiries have passed: run pulumi refresh`]),
  ].join("; ");
}

/** Terminal colours of states: SGR 32 green, 33 yellow, 31 red. */
const sgr: Record<string, number> = {
  Licensed: 32,
  Pending: 33,
  NotStarted: 33,
  AwaitingConfirmation: 33,
};

/** The status is the third column of both tables. */
const statusColumn = 2;

const paintStatus: Paint = (cell, _row, column) =>
  column === statusColumn ? `\u001b[${sgr[cell.trim()] ?? 31}m${cell}\u001b[0m` : cell;
