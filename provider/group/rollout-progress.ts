import { MemberStatus } from "../catalog/constants";
import type { Clock } from "../engine/clock";
import type { MemberState } from "./state";

/** Which part of a rollout is under way. */
export interface RolloutStep {
  /** Whether it is the canaries' turn. */
  canary: boolean;
  /** Members of the whole rollout. */
  all: number;
  /** Pause that is still to come. */
  pauseMilliseconds: number;
}

/** How far a rollout has come. */
export interface RolloutProgress extends RolloutStep {
  states: readonly MemberState[];
  elapsedMilliseconds: number;
}

const millisecondsPerMinute = 60_000;

/** How far a rollout has come, in one line: `120 of 1000 done, 3 pending, 1 failed, 62 a minute, 15 min left`. */
export function progressLine(progress: RolloutProgress): string {
  const { canary, states, all, elapsedMilliseconds, pauseMilliseconds } = progress;
  const minutes = elapsedMilliseconds / millisecondsPerMinute;
  const perMinute = minutes > 0 ? states.length / minutes : 0;
  const minutesLeft =
    perMinute > 0
      ? Math.ceil((all - states.length) / perMinute + pauseMilliseconds / millisecondsPerMinute)
      : undefined;
  const counts = [`${states.length} of ${all} done`, ...statusCounts(states, unfinished)];
  if (minutesLeft !== undefined && states.length < all) {
    counts.push(`${rate(perMinute)} a minute`, `${minutesLeft} min left`);
  }
  return `${canary ? "canaries: " : ""}${counts.join(", ")}`;
}

/** How a rollout ended, in one line: `998 of 1000 licensed, 2 failed, in 17 min, 1024 activation requests`. */
export function summaryLine(
  states: readonly MemberState[],
  elapsedMilliseconds: number,
  activationRequests?: number,
): string {
  const licensed = states.filter(({ status }) => status === MemberStatus.Licensed).length;
  return [
    `${licensed} of ${states.length} licensed`,
    ...statusCounts(states, [...unfinished, MemberStatus.NotStarted]),
    `in ${duration(elapsedMilliseconds)}`,
    ...(activationRequests === undefined
      ? []
      : [`${activationRequests} activation ${activationRequests === 1 ? "request" : "requests"}`]),
  ].join(", ");
}

/** How many members of each status the summary lists by name. */
const namedMembers = 5;

/**
 * How a rollout ended, in a table: a line for each status, with the first members that need attention. Empty when all are
 * licensed, as the line says already.
 */
export function summaryTable(states: readonly MemberState[]): string[] {
  if (states.every(({ status }) => status === MemberStatus.Licensed)) {
    return [];
  }
  const rows = allStatuses.flatMap((wanted) => {
    const members = states.filter(({ status }) => status === wanted);
    const named = wanted === MemberStatus.Licensed ? "" : namesOf(members);
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

const allStatuses: MemberStatus[] = [
  MemberStatus.Licensed,
  MemberStatus.Pending,
  MemberStatus.Failed,
  MemberStatus.Off,
  MemberStatus.Unreachable,
  MemberStatus.Drifted,
  MemberStatus.NotStarted,
];
const unfinished: MemberStatus[] = [
  MemberStatus.Pending,
  MemberStatus.Failed,
  MemberStatus.Off,
  MemberStatus.Unreachable,
];
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

/** Reports how a rollout is going while it runs. */
export interface RolloutReporter {
  answered(step: RolloutStep, states: () => readonly MemberState[]): void;
  /** The canaries are done, and others follow. */
  canariesDone(step: RolloutStep, states: readonly MemberState[]): void;
  ended(states: readonly MemberState[], activationRequests: number): void;
}

/** Lines come no closer together than this where nothing else is said. */
const quietMilliseconds = 5000;

/** What a report is about beside the members of the rollout, and how often it comes. */
export interface ReportOptions {
  /** Members of the group that the rollout leaves alone: the end counts them. @default none */
  others?: readonly MemberState[];
  /** Lines come no closer together. @default 5 seconds */
  quietMilliseconds?: number;
  /** Subscriptions that accept no request now, and for how long. @default none */
  throttled?: () => { subscriptionId: string; milliseconds: number }[];
}

/** A reporter whose time starts now. */
export function rolloutReporter(
  report: (text: string) => void,
  clock: Clock,
  { others = [], quietMilliseconds: quiet = quietMilliseconds, throttled = () => [] }: ReportOptions = {},
): RolloutReporter {
  const startedAt = clock.now();
  let lastLineAt = startedAt;
  const elapsed = () => clock.now() - startedAt;
  const reportProgress = (step: RolloutStep, states: readonly MemberState[]) => {
    lastLineAt = clock.now();
    const waits = throttled().map(
      ({ subscriptionId, milliseconds }) =>
        `, subscription ${subscriptionId} accepts no request for ${duration(milliseconds)}`,
    );
    report(progressLine({ ...step, states, elapsedMilliseconds: elapsed() }) + waits.join(""));
  };
  return {
    answered(step, states) {
      if (clock.now() - lastLineAt >= quiet) {
        reportProgress(step, states());
      }
    },
    canariesDone: reportProgress,
    ended(states, activationRequests) {
      const all = [...states, ...others];
      report(summaryLine(all, elapsed(), activationRequests));
      summaryTable(all).forEach(report);
    },
  };
}
