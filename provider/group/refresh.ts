import { limits } from "../catalog/limits";
import { MemberStatus } from "../catalog/constants";
import { report } from "../engine/handler";
import { remainingMilliseconds, type RunOptions } from "../machine/machine";
import { mapConcurrent } from "./concurrency";
import { desiredClient, pinnedHosts } from "./desired";
import { askHosts, type Heard, nameHash } from "./heard";
import { isAway, off, withLastKnown } from "./member";
import { addressesIn, nameOf, observeMember } from "./member-actions";
import { isListedOff, isRebuilt, type Listed, listMembers, withNumber } from "./presence";
import { estimate } from "./sample";
import { type ClientActivationOutputs, memberKey, type MemberState } from "./state";
import { counted } from "../rules/diagnostic";
import { dayOf, millisecondsPerDay, minutesPerDay } from "../rules/days";

/*
 * A refresh of a group: what Azure's lists and the KMS hosts say of all members, and a visit to those of whom that says too
 * little. Whoever is not looked at keeps what is known of it.
 */

/** Renewals come every 7 days by default, so that a living client is in a log of one day more. */
const defaultHeardDays = limits.renewalIntervalMinutes / minutesPerDay + 1;

const minutesPerRound = 3;
const shortestMinutes = 30;

/** How long the refresh of a group may take. */
export const refreshMinutes = (
  { refresh, maxConcurrent }: Pick<ClientActivationOutputs, "refresh" | "maxConcurrent">,
  members: number,
): number =>
  refresh.timeoutMinutes ?? Math.max(shortestMinutes, Math.ceil(members / maxConcurrent) * minutesPerRound);

/** What a refresh does with a member. */
type Treatment = "visit" | "off" | "heard" | "recent" | "later" | "notStarted";

/** What a refresh knows before it visits anybody. */
export interface Knowledge {
  listed: Listed;
  heard: Heard;
  /** Days for which a member that was seen is not visited again; 0 to visit each that no host has heard from. */
  maxAgeDays: number;
  /** Licensed members that are visited at most. */
  sample?: number;
  now: number;
}

/** What a refresh does with each member, in the order of the members. */
export function treatments(members: readonly MemberState[], knowledge: Knowledge): Treatment[] {
  const { listed, heard, maxAgeDays, sample = Infinity, now } = knowledge;
  const names = countsOf(members.map(nameHash));
  const treatmentOf = (member: MemberState): Treatment => {
    if (member.status === MemberStatus.NotStarted) {
      return "notStarted";
    }
    if (isListedOff(member, listed)) {
      return "off";
    }
    if (member.status !== MemberStatus.Licensed || isRebuilt(member, listed)) {
      return "visit";
    }
    const name = nameHash(member);
    if (heard.names.has(name) && names.get(name) === 1) {
      return "heard";
    }
    const age = now - lastSeen(member);
    return maxAgeDays > 0 && age < maxAgeDays * millisecondsPerDay ? "recent" : "visit";
  };
  const all = members.map(treatmentOf);
  const due = [...members.keys()].filter(
    (index) => all[index] === "visit" && members[index].status === MemberStatus.Licensed,
  );
  // Equal times are ordered by name, so that a refresh after this one takes others first.
  due.sort((one, other) => lastSeen(members[one]) - lastSeen(members[other]) || (one < other ? -1 : 1));
  due.slice(sample).forEach((index) => (all[index] = "later"));
  return all;
}

