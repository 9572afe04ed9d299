import type { MemberStatus } from "../group/member";
import type { ExpiryWeek, FleetReport, MemberReport, StatusCounts } from "./fleet-report";

/** Where a member can stand: what needs attention most comes first. */
export const statusOrder: readonly MemberStatus[] = [
  "Failed",
  "Unreachable",
  "Drifted",
  "NotStarted",
  "Pending",
  "Licensed",
];

/** The members with those first that need attention, otherwise in the order of the program. */
export const byAttention = (members: readonly MemberReport[]) =>
  [...members].sort((one, other) => rank(one.status) - rank(other.status));

const rank = (status: MemberStatus) => statusOrder.indexOf(status);

/** How many members stand where. */
export function countByStatus(members: readonly MemberReport[]): StatusCounts {
  const counts: StatusCounts = {};
  for (const { status } of members) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

/** `Failed` and its kin by their number, in the order of attention. */
export const inAttentionOrder = (counts: StatusCounts) =>
  statusOrder.flatMap((status): [MemberStatus, number][] => {
    const number = counts[status] ?? 0;
    return number === 0 ? [] : [[status, number]];
  });

const words: Record<MemberStatus, string> = {
  Licensed: "licensed",
  Pending: "pending",
  Failed: "failed",
  Unreachable: "unreachable",
  Drifted: "drifted",
  NotStarted: "not started",
};

/** `995 of 1000 licensed, 3 failed, 2 pending` */
export function countsInWords(counts: StatusCounts, all: number): string {
  const others = inAttentionOrder(counts).filter(([status]) => status !== "Licensed");
  return [
    `${counts.Licensed ?? 0} of ${all} licensed`,
    ...others.map(([status, number]) => `${number} ${words[status]}`),
  ].join(", ");
}

/** The stack's name with its project's; what a stack that was never updated is called is not known. */
export const stackInWords = ({ stack: { name, project } }: FleetReport) =>
  name === "" ? "empty stack" : `${project}/${name}`;

/** A time to the minute: `2027-05-24 16:25Z`. */
export const minuteOf = (time: string) =>
  Number.isNaN(Date.parse(time)) ? "" : `${new Date(time).toISOString().slice(0, 16).replace("T", " ")}Z`;

export const millisecondsPerWeek = 7 * 24 * 60 * 60_000;

/** The first Monday after 1 January 1970, which was a Thursday. */
const firstMonday = 4 * 24 * 60 * 60_000;

/** The Monday of the week that a time lies in, `YYYY-MM-DD`. */
export function weekOf(milliseconds: number): string {
  const weeks = Math.floor((milliseconds - firstMonday) / millisecondsPerWeek);
  return new Date(firstMonday + weeks * millisecondsPerWeek).toISOString().slice(0, 10);
}

/** Members by the week that their activation ends in. */
export function expiryWeeks(members: readonly MemberReport[]): ExpiryWeek[] {
  const weeks = new Map<string, number>();
  for (const { expiry } of members.filter((member) => member.expiry !== "")) {
    const week = weekOf(Date.parse(expiry));
    weeks.set(week, (weeks.get(week) ?? 0) + 1);
  }
  return [...weeks].map(([week, number]) => ({ week, members: number })).sort(byWeek);
}

const byWeek = (one: ExpiryWeek, other: ExpiryWeek) => (one.week < other.week ? -1 : 1);
