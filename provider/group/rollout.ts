import { type Clock, systemClock } from "../engine/clock";
import type { Machine, MachineAddress, RunOptions } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { type MemberState, notStarted } from "./member";
import { configureMember } from "./member-work";
import type { DesiredClient } from "./plan";
import {
  type Batch,
  countWatch,
  type CountWatch,
  rolloutBatches,
  type RolloutSettings,
} from "./rollout-plan";
import { rolloutReporter, type RolloutReporter, type RolloutStep } from "./rollout-progress";
import { type Member, memberKey, namedMember } from "./state";

/** Works off a queue that may grow meanwhile, so many items at a time; ends when it is empty and nothing is under way. */
export function workThrough<T>(queue: T[], atATime: number, work: (item: T) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let active = 0;
    const startNext = () => {
      while (active < atATime && queue.length > 0) {
        active += 1;
        work(queue.shift()!).then(() => {
          active -= 1;
          startNext();
        }, reject);
      }
      if (active === 0) {
        resolve();
      }
    };
    startNext();
  });
}

/** How members are visited. */
export interface Visit {
  desired: DesiredClient;
  /** KMS host that a member is pinned to, by member key. @default the desired's host for all */
  pins?: ReadonlyMap<string, { name: string; port: number }>;
  /** Operating system of the members and their KMS hosts, for what errors say. */
  os: string;
  /** Office version, for Office clients. @default "" */
  office?: string;
  hosts: { name: string; os: string }[];
  threshold: number;
  /** Keys of members that a host refused for its count before: it counts them, so they come after the others of a batch. */
  counted?: ReadonlySet<string>;
  rollout: RolloutSettings;
  options: RunOptions;
  /** Told where the rollout is, at most every few seconds or once a batch. */
  report: (text: string) => void;
  /** @default openMachine */
  open?: (address: MachineAddress) => Machine;
  /** @default the system's clock */
  clock?: Clock;
}

/**
 * Why a rollout ended before its last member. `failures`: more failed than `maxFailures`. `canaries`: every canary
 * failed. `deadline`: its time was up. `broken`: an error that every member would have met.
 */
export interface RolloutStop {
  reason: "failures" | "canaries" | "deadline" | "broken";
  cause?: unknown;
}

/** What a rollout came to. */
export interface Visited {
  /** In the order of the members. */
  states: MemberState[];
  /** Requests that the members sent to KMS hosts. */
  activationRequests: number;
  /** Undefined when every member was visited. */
  stopped?: RolloutStop;
}

/**
 * Configures members and asks for their activation: canaries first, then batch by batch, in the order given. Members
 * that a host refuses for its count are asked again as soon as that host counts enough machines.
 */
export async function rollOutMembers(members: readonly Member[], visit: Visit): Promise<Visited> {
  const run = startRun(visit);
  const batches = rolloutBatches(members, visit.rollout);
  for (const [index, batch] of batches.entries()) {
    await pauseBefore(run, index);
    if (run.stopped !== undefined) {
      break;
    }
    const pausesMilliseconds = (batches.length - index - 1) * pauseMilliseconds(visit);
    run.step = { index, of: batches.length, canary: batch.canary, all: members.length, pausesMilliseconds };
    await visitBatch(run, batch);
  }
  if (visit.desired.discovery === "dns") {
    await drawOtherHosts(run);
  }
  return resultOf(run, members);
}

interface Turn {
  member: Member;
  again: boolean;
}

/** A rollout under way. */
interface Run {
  visit: Visit;
  open: (address: MachineAddress) => Machine;
  clock: Clock;
  reporter: RolloutReporter;
  watch: CountWatch<Member>;
  step: RolloutStep;
  /** Who is still to be visited in this batch. */
  queue: Turn[];
  states: Map<string, MemberState>;
  failed: Set<string>;
  activationRequests: number;
  stopped?: RolloutStop;
}

