import type { MemberStatus } from "./client-outcome";

/**
 * Rank in a rollout, lowest first. New members come first, since each of them raises the host's count; pending ones
 * follow and profit from it; those that failed come last, so that a machine that is broken for good is no canary twice.
 */
const ranks: Record<MemberStatus, number> = {
  NotStarted: 0,
  Drifted: 0,
  Licensed: 0,
  Pending: 1,
  Unreachable: 2,
  Failed: 3,
};

/** The members in the order that a rollout visits them. `statusOf` gives what is known of a member from before. */
export function rolloutOrder<T>(
  members: readonly T[],
  statusOf: (member: T) => MemberStatus | undefined,
): T[] {
  const rank = (member: T) => ranks[statusOf(member) ?? "NotStarted"];
  return [...members].sort((left, right) => rank(left) - rank(right));
}
