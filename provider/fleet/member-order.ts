import type { MemberStatus } from "../activation/client-outcome";
import type { MemberReport, StatusCounts } from "./fleet-report";

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
