import { Discovery } from "../catalog/constants";
import { countThreshold } from "../rules/counts";
import { isAccepted, kmsHostDiagnostic, systemLimits } from "./system-policy";
import type { DesiredClient } from "./plan";
import { type HostAddress, type KeptInputs, type Member, memberKey, type MemberState } from "./state";

/**
 * Which KMS host each member is pinned to. A host is used only if it gets enough members to pass its threshold, so
 * that a group too small for several has them all at one. Members that have a host keep it.
 *
 * @param held host that a member is pinned to already, by member; hosts that are not among `hosts` don't count
 */
export function assignHosts(
  members: readonly string[],
  hosts: readonly string[],
  threshold: number,
  held: ReadonlyMap<string, string>,
): Map<string, string> {
  const assigned = new Map<string, string>();
  const load = new Map(hosts.map((host) => [host, 0]));
  const pin = (member: string, host: string) => {
    assigned.set(member, host);
    load.set(host, load.get(host)! + 1);
  };
  const free: string[] = [];
  for (const member of members) {
    const host = held.get(member);
    if (host !== undefined && load.has(host)) {
      pin(member, host);
    } else {
      free.push(member);
    }
  }
  const used = usedHosts(load, free.length, threshold);
  for (const member of free) {
    pin(
      member,
      used.reduce((least, host) => (load.get(host)! < load.get(least)! ? host : least)),
    );
  }
  return assigned;
}

/** Hosts that pass their threshold, or do with some of the free members; if there is none, the fullest one. */
function usedHosts(load: ReadonlyMap<string, number>, free: number, threshold: number): string[] {
  const fullestFirst = [...load].sort(([, left], [, right]) => right - left);
  let left = free;
  const used = fullestFirst.filter(([, members]) => {
    const needed = Math.max(0, threshold - members);
    const fits = needed <= left;
    left -= fits ? needed : 0;
    return fits;
  });
  const names = (used.length > 0 ? used : fullestFirst.slice(0, 1)).map(([host]) => host);
  return [...load.keys()].filter((host) => names.includes(host));
}

/** Desired state of the members of a group, but for the host that each is pinned to. */
export function desiredClient(group: KeptInputs, today: string): DesiredClient {
  const { office, setupKey, hostsReady, discovery, hostNames, lookupDomain } = group;
  const policy = { ...group, today };
  return {
    ...(setupKey !== "" && { setupKey }),
    ...systemLimits(policy),
    ...(office !== "" && { office: true }),
    discovery,
    hostNames: hostNames.map((name) => name.toLowerCase()),
    ...(!hostsReady && { awaitsHost: true }),
    ...(lookupDomain !== "" && { lookupDomain }),
    ...(isAccepted(policy, kmsHostDiagnostic("", "")) && { replacesHostKey: true }),
  };
}

/** Count from which a KMS host activates a member, which is known once its operating system is. */
export const thresholdFor = (
  { threshold, office }: Pick<KeptInputs, "threshold" | "office">,
  { os }: Pick<MemberState, "os">,
): number => (threshold > 0 ? threshold : countThreshold({ os, ...(office !== "" && { office }) }));

/** Count from which a KMS host activates all members, as far as their operating systems are known. */
export function highestThreshold(
  group: Pick<KeptInputs, "threshold" | "office">,
  states: readonly Pick<MemberState, "os">[],
): number {
  const known = states.filter(({ os }) => os !== undefined).map((state) => thresholdFor(group, state));
  return known.length === 0 ? thresholdFor(group, {}) : known.reduce((most, one) => Math.max(most, one));
}

/**
 * The KMS host that each member is pinned to, by member key; empty with discovery `dns`. Members that are pinned to
 * one of the hosts stay with it.
 */
export function pinnedHosts(
  members: readonly (Member | MemberState)[],
  group: Pick<KeptInputs, "discovery" | "hostAddresses" | "threshold" | "office">,
  before: readonly MemberState[],
): Map<string, HostAddress> {
  const { discovery, hostAddresses } = group;
  if (discovery === Discovery.Dns) {
    return new Map();
  }
  const addresses = new Map(hostAddresses.map((address) => [address.name.toLowerCase(), address]));
  const held = new Map(before.map((state) => [memberKey(state), state.kmsHost?.toLowerCase() ?? ""]));
  const threshold = highestThreshold(group, before);
  const assigned = assignHosts(members.map(memberKey), [...addresses.keys()], threshold, held);
  return new Map([...assigned].map(([member, host]) => [member, addresses.get(host)!]));
}
