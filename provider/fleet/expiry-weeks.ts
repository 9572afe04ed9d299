import type { ExpiryWeek, MemberReport } from "./fleet-report";

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
