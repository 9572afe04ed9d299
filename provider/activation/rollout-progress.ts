import type { MemberState, MemberStatus } from "./client-outcome";

/** One batch of a rollout. */
export interface RolloutStep {
  /** Batch, 0 for the first. */
  index: number;
  /** Number of batches. */
  of: number;
  canary: boolean;
  /** Members of the whole rollout. */
  all: number;
  /** Pauses that are still to come. */
  pausesMilliseconds: number;
}

/** Where a rollout is. */
export interface RolloutProgress extends RolloutStep {
  states: readonly MemberState[];
  elapsedMilliseconds: number;
}

const millisecondsPerMinute = 60_000;

/** Where a rollout is, in one line: `batch 2 of 11: 120 of 1000 done, 3 pending, 1 failed, 62 a minute, 15 min left`. */
export function progressLine(progress: RolloutProgress): string {
  const { index, of, canary, states, all, elapsedMilliseconds, pausesMilliseconds } = progress;
  const minutes = elapsedMilliseconds / millisecondsPerMinute;
  const perMinute = minutes > 0 ? states.length / minutes : 0;
  const minutesLeft =
    perMinute > 0
      ? Math.ceil((all - states.length) / perMinute + pausesMilliseconds / millisecondsPerMinute)
      : undefined;
  const parts = [`${states.length} of ${all} done`, ...statusCounts(states, unfinished)];
  if (minutesLeft !== undefined && states.length < all) {
    parts.push(`${rate(perMinute)} a minute`, `${minutesLeft} min left`);
  }
  return `batch ${index + 1} of ${of}${canary ? " (canaries)" : ""}: ${parts.join(", ")}`;
}

/** How a rollout ended, in one line: `998 of 1000 licensed, 2 failed, in 17 min, 1024 activation requests`. */
export function summaryLine(
  states: readonly MemberState[],
  elapsedMilliseconds: number,
  activationRequests?: number,
): string {
  const licensed = states.filter(({ status }) => status === "Licensed").length;
  return [
    `${licensed} of ${states.length} licensed`,
    ...statusCounts(states, [...unfinished, "NotStarted"]),
    `in ${duration(elapsedMilliseconds)}`,
    ...(activationRequests === undefined
      ? []
      : [`${activationRequests} activation ${activationRequests === 1 ? "request" : "requests"}`]),
  ].join(", ");
}

const unfinished: MemberStatus[] = ["Pending", "Failed", "Unreachable"];

const words: Partial<Record<MemberStatus, string>> = { NotStarted: "not started" };

function statusCounts(states: readonly MemberState[], statuses: MemberStatus[]): string[] {
  return statuses.flatMap((wanted) => {
    const number = states.filter(({ status }) => status === wanted).length;
    return number === 0 ? [] : [`${number} ${words[wanted] ?? wanted.toLowerCase()}`];
  });
}

const rate = (perMinute: number) => (perMinute < 10 ? perMinute.toFixed(1) : String(Math.round(perMinute)));

const duration = (milliseconds: number) =>
  milliseconds < millisecondsPerMinute
    ? `${Math.round(milliseconds / 1000)} s`
    : `${Math.round(milliseconds / millisecondsPerMinute)} min`;
