import { Discovery, MemberStatus, UnreachablePolicy } from "../catalog/constants";
import { type Clock, systemClock } from "../engine/clock";
import type { Machine, RunOptions } from "../machine/machine";
import { StoppedError } from "../machine/stopped";
import { workThrough } from "./concurrency";
import type { MemberContext } from "./member-failure";
import { isAway, notStarted } from "./member";
import { configureMember, type MemberOutcome } from "./member-actions";
import { countWatch, type CountWatch, type RolloutSettings, type RolloutStop } from "./rollout-plan";
import {
  type ReportOptions,
  rolloutReporter,
  type RolloutReporter,
  type RolloutStep,
} from "./rollout-progress";
import { type HostAddress, type Member, memberKey, memberName, type MemberState } from "./state";

/** A rollout: whom it configures how is said by its members and this. */
export interface Rollout extends MemberContext {
  /** KMS host that a member is pinned to, by member key. @default the desired state's host for all */
  pins?: ReadonlyMap<string, HostAddress>;
  /** Count from which a KMS host activates this member. */
  thresholdOf: (member: MemberState) => number;
  /** Keys of members that a host has refused for its count before: it counts them, so they come after the others. */
  counted?: ReadonlySet<string>;
  settings: RolloutSettings;
  /** What is reported beside the members of this rollout, and how often. */
  reporting?: ReportOptions;
  options: RunOptions;
  /** Reports how the rollout is going. */
  report: (text: string) => void;
  open: (member: Member) => Machine;
  /** @default the system's clock */
  clock?: Clock;
}

/** What a rollout came to. */
export interface RolloutResult {
  /** In the order of the members; what a member did not say is left out. */
  states: MemberState[];
  /** Requests that the members sent to KMS hosts. */
  activationRequests: number;
  /** Undefined when the rollout reached every member. */
  stopped?: RolloutStop;
}

/**
 * Configures members and asks for their activation in the order given: canaries first, then all others in one sliding
 * window. Members that a host refuses for its count are asked again as soon as that host counts enough machines.
 */
export async function rollOutMembers(members: readonly Member[], rollout: Rollout): Promise<RolloutResult> {
  const run = startRun(rollout, members.length);
  const onStop = () => stop(run, "stopped");
  const { signal } = rollout.options;
  signal?.addEventListener("abort", onStop);
  try {
    if (signal?.aborted) {
      onStop();
    }
    await configureAll(run, members);
  } finally {
    signal?.removeEventListener("abort", onStop);
    await Promise.all(run.afterwards);
  }
  return resultOf(run, members);
}

async function configureAll(run: Run, members: readonly Member[]): Promise<void> {
  const { rollout } = run;
  const { canary } = rollout.settings;
  if (canary > 0) {
    await configureCanaries(run, members.slice(0, canary), canary < members.length);
  }
  const again = run.afterCanaries ?? [];
  run.afterCanaries = undefined;
  run.step = { ...run.step, canary: false, pauseMilliseconds: 0 };
  const { counted = new Set() } = rollout;
  const isCounted = (member: Member) => counted.has(memberKey(member));
  const others = members.slice(canary);
  await takeFirstTurns(
    run,
    others.filter((member) => !isCounted(member)),
    again,
  );
  await takeFirstTurns(run, others.filter(isCounted));
  if (rollout.desired.discovery === Discovery.Dns) {
    await drawOtherHosts(run);
  }
}

interface Turn {
  member: Member;
  again: boolean;
}

/** A rollout under way. */
interface Run {
  rollout: Rollout;
  clock: Clock;
  reporter: RolloutReporter;
  watch: CountWatch<Member>;
  step: RolloutStep;
  /** Who is still to be configured. */
  queue: Turn[];
  /** Canaries that are asked again with the others; undefined when they are asked at once. */
  afterCanaries?: Turn[];
  states: Map<string, MemberState>;
  failed: Set<string>;
  /** Members that were to be asked again when the rollout stopped, and were not. */
  waiting: Set<string>;
  activationRequests: number;
  /** What is still done for members that have answered, and holds up no others. */
  afterwards: Set<Promise<void>>;
  /** Members that were given up while they were worked on. */
  givenUp: number;
  /** Until when DNS may have no answer yet. */
  dnsDeadline?: number;
  stopped?: Pick<RolloutStop, "reason" | "cause">;
}

