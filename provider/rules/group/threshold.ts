import { limits } from "../../catalog/limits";
import { findOperatingSystem } from "../../catalog/operating-systems";
import { effectiveDiscovery } from "../effective-discovery";
import { askedHosts, expectedCount, wholeMachines } from "../expected-count";
import type { GroupFacts } from "../facts";
import { groupThreshold } from "../group-threshold";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/**
 * Will the host's count reach the threshold? (R110, R111, R117, R118, A-12) The count is cumulative over all groups of
 * the host; several hosts split it.
 */
export function thresholdVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const family = group.os === undefined ? undefined : findOperatingSystem(group.os)?.family;
  const hosts = askedHosts(group, index);
  if (family === undefined || hosts.length === 0 || group.azureKms === true || group.office !== undefined) {
    return [];
  }
  const counts = hosts.map((host) => expectedCount(host, index));
  if (counts.some(({ open }) => open)) {
    return [];
  }
  const threshold = groupThreshold(group);
  const all = wholeMachines(counts.reduce((total, { machines }) => total + machines, 0));
  const lowest = wholeMachines(Math.min(...counts.map(({ machines }) => machines)));
  if (lowest >= threshold) {
    const random = effectiveDiscovery(group, index).discovery === "dns";
    return random ? oddsVerdicts(hosts, all, family, threshold) : [];
  }
  const values = { expected: lowest, threshold, missing: threshold - lowest, hosts: hosts.length, all };
  return all >= threshold
    ? [verdict("KMS2212", "warning", "hosts", values)]
    : [verdict("KMS2211", "warning", countPath(group), values)];
}

/** With two hosts, random choice leaves both above the threshold with 95 % odds only from these sizes on. */
function oddsVerdicts(
  hosts: string[],
  all: number,
  family: "server" | "client",
  threshold: number,
): Verdict[] {
  const safe = family === "server" ? limits.twoHostsServers : limits.twoHostsClients;
  return hosts.length === 2 && all < safe
    ? [verdict("KMS2213", "info", "hosts", { all, safe, threshold })]
    : [];
}

export function countPath(group: GroupFacts): string {
  if (group.sshServers !== undefined) {
    return "ssh";
  }
  if (group.scaleSet !== undefined) {
    return "scaleSet.capacity";
  }
  return group.azureVmIds === undefined ? "vms.count" : "azureVmIds";
}