const lastSeen = ({ seenAt = "", heardAt = "" }: MemberState): number =>
  Math.max(Date.parse(seenAt) || 0, Date.parse(heardAt) || 0);

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  names.forEach((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
  return counts;
}

/** A licensed member that a host has answered within the last days: its activation lasts at least from then on. */
function confirmed(member: MemberState, { at }: Heard, heardDays: number): MemberState {
  const lasts = Date.parse(at) + (limits.activationValidityDays - heardDays) * millisecondsPerDay;
  const until = `${new Date(lasts).toISOString().slice(0, 16)}Z`;
  const { expiresAt = "" } = member;
  return { ...member, heardAt: at, expiresAt: expiresAt > until ? expiresAt : until };
}

/** Looks at the members of a group and changes nothing on them; reports what is known of them by what. */
export async function observeMembers(
  group: ClientActivationOutputs,
  members: readonly MemberState[],
  options: RunOptions,
): Promise<MemberState[]> {
  const { maxAgeDays = 0, sample } = group.refresh;
  const heardDays = maxAgeDays > 0 ? maxAgeDays : defaultHeardDays;
  const tell = (text: string) => report(group.name, text);
  const [listed, heard] = await Promise.all([
    listMembers(members, options, tell),
    askHosts(connectionsToAsk(group, members.length), members.length, heardDays, options),
  ]);
  heard.notes.forEach(tell);
  const all = treatments(members, { listed, heard, maxAgeDays, ...(sample && { sample }), now: Date.now() });
  const visited = await visit(
    group,
    members.filter((_, index) => all[index] === "visit"),
    listed,
    options,
  );
  const states = members.map((member, index) => {
    switch (all[index]) {
      case "visit":
        return visited.get(member)!;
      case "off":
        return withLastKnown(off(nameOf(member)), member);
      case "heard":
        return withNumber(confirmed(member, heard, heardDays), listed);
      default:
        return member;
    }
  });
  refreshInWords(members, states, all, {
    sample,
    heardDays,
    refreshMinutes: refreshMinutes(group, members.length),
    interrupted: options.signal?.aborted ?? false,
  }).forEach(tell);
  return states;
}

/** A group that one round of visits reaches is visited whole, which shows more than a host can say. */
const connectionsToAsk = (
  { hostConnections, maxConcurrent }: ClientActivationOutputs,
  members: number,
): ClientActivationOutputs["hostConnections"] => (members > maxConcurrent ? hostConnections : []);

async function visit(
  group: ClientActivationOutputs,
  members: readonly MemberState[],
  listed: Listed,
  options: RunOptions,
): Promise<Map<MemberState, MemberState>> {
  const addressOf = addressesIn(group);
  const pins = pinnedHosts(members, group, members);
  const desired = desiredClient(group, dayOf(Date.now()));
  const states = await mapConcurrent(members, group.maxConcurrent, async (before) => {
    if (isOver(options)) {
      return before;
    }
    const member = isRebuilt(before, listed) ? { ...nameOf(before), status: before.status } : before;
    const host = pins.get(memberKey(member));
    const seen = await observeMember(
      member,
      addressOf(member),
      { ...desired, ...(host && { host }) },
      options,
    );
    // Time that ran out says nothing about the machine.
    return isAway(seen) && isOver(options) ? before : withNumber(seen, listed);
  });
  return new Map(members.map((member, index) => [member, states[index]]));
}

/** Whether nothing more is begun: the time ran out, or the refresh was interrupted. */
const isOver = (options: RunOptions) =>
  remainingMilliseconds(options) === 0 || options.signal?.aborted === true;

interface RefreshWords {
  sample?: number;
  heardDays: number;
  refreshMinutes: number;
  /** Whether it is the interruption that left members out. */
  interrupted: boolean;
}

/** What a refresh came to, in words: by what each part of the members is known, and what a sample says of the rest. */
export function refreshInWords(
  before: readonly MemberState[],
  after: readonly MemberState[],
  all: readonly Treatment[],
  { sample, heardDays, refreshMinutes: minutes, interrupted }: RefreshWords,
): string[] {
  const number = (treatment: Treatment) => all.filter((one) => one === treatment).length;
  const reached = after.filter((state, index) => all[index] === "visit" && state !== before[index]);
  const left = number("visit") - reached.length;
  const parts: [number, string][] = [
    [number("heard"), `heard from by KMS hosts in the last ${counted(heardDays, "day")}`],
    [reached.length, "visited"],
    [number("off"), "off"],
    [number("recent"), "seen recently enough"],
    [number("later"), "left for the next refresh"],
    [number("notStarted"), "not started"],
    [
      left,
      interrupted
        ? "not looked at, since the refresh was interrupted; they keep what was known of them"
        : `not looked at, since ${counted(minutes, "minute")} (refresh.timeoutMinutes) ${minutes === 1 ? "was" : "were"} over`,
    ],
  ];
  const counts = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const line = `of ${all.length} ${all.length === 1 ? "member" : "members"}: ${counts.join(", ")}`;
  const isSampled = (index: number) =>
    all[index] === "visit" && before[index].status === MemberStatus.Licensed;
  const sampled = after.filter((state, index) => isSampled(index) && state !== before[index]);
  const population = sampled.length + number("later");
  return all.length === 0
    ? []
    : [
        line,
        ...(sample !== undefined && number("later") > 0 && sampled.length > 0
          ? [
              estimate(
                sampled.filter(({ status }) => status === MemberStatus.Drifted).length,
                sampled.length,
                population,
              ),
            ]
          : []),
      ];
}
