import { limits } from "../catalog/limits";
import { findOperatingSystem } from "../catalog/operating-systems";
import {
  askedHosts,
  countedMembers,
  expectedCount,
  groupThreshold,
  hasOneMachineId,
  wholeMachines,
} from "./counts";
import { effectiveDiscovery } from "./discovery";
import type { GroupFacts } from "./facts";
import { type ProgramIndex, memoized } from "./program-index";
import { diagnostic, type Diagnostic } from "./diagnostic";

/**
 * Will the host's count reach the threshold? (R110, R111, R117, R118, A-12) The count is cumulative over all groups of
 * the host; several hosts split it.
 */
export function thresholdDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
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
    return random ? oddsDiagnostics(hosts, all, family, threshold) : [];
  }
  const values = { expected: lowest, threshold, missing: threshold - lowest, hosts: hosts.length, all };
  return all >= threshold
    ? [diagnostic("KMS2212", "warning", "hosts", values)]
    : [diagnostic("KMS2211", "warning", countPath(group), values)];
}

/** With two hosts, random choice leaves both above the threshold with 95 % odds only from these sizes on. */
function oddsDiagnostics(
  hosts: string[],
  all: number,
  family: "server" | "client",
  threshold: number,
): Diagnostic[] {
  const safe = family === "server" ? limits.twoHostsServers : limits.twoHostsClients;
  return hosts.length === 2 && all < safe
    ? [diagnostic("KMS2213", "info", "hosts", { all, safe, threshold })]
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

/** A host that only met servers remembers 10 machines, so the first client is told 11 at most. */
export function countCacheDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  if (familyOf(group) !== "client" || group.office !== undefined) {
    return [];
  }
  return askedHosts(group, index).flatMap((host) => {
    const machines = serversOf(host, index);
    return machines > limits.countCacheServer
      ? [
          diagnostic("KMS2214", "info", "hosts", {
            host,
            servers: machines,
            cache: limits.countCacheServer,
            first: limits.countCacheServer + 1,
            expected: wholeMachines(expectedCount(host, index).machines),
          }),
        ]
      : [];
  });
}

const serversOf = memoized((host: string, index): number => {
  const servers = index
    .groupsOf(host)
    .filter((other) => familyOf(other) === "server" && other.office === undefined);
  return servers.reduce((total, other) => total + (countedMembers(other) ?? 0), 0);
});

const familyOf = ({ os }: GroupFacts) => (os === undefined ? undefined : findOperatingSystem(os)?.family);

/** A host that stands by in SRV priority counts nobody, so after a failover the first machines are refused. */
export function standbyDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  if (effectiveDiscovery(group, index).discovery === "host") {
    return [];
  }
  const asked = new Set(askedHosts(group, index));
  return group.hosts.flatMap((name, place) =>
    asked.has(name)
      ? []
      : [
          diagnostic("KMS2215", "warning", `hosts[${place}]`, {
            host: name,
            refused: limits.clientThreshold - 1,
          }),
        ],
  );
}

/** Machines of an image that was not generalized have one client machine ID and count as one (R120). */
export function machineIdDiagnostics({ image, os, office, count, azureKms }: GroupFacts): Diagnostic[] {
  if (!hasOneMachineId(image) || (count ?? 2) < 2 || azureKms === true) {
    return [];
  }
  const threshold = groupThreshold({ os, office });
  const [property, given] =
    image?.skipRearm === true
      ? ["image.skipRearm", "SkipRearm=1 in its answer file"]
      : ["image.generalized", "no sysprep /generalize"];
  return [diagnostic("KMS2216", "warning", property, { given: given, threshold })];
}

/** Machines that are cut off drop out of the count after 30 days and lose their activation after 180 (R121, R124). */
export function offlineDiagnostics({ offlineDays = 0, azureKms }: GroupFacts): Diagnostic[] {
  const values = {
    given: offlineDays,
    validity: limits.activationValidityDays,
    window: limits.countWindowDays,
  };
  if (offlineDays >= limits.activationValidityDays) {
    return [diagnostic("KMS2230", "warning", "offlineDays", values)];
  }
  return offlineDays > limits.countWindowDays && azureKms !== true
    ? [diagnostic("KMS2231", "warning", "offlineDays", values)]
    : [];
}
