import { MemberStatus, UnreachablePolicy } from "../catalog/constants";
import type { KMSRolloutValues } from "../rules/args.generated";
import type { MemberState } from "./state";

/*
 * How a rollout proceeds: its settings, the order of the members, and who waits for a KMS host's count.
 */

/** How a group is worked on, with every setting decided. */
export interface RolloutSettings {
  /** Members that are configured before all others; 0 for none. */
  canary: number;
  /** Members that are worked on at the same time. */
  maxConcurrent: number;
  /** The rollout stops at more failed members than this. */
  maxFailures: number;
  pauseSecondsAfterCanary: number;
  /** What members that cannot be reached mean. */
  unreachable: UnreachablePolicy;
}

/** Groups below this size have no canaries. */
const smallestWithCanary = 10;

/** Fills in what the program leaves open, by the number of members in the group. */
export function rolloutSettings(given: KMSRolloutValues, members: number): RolloutSettings {
  const { maxFailures, maxFailuresPercent } = given;
  return {
    canary: given.canary ?? (members < smallestWithCanary ? 0 : between(1, Math.ceil(members / 100), 10)),
    maxConcurrent: given.maxConcurrent ?? between(50, Math.ceil(members / 50), 100),
    maxFailures:
      maxFailures ??
      (maxFailuresPercent === undefined
        ? Math.max(2, Math.floor(members / 20))
        : Math.floor((members * maxFailuresPercent) / 100)),
    pauseSecondsAfterCanary: given.pauseSecondsAfterCanary ?? 0,
    unreachable: given.unreachable ?? UnreachablePolicy.Warn,
  };
}

const between = (lowest: number, value: number, highest: number) =>
  Math.min(highest, Math.max(lowest, value));

/** Time that `maxConcurrent` machines take at worst, when nothing hangs. */
const minutesPerRound = 3;
const shortestTimeoutMinutes = 120;
const longestTimeoutMinutes = 1440;

/** How long a rollout may take where the program does not say. */
export function defaultTimeoutMinutes(
  { canary, maxConcurrent, pauseSecondsAfterCanary }: RolloutSettings,
  members: number,
): number {
  const others = Math.max(0, members - canary);
  const rounds = Math.ceil(canary / maxConcurrent) + Math.ceil(others / maxConcurrent);
  const pauseMinutes = canary > 0 ? pauseSecondsAfterCanary / 60 : 0;
  const needed = Math.ceil(rounds * minutesPerRound + pauseMinutes);
  return between(shortestTimeoutMinutes, needed, longestTimeoutMinutes);
}

/**
 * Rank in a rollout, lowest first. New members come first, since each of them raises the host's count; pending ones
 * follow and profit from it; those that failed come last, so that a machine that is broken for good is no canary twice.
 */
const ranks: Record<MemberStatus, number> = {
  NotStarted: 0,
  Drifted: 0,
  Licensed: 0,
  Pending: 1,
  Off: 2,
  Unreachable: 2,
  Failed: 3,
};

/** The members in the order of a rollout. `statusOf` gives what is known of a member from before. */
export function rolloutOrder<T>(
  members: readonly T[],
  statusOf: (member: T) => MemberStatus | undefined,
): T[] {
  const rank = (member: T) => ranks[statusOf(member) ?? MemberStatus.NotStarted];
  return [...members].sort((left, right) => rank(left) - rank(right));
}

/** What a rollout knows of the KMS hosts' counts, and who waits for them. */
export interface CountWatch<T> {
  /**
   * Notes an answer. Returns the members to ask again, each once: their host now counts enough machines for them.
   * @param threshold count from which a host activates this member
   */
  answered(member: T, state: MemberState, threshold: number, again: boolean): T[];
  /** Returns those who still wait, if another host than theirs counts enough and may answer them next time. */
  drawAgain(): T[];
}

/** Members that wait for the count of one host. */
interface Queue<T> {
  /** Threshold of each member. */
  members: Map<T, number>;
  /** The lowest of them, so that nobody is looked through in vain. */
  lowest: number;
}

/**
 * Watches the count of each host. A host refuses at most `threshold - 1` different machines for its count, since each
 * raises it; as a machine is only asked again once its own host counts enough, n machines need n + t - 1 requests.
 */
export function countWatch<T>(): CountWatch<T> {
  const counts = new Map<string, number>();
  const queues = new Map<string, Queue<T>>();
  const countOf = (host: string) => counts.get(host) ?? 0;
  const wait = (member: T, host: string, threshold: number) => {
    const queue = queues.get(host) ?? { members: new Map<T, number>(), lowest: threshold };
    queue.members.set(member, threshold);
    queue.lowest = Math.min(queue.lowest, threshold);
    queues.set(host, queue);
  };
  /** Members that no longer wait, since this many machines are enough for them. */
  const release = (queue: Queue<T> | undefined, count: number): T[] => {
    if (queue === undefined || count < queue.lowest) {
      return [];
    }
    const ready = [...queue.members].filter(([, threshold]) => count >= threshold).map(([member]) => member);
    ready.forEach((member) => queue.members.delete(member));
    queue.lowest = [...queue.members.values()].reduce((lowest, one) => Math.min(lowest, one), Infinity);
    return ready;
  };
  return {
    answered(member, { status, kmsHost = "", currentCount = 0 }, threshold, again) {
      const host = kmsHost.toLowerCase();
      if (status === MemberStatus.Pending && currentCount < threshold) {
        wait(member, host, threshold);
      }
      if (status === MemberStatus.Pending && again) {
        // The host has forgotten machines since it was seen with enough of them.
        counts.set(host, currentCount);
      } else if (status === MemberStatus.Pending || status === MemberStatus.Licensed) {
        counts.set(host, Math.max(countOf(host), currentCount));
      }
      return release(queues.get(host), countOf(host));
    },
    drawAgain() {
      const highest = Math.max(0, ...counts.values());
      return [...queues.values()].flatMap((queue) => release(queue, highest));
    },
  };
}

/**
 * Why a rollout ended before its last member. `failures`: more failed than `maxFailures`. `canaries`: every canary
 * failed. `timeout`: its time was up. `broken`: an error that every member would have met. `stopped`: the update was
 * interrupted.
 */
export interface RolloutStop {
  reason: "failures" | "canaries" | "timeout" | "broken" | "stopped";
  cause?: unknown;
  /** Members of this rollout that were visited, and those that were given up under way. */
  visited: number;
  givenUp: number;
  /** Members that were visited, and were to be asked again. */
  waiting: number;
}
