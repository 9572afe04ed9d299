import type { MemberStatus } from "./client-outcome";

/** Number of members by status; a status that no member has is left out. */
export type MemberCounts = Partial<Record<MemberStatus, number>>;

/** Counts the members of a group by their status. */
export function memberCounts(members: readonly { status: MemberStatus }[]): MemberCounts {
  const counts: MemberCounts = {};
  for (const { status } of members) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}
