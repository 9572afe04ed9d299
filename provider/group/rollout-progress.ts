import type { Clock } from "../engine/clock";
import type { MemberState, MemberStatus } from "./member";

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

/** How many members of a state are named in the summary. */
const namedMembers = 5;

/**
 * How a rollout ended, in a table: a line for each state, with the first members that need attention. Empty when all are
 * licensed, which the line has said.
 */
export function summaryTable(states: readonly MemberState[]): string[] {
  if (states.every(({ status }) => status === "Licensed")) {
    return [];
  }
  const rows = allStatuses.flatMap((wanted) => {
    const members = states.filter(({ status }) => status === wanted);
    const named = wanted === "Licensed" ? "" : namesOf(members);
    return members.length === 0 ? [] : [[wanted, String(members.length), named]];
  });
  const width = Math.max(...rows.map(([status]) => status.length));
  const digits = Math.max(...rows.map(([, number]) => number.length));
  return rows.map(([status, number, named]) =>
    `${status.padEnd(width)}  ${number.padStart(digits)}  ${named}`.trimEnd(),
  );
}

function namesOf(members: readonly MemberState[]): string {
  const more = members.length - namedMembers;
  const names = members.slice(0, namedMembers).map(({ name }) => name);
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

const allStatuses: MemberStatus[] = ["Licensed", "Pending", "Failed", "Unreachable", "Drifted", "NotStarted"];
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

/** Lines come no closer together than this, but for the end of a batch. */
const quietMilliseconds = 5000;

/** Says how a rollout goes while it runs. */
export interface RolloutReporter {
  answered(step: RolloutStep, states: () => readonly MemberState[]): void;
  batchDone(step: RolloutStep, states: readonly MemberState[]): void;
  ended(states: readonly MemberState[], activationRequests: number): void;
}

/** A reporter that starts to count time now. */
export function rolloutReporter(report: (text: string) => void, clock: Clock): RolloutReporter {
  const startedAt = clock.now();
  let lastLineAt = startedAt;
  const elapsed = () => clock.now() - startedAt;
  const say = (step: RolloutStep, states: readonly MemberState[]) => {
    lastLineAt = clock.now();
    report(progressLine({ ...step, states, elapsedMilliseconds: elapsed() }));
  };
  return {
    answered(step, states) {
      if (clock.now() - lastLineAt >= quietMilliseconds) {
        say(step, states());
      }
    },
    batchDone(step, states) {
      if (step.of > 1) {
        say(step, states);
      }
    },
    ended(states, activationRequests) {
      report(summaryLine(states, elapsed(), activationRequests));
      summaryTable(states).forEach(report);
    },
  };
}