function startRun(rollout: Rollout, all: number): Run {
  const { clock = systemClock, settings } = rollout;
  return {
    rollout,
    clock,
    reporter: rolloutReporter(rollout.report, clock, rollout.reporting),
    watch: countWatch(),
    step: {
      canary: settings.canary > 0,
      all,
      pauseMilliseconds: settings.canary < all ? pauseMilliseconds(rollout) : 0,
    },
    queue: [],
    states: new Map(),
    failed: new Set(),
    waiting: new Set(),
    activationRequests: 0,
    afterwards: new Set(),
    givenUp: 0,
  };
}

const pauseMilliseconds = ({ settings }: Rollout) => settings.pauseSecondsAfterCanary * 1000;

/**
 * Others may follow once each canary has answered and one is licensed: canaries that their host has refused for its count
 * are then asked again in the window. Before a pause they are all asked again, so that it shows what became of them.
 */
async function configureCanaries(run: Run, canaries: Member[], othersFollow: boolean): Promise<void> {
  run.afterCanaries = othersFollow && pauseMilliseconds(run.rollout) === 0 ? [] : undefined;
  await takeFirstTurns(run, canaries);
  if (![...run.states.values()].some(({ status }) => status === MemberStatus.Licensed)) {
    const again = run.afterCanaries ?? [];
    run.afterCanaries = undefined;
    await takeFirstTurns(run, [], again);
  }
  if (canaries.length > 0 && canaries.every((member) => run.failed.has(memberKey(member)))) {
    stop(run, "canaries");
  }
  if (run.stopped === undefined && othersFollow) {
    run.reporter.canariesDone(run.step, [...run.states.values()]);
    await pause(run, pauseMilliseconds(run.rollout));
  }
}

async function pause(run: Run, milliseconds: number): Promise<void> {
  if (milliseconds === 0) {
    return;
  }
  if (milliseconds >= run.rollout.options.deadline - run.clock.now()) {
    stop(run, "timeout");
    return;
  }
  await run.clock.sleep(milliseconds, run.rollout.options.signal);
}

/** With SRV records a pending member may find another host next time; for as long as that helps some. */
async function drawOtherHosts(run: Run): Promise<void> {
  let before = Infinity;
  for (;;) {
    const drawn = run.watch.drawAgain();
    if (run.stopped !== undefined) {
      drawn.forEach((member) => run.waiting.add(memberKey(member)));
      return;
    }
    if (drawn.length === 0 || drawn.length >= before) {
      return;
    }
    before = drawn.length;
    await takeTurns(
      run,
      drawn.map((member) => ({ member, again: true })),
    );
  }
}

/** @param before who is asked again before them */
async function takeFirstTurns(run: Run, members: Member[], before: Turn[] = []): Promise<void> {
  if (run.stopped === undefined) {
    await takeTurns(run, [...before, ...members.map((member) => ({ member, again: false }))]);
  }
}

function takeTurns(run: Run, turns: Turn[]): Promise<void> {
  run.queue = turns;
  const { maxConcurrent } = run.rollout.settings;
  return workThrough(
    turns,
    maxConcurrent,
    (turn) => takeTurn(run, turn),
    ({ member }) => laneOf(member),
  );
}

/** Members of one subscription share a window, and so do those over SSH: what Azure throttles holds up no others. */
const laneOf = ({ azureVmId }: Member) =>
  azureVmId === undefined ? "ssh" : (/^\/subscriptions\/[^/]+/i.exec(azureVmId)?.[0].toLowerCase() ?? "");

async function takeTurn(run: Run, { member, again }: Turn): Promise<void> {
  const { policy, options } = run.rollout;
  if (run.clock.now() >= options.deadline) {
    run.queue.unshift({ member, again });
    stop(run, "timeout");
    return;
  }
  try {
    const context = { desired: desiredFor(run.rollout, member), policy };
    const outcome = await configureUntilFound(run, member, context);
    if (isFailure(run.rollout, outcome)) {
      run.failed.add(memberKey(member));
    }
    note(run, member, outcome.state, again);
  } catch (error) {
    if (error instanceof StoppedError) {
      run.givenUp += error.begun ? 1 : 0;
      if (again) {
        run.waiting.add(memberKey(member));
      }
      stop(run, "stopped");
    } else {
      stop(run, "broken", error);
    }
  }
}

