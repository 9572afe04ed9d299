import { limits } from "../catalog/limits";
import { findOperatingSystem, thresholdOf } from "../catalog/operating-systems";
import { effectiveDiscovery } from "./discovery";
import type { GroupFacts, HostFacts } from "./facts";
import { type ProgramIndex, memoized } from "./program-index";
import { diagnostic, type Diagnostic } from "./diagnostic";

/** Count from which the members are activated; that of a client operating system where theirs is not known. */
export const groupThreshold = ({ os, office }: { os?: string; office?: string }): number => {
  if (office !== undefined) {
    return limits.officeThreshold;
  }
  return os === undefined || findOperatingSystem(os) === undefined ? limits.clientThreshold : thresholdOf(os);
};

/** What a KMS host will count when all its groups have asked. */
export interface ExpectedCount {
  /** The host's share of each group added up, so that it may be a fraction. */
  machines: number;
  /** Whether the size of a group is not known, or the host has clients of other programs. */
  open: boolean;
}

/**
 * Machines that count, however many they are: clones with one client machine ID count once (R120), and machines that
 * are off for longer than the window have dropped out (R121).
 */
export function countedMembers({ count, image, offlineDays = 0 }: GroupFacts): number | undefined {
  if (count === undefined) {
    return undefined;
  }
  if (offlineDays > limits.countWindowDays) {
    return 0;
  }
  return hasOneMachineId(image) ? Math.min(count, 1) : count;
}

/** Whether all machines of the image have the same client machine ID. */
export const hasOneMachineId = (image: GroupFacts["image"]) =>
  image?.skipRearm === true || image?.generalized === false;

/** Hosts that the members ask first: those they are pinned to, or those with the best SRV priority (others stand by). */
export function askedHosts(group: GroupFacts, index: ProgramIndex): string[] {
  const hosts = [...new Set(group.hosts)];
  if (effectiveDiscovery(group, index).discovery === "host") {
    // Members are pinned to several hosts only where each gets enough of them, and where each is told its own.
    const shared =
      group.scaleSet?.uniform === true ? 1 : Math.floor((group.count ?? 0) / groupThreshold(group));
    return hosts.slice(0, Math.max(1, shared));
  }
  const best = Math.min(...hosts.map((name) => priorityOf(index.host(name))));
  return hosts.filter((name) => priorityOf(index.host(name)) === best);
}

/** SRV priority of a host; the lowest number is asked first. */
export const priorityOf = (host: HostFacts | undefined) => host?.srvRecords?.[0]?.priority ?? 0;

/** The count that a host can expect; Windows servers and clients add up, Office has a count of its own. */
export const expectedCount = memoized((host: string, index): ExpectedCount => {
  const expected: ExpectedCount = { machines: 0, open: index.host(host)?.elsewhere === true };
  for (const group of index.groupsOf(host)) {
    const asked = askedHosts(group, index);
    if (group.office !== undefined || group.azureKms === true || !asked.includes(host)) {
      continue;
    }
    const members = countedMembers(group);
    expected.open ||= members === undefined;
    expected.machines += (members ?? 0) / asked.length;
  }
  return expected;
});

/** Shares like a third do not add up exactly. */
const tolerance = 1e-6;

/** Whole machines of a share. */
export const wholeMachines = (machines: number) => Math.floor(machines + tolerance);

/** Above 50 clients two KMS hosts are recommended (R107); the group that takes a lone host past it is told. */
export function redundancyDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const [name] = group.hosts;
  if (name === undefined || group.azureKms === true || group.office !== undefined) {
    return [];
  }
  if (group.hosts.length > limits.recommendedHosts) {
    return [
      diagnostic("KMS2210", "info", "hosts", { given: group.hosts.length, allowed: limits.recommendedHosts }),
    ];
  }
  if (group.hosts.length > 1) {
    return [];
  }
  const already = machinesBefore(name, index).get(group) ?? 0;
  const after = already + (group.count ?? 0);
  return already <= limits.redundancyClients && after > limits.redundancyClients
    ? [
        diagnostic("KMS2209", "warning", "hosts", {
          given: after,
          host: name,
          allowed: limits.redundancyClients,
        }),
      ]
    : [];
}

/** Machines of the groups that came before, for each group that has this host alone. */
const machinesBefore = memoized((name: string, index): Map<GroupFacts, number> => {
  const before = new Map<GroupFacts, number>();
  let machines = 0;
  for (const group of index
    .groupsOf(name)
    .filter(({ hosts, office }) => hosts.length === 1 && office === undefined)) {
    before.set(group, machines);
    machines += group.count ?? 0;
  }
  return before;
});
