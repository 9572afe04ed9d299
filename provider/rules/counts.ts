import { Discovery } from "../catalog/constants";
import { limits } from "../catalog/limits";
import { findOperatingSystem, type OsFamily } from "../catalog/operating-systems";
import type { KMSHostZoneValues, MachineImageValues } from "./args.generated";
import { effectiveDiscovery, isDiscoveryKnown, mayBeFoundIn } from "./discovery";
import {
  type GroupFacts,
  type HostFacts,
  isGiven,
  isPartlyUnknown,
  isReadOnly,
  isUniform,
  isUnknown,
  memberCount,
  systemsOf,
} from "./facts";
import { hostsOf, memoized, type ProgramIndex } from "./program-index";

/** Count from which clients of one kind are activated; that of a client operating system where theirs is not known. */
export function countThreshold({ os, office }: { os?: string; office?: string }): number {
  if (office !== undefined) {
    return limits.officeThreshold;
  }
  return os !== undefined && findOperatingSystem(os)?.family === "server"
    ? limits.serverThreshold
    : limits.clientThreshold;
}

/** Count from which all members of a group are activated. */
export function groupThreshold(group: GroupFacts): number {
  if (isGiven(group, "office")) {
    return limits.officeThreshold;
  }
  return familyOf(group) === "server" ? limits.serverThreshold : limits.clientThreshold;
}

/** The threshold of a group in words: of members that are not known yet, both. */
export const thresholdInWords = (group: GroupFacts): string =>
  isGiven(group, "office") || familyOf(group) !== undefined
    ? String(groupThreshold(group))
    : `${limits.serverThreshold} for servers and ${limits.clientThreshold} for Windows clients`;

/** Family of the members, by which they count; of several families the one with the higher threshold. */
export function familyOf(group: GroupFacts): OsFamily | undefined {
  const families = systemsOf(group).map(({ os }) => os.family);
  return families.includes("client") ? "client" : families[0];
}

/** Whether the members count at the KMS hosts of Windows: Azure's own KMS and Office count by themselves. */
export const countsForWindows = (group: GroupFacts) =>
  group.args.azureKms !== true && !isGiven(group, "office");

/** Whether all machines of the image have the same client machine ID. */
export const hasOneMachineId = (image: MachineImageValues | undefined) =>
  image?.skipRearm === true || image?.generalized === false;

/**
 * How many members count: clones with one client machine ID count once, and machines that are off for longer than the
 * window have dropped out.
 */
export function countedMembers(group: GroupFacts): number | undefined {
  const { image, offlineDays = 0 } = group.args.assume ?? {};
  const count = memberCount(group);
  const isOpen = isUnknown(group, "assume.offlineDays") || isPartlyUnknown(group, "assume.image");
  if (count === undefined || isOpen) {
    return undefined;
  }
  if (offlineDays > limits.countWindowDays) {
    return 0;
  }
  const distinct = group.clones === undefined ? count : count - group.clones.count + 1;
  return hasOneMachineId(image) ? Math.min(count, 1) : distinct;
}

/**
 * Hosts that the members ask first: those they are pinned to, or those with the best SRV priority. The others stand by.
 */
export function askedHosts(group: GroupFacts, index: ProgramIndex): string[] {
  const hosts = [...new Set(group.args.hosts)];
  if (effectiveDiscovery(group, index).discovery === Discovery.FixedHost) {
    // Members are pinned to several hosts only where each host gets enough of them, and each member is given its own.
    const shared = isUniform(group) ? 1 : Math.floor((memberCount(group) ?? 0) / groupThreshold(group));
    return hosts.slice(0, Math.max(1, shared));
  }
  const found = hosts.filter((name) => isFound(name, group, index));
  const asked = found.length === 0 ? hosts : found;
  const priority = (name: string) => recordOf(name, group, index).priority ?? 0;
  const best = Math.min(...asked.map(priority));
  return asked.filter((name) => priority(name) === best);
}

/** Whether members may find a host where they look: KMS2218 says where they don't. */
export function isFound(name: string, group: GroupFacts, index: ProgramIndex): boolean {
  const host = index.host(name);
  return host === undefined || mayBeFoundIn(effectiveDiscovery(group, index).lookupDomain, host);
}

/**
 * The share of the members that asks a host, of those that they ask first: by the weights of their records, and the same for each
 * without weights, where members are pinned as well. Source: RFC 2782; activate-windows-clients-vamt.
 */
