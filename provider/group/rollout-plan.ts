import type { MemberState, MemberStatus } from "./member";

/** How a group is worked on; every member is decided. */
export interface RolloutSettings {
  /** Members that are visited before all others; 0 for none. */
  canary: number;
  /** Members of one batch. */
  batchSize: number;
  /** Members that are worked on at the same time. */
  maxConcurrent: number;
  /** The rollout stops at more failed members than this. Unreachable ones are not counted. */
  maxFailures: number;
  pauseSecondsBetweenBatches: number;
  /** How long the whole rollout may take. */
  deadlineMinutes: number;
}

/** Groups under this size have no canaries: the first batch is all of them, or nearly. */
const smallestWithCanary = 10;

/** Time that one round over `maxConcurrent` machines takes at worst, when nothing hangs. */
const minutesPerRound = 3;
const shortestDeadlineMinutes = 120;
const longestDeadlineMinutes = 1440;

/** Fills in what the program leaves open, by the number of members in the group. */
export function rolloutSettings(given: Partial<RolloutSettings>, members: number): RolloutSettings {
  const canary = members < smallestWithCanary ? 0 : between(1, Math.ceil(members / 100), 10);
  const settings = {
    canary,
    batchSize: between(50, Math.ceil(members / 10), 1000),
    maxConcurrent: between(50, Math.ceil(members / 50), 100),
    maxFailures: Math.max(2, Math.floor(members / 20)),
    pauseSecondsBetweenBatches: 0,
    ...given,
  };
  return { deadlineMinutes: deadlineMinutes(settings, members), ...settings };
}

const between = (lowest: number, value: number, highest: number) =>
  Math.min(highest, Math.max(lowest, value));

function deadlineMinutes(
  { canary, batchSize, maxConcurrent, pauseSecondsBetweenBatches }: Omit<RolloutSettings, "deadlineMinutes">,
  members: number,
): number {
  const batches = Math.ceil(Math.max(0, members - canary) / batchSize);
  const rounds = Math.ceil(canary / maxConcurrent) + batches * Math.ceil(batchSize / maxConcurrent);
  const pauses = (batches * pauseSecondsBetweenBatches) / 60;
  const needed = Math.ceil(rounds * minutesPerRound + pauses);
  return between(shortestDeadlineMinutes, needed, longestDeadlineMinutes);
}

/** One step of a rollout. */
export interface Batch<T> {
  canary: boolean;
  members: T[];
}

/** The members in the order given, cut into the canaries and batches that are visited one after the other. */
export function rolloutBatches<T>(
  members: readonly T[],
  { canary, batchSize }: Pick<RolloutSettings, "canary" | "batchSize">,
): Batch<T>[] {
  const batches: Batch<T>[] = canary > 0 && members.length > 0 ? [cut(members, 0, canary, true)] : [];
  for (let from = canary; from < members.length; from += batchSize) {
    batches.push(cut(members, from, batchSize, false));
  }
  return batches;
}

const cut = <T>(members: readonly T[], from: number, size: number, canary: boolean): Batch<T> => ({
  canary,
  members: members.slice(from, from + size),
});

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

/** What a rollout knows of the KMS hosts' counts, and who waits for them. */
export interface CountWatch<T> {
  /** Notes an answer. Gives the members to ask again, each once: their host now counts enough machines. */
  answered(member: T, state: MemberState, again: boolean): T[];
  /** Gives those who still wait, if another host than theirs counts enough and may answer them next time. */
  drawAgain(): T[];
}

/**
 * Watches the count of each host. A host refuses at most `threshold - 1` different machines for its count, since each
 * raises it; as a machine is only asked again once its own host counts enough, n machines need n + t - 1 requests.
 */
export function countWatch<T>(threshold: number): CountWatch<T> {
  const counts = new Map<string, number>();
  const waiting = new Map<T, string>();
  const enough = (host: string) => (counts.get(host) ?? 0) >= threshold;
  const release = (ready: T[]) => {
    ready.forEach((member) => waiting.delete(member));
    return ready;
  };
  return {
    answered(member, { status, host: name, count }, again) {
      const host = name.toLowerCase();
      if (status === "Pending" && count < threshold) {
        waiting.set(member, host);
      }
      if (status === "Pending" && again) {
        // The host has forgotten machines since it was seen with enough of them.
        counts.set(host, count);
      } else if (status === "Pending" || status === "Licensed") {
        counts.set(host, Math.max(counts.get(host) ?? 0, count));
      }
      return release([...waiting].filter(([, asked]) => enough(asked)).map(([waits]) => waits));
    },
    drawAgain: () => release([...counts.keys()].some(enough) ? [...waiting.keys()] : []),
  };
}