/** How long the members of a rollout are asked again together because DNS has no answer for them. */
const dnsPatienceMilliseconds = 120_000;
const firstDnsPauseMilliseconds = 5000;
const longestDnsPauseMilliseconds = 30_000;

/** Configures a member, and once more after a pause while DNS may not yet serve what was just written. */
async function configureUntilFound(run: Run, member: Member, context: MemberContext): Promise<MemberOutcome> {
  const { open } = run.rollout;
  const options: RunOptions = { ...run.rollout.options, afterwards: (work) => void run.afterwards.add(work) };
  const again = { ...context, desired: { ...context.desired, asksDnsAnew: true } };
  for (let pauseOf = firstDnsPauseMilliseconds, asked = context; ; asked = again) {
    const outcome = await configureMember(member, asked, open, options);
    run.activationRequests += outcome.activationRequests;
    if (!outcome.unresolved || !isEarly(run, member, pauseOf)) {
      return outcome;
    }
    await run.clock.sleep(pauseOf, options.signal);
    if (run.stopped !== undefined) {
      run.waiting.add(memberKey(member));
      return outcome;
    }
    pauseOf = Math.min(longestDnsPauseMilliseconds, 2 * pauseOf);
  }
}

/** Whether the answer of DNS may still come: the wait begins with the first member that has none, and is for all of them. */
function isEarly(run: Run, { name }: Member, pauseOf: number): boolean {
  const now = run.clock.now();
  if (run.dnsDeadline === undefined) {
    run.dnsDeadline = Math.min(now + dnsPatienceMilliseconds, run.rollout.options.deadline);
    run.rollout.report(
      `DNS has no answer for ${name} yet; what was just written may be served a minute later, so the members go on asking for up to ${dnsPatienceMilliseconds / 60_000} minutes`,
    );
  }
  return run.stopped === undefined && now + pauseOf < run.dnsDeadline;
}

function desiredFor({ desired, pins }: Rollout, member: Member) {
  const host = pins?.get(memberKey(member));
  return host === undefined ? desired : { ...desired, host };
}

/** A refused member is reported and stops nothing: it was left as it is. */
const isFailure = ({ settings }: Rollout, { state, refused }: { state: MemberState; refused: boolean }) =>
  isAway(state)
    ? settings.unreachable === UnreachablePolicy.Fail
    : state.status === MemberStatus.Failed && !refused;

function note(run: Run, member: Member, state: MemberState, again: boolean): void {
  const { settings, thresholdOf } = run.rollout;
  run.states.set(memberKey(member), state);
  const ready = run.watch.answered(member, state, thresholdOf(state), again);
  if (run.failed.size > settings.maxFailures) {
    stop(run, "failures");
  }
  if (run.stopped === undefined) {
    // Before all others: their host answers them now, and may forget machines later.
    const turns = ready.map((waiting) => ({ member: waiting, again: true }));
    (run.afterCanaries ?? run.queue).unshift(...turns);
  } else {
    ready.forEach((waiting) => run.waiting.add(memberKey(waiting)));
  }
  run.reporter.answered(run.step, () => [...run.states.values()]);
}

/** No other member is begun; what is under way is finished. The first reason is the one that is reported. */
function stop(run: Run, reason: RolloutStop["reason"], cause?: unknown): void {
  run.stopped ??= { reason, cause };
  const turns = [...(run.afterCanaries ?? []), ...run.queue];
  turns.filter(({ again }) => again).forEach(({ member }) => run.waiting.add(memberKey(member)));
  run.afterCanaries = undefined;
  run.queue.length = 0;
}

function resultOf(run: Run, members: readonly Member[]): RolloutResult {
  const { states: seen, activationRequests, stopped, reporter } = run;
  const states = members.map((member) => seen.get(memberKey(member)) ?? notStarted(memberName(member)));
  reporter.ended(states, activationRequests);
  const waiting = [...run.waiting].filter((key) => seen.get(key)?.status !== MemberStatus.Licensed).length;
  const cutShort =
    stopped?.reason === "broken" ||
    waiting > 0 ||
    states.some(({ status }) => status === MemberStatus.NotStarted);
  const { givenUp } = run;
  return {
    states,
    activationRequests,
    ...(cutShort && stopped && { stopped: { ...stopped, visited: seen.size, givenUp, waiting } }),
  };
}
