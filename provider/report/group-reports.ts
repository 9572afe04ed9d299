import { MemberStatus } from "../catalog/constants";
import { type MemberCounts, memberCounts } from "../group/member";
import type { ClientActivationOutputs, MemberState, StoredMembers } from "../group/state";
import { readMembers } from "../group/stored-members";
import {
  isHidden,
  present,
  type Stored,
  type StoredComponent,
  storedDiagnostics,
  storedNumber,
  storedText,
  storedTexts,
  storedTime,
} from "./exported-stack";
import type { ExpiryWeek, GroupReport, MemberReport } from "./fleet-report";
import { dayOf, millisecondsPerDay } from "../rules/days";

/** A client group of a stack with its activation. */
export type StoredGroup = StoredComponent<ClientActivationOutputs>;

/** A client group, as the stack knows it. */
export function groupReport({ name, outputs, activations }: StoredGroup): GroupReport {
  const stored = activations[0]?.outputs ?? {};
  const members = byAttention(storedMembers(stored));
  const threshold = storedNumber(stored.threshold);
  return present({
    name,
    os: storedText(stored.os),
    edition: storedText(stored.edition),
    office: storedText(stored.office),
    hostNames: storedTexts(stored.hostNames),
    threshold: threshold === 0 ? undefined : threshold,
    machinesMissing: storedNumber(stored.machinesMissing) ?? 0,
    memberCounts: memberCounts(members),
    membersHidden: isHidden(stored.members),
    members,
    diagnostics: storedDiagnostics(outputs.diagnostics),
  });
}

/** The members of a group in the order of the program; none where the program keeps them secret. */
export function storedMembers({ common, members }: Stored<ClientActivationOutputs>): MemberReport[] {
  if (!Array.isArray(members)) {
    return [];
  }
  const stored = { common: plainFacts(common), members: members.map(plainFacts) };
  return readMembers(stored as unknown as StoredMembers).map(memberReport);
}

/** What is neither a text nor a number says nothing; the place of a secret machine is not shown. */
function plainFacts(stored: unknown): Record<string, string | number | undefined> {
  const facts = Object.entries(typeof stored === "object" && stored !== null ? stored : {}) as [
    string,
    unknown,
  ][];
  return Object.fromEntries(
    facts
      .filter(([fact, value]) => fact !== "scope" || !isHidden(value))
      .map(([fact, value]) => [fact, fact === "currentCount" ? storedNumber(value) : storedText(value)]),
  );
}

function memberReport(member: MemberState): MemberReport {
  return present({
    ...member,
    name: member.name ?? "",
    // The fingerprint of the host key follows the name of the server.
    ssh: member.ssh?.split(" ", 1)[0],
    status: statusOrder.find((known) => known === member.status) ?? MemberStatus.NotStarted,
    expiresAt: storedTime(member.expiresAt),
  });
}

/** Where a member can stand: what needs attention most comes first. */
const statusOrder: readonly MemberStatus[] = [
  MemberStatus.Failed,
  MemberStatus.Unreachable,
  MemberStatus.Off,
  MemberStatus.Drifted,
  MemberStatus.NotStarted,
  MemberStatus.Pending,
  MemberStatus.Licensed,
];

const rank = ({ status }: MemberReport) => statusOrder.indexOf(status);

const byAttention = (members: readonly MemberReport[]) =>
  [...members].sort((one, other) => rank(one) - rank(other));

/** Statuses that members have, each with their number, in the order of attention. */
export const inAttentionOrder = (counts: MemberCounts): [MemberStatus, number][] =>
  statusOrder.flatMap((status): [MemberStatus, number][] => {
    const number = counts[status] ?? 0;
    return number === 0 ? [] : [[status, number]];
  });

export const millisecondsPerWeek = 7 * millisecondsPerDay;

/** The first Monday after 1 January 1970, which was a Thursday. */
const firstMonday = 4 * millisecondsPerDay;

/** The Monday of the week that a time lies in, `YYYY-MM-DD`. */
export function weekOf(milliseconds: number): string {
  const weeks = Math.floor((milliseconds - firstMonday) / millisecondsPerWeek);
  return dayOf(firstMonday + weeks * millisecondsPerWeek);
}

/** Members by the week in which their activation expires. */
export function expiryWeeks(members: readonly MemberReport[]): ExpiryWeek[] {
  const weeks = new Map<string, number>();
  for (const { expiresAt } of members) {
    if (expiresAt !== undefined) {
      const week = weekOf(Date.parse(expiresAt));
      weeks.set(week, (weeks.get(week) ?? 0) + 1);
    }
  }
  return [...weeks]
    .map(([week, number]) => ({ week, members: number }))
    .sort((one, other) => (one.week < other.week ? -1 : 1));
}