function startRun(visit: Visit): Run {
  const { open = openMachine, clock = systemClock } = visit;
  return {
    visit,
    open,
    clock,
    reporter: rolloutReporter(visit.report, clock),
    watch: countWatch(visit.threshold),
    step: { index: 0, of: 0, canary: false, all: 0, pausesMilliseconds: 0 },
    queue: [],
    states: new Map(),
    failed: new Set(),
    activationRequests: 0,
  };
}

const pauseMilliseconds = ({ rollout }: Visit) => rollout.pauseSecondsBetweenBatches * 1000;

async function pauseBefore(run: Run, index: number): Promise<void> {
  const pause = index === 0 || run.stopped !== undefined ? 0 : pauseMilliseconds(run.visit);
  if (pause === 0) {
    return;
  }
  if (pause >= run.visit.options.deadline - run.clock.now()) {
    stop(run, "deadline");
    return;
  }
  await run.clock.sleep(pause);
}

async function visitBatch(run: Run, { canary, members }: Batch<Member>): Promise<void> {
  const { counted = new Set() } = run.visit;
  const isCounted = (member: Member) => counted.has(memberKey(member));
  await takeFirstTurns(
    run,
    members.filter((member) => !isCounted(member)),
  );
  await takeFirstTurns(run, members.filter(isCounted));
  if (canary && members.every((member) => run.failed.has(memberKey(member)))) {
    stop(run, "canaries");
  }
  run.reporter.batchDone(run.step, [...run.states.values()]);
}

/** With SRV records a pending member may find another host next time; for as long as that helps some. */
async function drawOtherHosts(run: Run): Promise<void> {
  let before = Infinity;
  while (run.stopped === undefined) {
    const drawn = run.watch.drawAgain();
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

async function takeFirstTurns(run: Run, members: Member[]): Promise<void> {
  if (run.stopped === undefined) {
    await takeTurns(
      run,
      members.map((member) => ({ member, again: false })),
    );
  }
}

function takeTurns(run: Run, turns: Turn[]): Promise<void> {
  run.queue = turns;
  return workThrough(turns, run.visit.rollout.maxConcurrent, (turn) => takeTurn(run, turn));
}

async function takeTurn(run: Run, { member, again }: Turn): Promise<void> {
  const { options } = run.visit;
  if (run.clock.now() >= options.deadline) {
    stop(run, "deadline");
    return;
  }
  try {
    const { os, office, hosts } = run.visit;
    const surroundings = { desired: desiredFor(run.visit, member), os, office, hosts };
    const outcome = await configureMember(member, surroundings, run.open, options);
    run.activationRequests += outcome.activationRequests;
    note(run, member, outcome.state, again);
  } catch (error) {
    stop(run, "broken", error);
  }
}

function desiredFor({ desired, pins }: Visit, member: Member): DesiredClient {
  const host = pins?.get(memberKey(member));
  return host === undefined ? desired : { ...desired, host };
}

function note(run: Run, member: Member, state: MemberState, again: boolean): void {
  const key = memberKey(member);
  run.states.set(key, state);
  const ready = run.watch.answered(member, state, again);
  if (state.status === "Failed") {
    run.failed.add(key);
  }
  if (run.failed.size > run.visit.rollout.maxFailures) {
    stop(run, "failures");
  }
  if (run.stopped === undefined) {
    run.queue.push(...ready.map((waiting) => ({ member: waiting, again: true })));
  }
  run.reporter.answered(run.step, () => [...run.states.values()]);
}

/** Nobody else is visited; visits under way are finished. The first reason is the one that is told. */
function stop(run: Run, reason: RolloutStop["reason"], cause?: unknown): void {
  run.stopped ??= { reason, cause };
  run.queue.length = 0;
}

function resultOf(run: Run, members: readonly Member[]): Visited {
  const { states: seen, activationRequests, stopped, reporter } = run;
  const states = members.map((member) => seen.get(memberKey(member)) ?? notStarted(namedMember(member)));
  reporter.ended(states, activationRequests);
  const cutShort = stopped?.reason === "broken" || states.some(({ status }) => status === "NotStarted");
  return { states, activationRequests, ...(cutShort && { stopped }) };
}