export function shareOf(host: string, group: GroupFacts, index: ProgramIndex): number {
  const asked = askedHosts(group, index);
  const isPinned = effectiveDiscovery(group, index).discovery === Discovery.FixedHost;
  const weight = (name: string) => (isPinned ? 0 : (recordOf(name, group, index).weight ?? 0));
  const all = asked.reduce((total, name) => total + weight(name), 0);
  return all === 0 ? 1 / asked.length : weight(host) / all;
}

/** The record that the members of a group find of a host. */
function recordOf(name: string, group: GroupFacts, index: ProgramIndex): KMSHostZoneValues {
  const host = index.host(name);
  return host?.args.zones?.[recordPlace(host, group, index)] ?? {};
}

/** Its place among the host's zones: that of the zone in which the members look, else the first. */
function recordPlace(host: HostFacts, group: GroupFacts, index: ProgramIndex): number {
  const zone = effectiveDiscovery(group, index).lookupDomain?.toLowerCase();
  const place = (host.args.zones ?? []).findIndex(({ zoneName }) => zoneName?.toLowerCase() === zone);
  return Math.max(0, place);
}

/** Whether it is known which hosts the members ask first. */
export const isSplitKnown = (group: GroupFacts, index: ProgramIndex): boolean =>
  isDiscoveryKnown(group, index) &&
  hostsOf(group, index).every(({ host }) => {
    const path = `zones[${recordPlace(host, group, index)}]`;
    return !isUnknown(host, `${path}.priority`) && !isUnknown(host, `${path}.weight`);
  });

/** What a KMS host will count when all its groups have asked. */
export interface ExpectedCount {
  /** The host's share of each group added up, so that it may be a fraction. */
  machines: number;
  /** Whether the size of a group is not known, or the host has clients of other programs. */
  open: boolean;
}

/** The count that a host can expect; Windows servers and clients add up. */
export const expectedCount = memoized((host: string, index): ExpectedCount => {
  const facts = index.host(host);
  const isShared = facts !== undefined && isReadOnly(facts);
  const expected: ExpectedCount = { machines: 0, open: isShared || index.hasOpenHosts };
  for (const group of index.groupsOf(host)) {
    const asked = askedHosts(group, index);
    if (!countsForWindows(group)) {
      continue;
    }
    if (!asked.includes(host)) {
      expected.open ||= !isSplitKnown(group, index);
      continue;
    }
    const members = countedMembers(group);
    expected.open ||= members === undefined || !isSplitKnown(group, index);
    expected.machines += (members ?? 0) * shareOf(host, group, index);
  }
  return expected;
});

/** Shares like a third do not add up exactly. */
const tolerance = 1e-6;

/** Whole machines of a share. */
export const wholeMachines = (machines: number) => Math.floor(machines + tolerance);

/** How many groups a text names. */
const namedGroups = 5;

/** The members of a host's groups that it can expect to count, and which not, and why. */
export const countedInWords = memoized((host: string, index): string => {
  const groups = index.groupsOf(host);
  const left = groups.length - namedGroups;
  const named = groups.slice(0, namedGroups).map((group) => groupInWords(group, host, index));
  return `${named.join(", ")}${left > 0 ? ` and ${left} more ${left === 1 ? "group" : "groups"}` : ""}`;
});

const groupInWords = (group: GroupFacts, host: string, index: ProgramIndex): string =>
  isGiven(group, "office")
    ? `${group.name} 0 of ${memberCount(group) ?? 0} (Office has a count of its own)`
    : shareInWords(group, host, index);

/** The members of a group that one of its hosts can expect to count, and why not all. */
export function shareInWords(group: GroupFacts, host: string, index: ProgramIndex): string {
  const { name } = group;
  const all = memberCount(group) ?? 0;
  const asked = askedHosts(group, index);
  if (!asked.includes(host)) {
    return `${name} 0 of ${all} (the host stands by for them)`;
  }
  const counted = countedMembers(group) ?? 0;
  const reasons = [
    ...(counted === 0 && all > 0 ? [`off for longer than ${limits.countWindowDays} days`] : []),
    ...((counted === 1 && all > 1) || group.clones !== undefined
      ? ["clones with one client machine ID"]
      : []),
    ...(asked.length > 1 ? [`shared by ${asked.length} hosts`] : []),
  ];
  const share = wholeMachines(counted * shareOf(host, group, index));
  return reasons.length === 0 ? `${name} ${share}` : `${name} ${share} of ${all} (${reasons.join("; ")})`;
}
