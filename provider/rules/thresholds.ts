import { Discovery } from "../catalog/constants";
import { limits } from "../catalog/limits";
import {
  askedHosts,
  countedInWords,
  countedMembers,
  countsForWindows,
  expectedCount,
  familyOf,
  groupThreshold,
  hasOneMachineId,
  isFound,
  isSplitKnown,
  shareOf,
  thresholdInWords,
  wholeMachines,
} from "./counts";
import { counted, type Diagnostic, diagnostic } from "./diagnostic";
import { effectiveDiscovery, isDiscoveryKnown } from "./discovery";
import {
  type GroupFacts,
  isGiven,
  isPartlyUnknown,
  memberCount,
  namesInZone,
  zoneNamesOf,
  zonesOf,
} from "./facts";
import { hostsOf, memoized, type ProgramIndex } from "./program-index";
import { minutesPerDay } from "./days";

/**
 * Whether the hosts' counts reach the threshold. A count is cumulative over all groups of a host; several hosts split
 * it.
 */
export function thresholdDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const hosts = askedHosts(group, index);
  const isKnown = familyOf(group) !== undefined && isSplitKnown(group, index);
  if (!isKnown || hosts.length === 0 || !countsForWindows(group)) {
    return [];
  }
  const counts = hosts.map((host) => expectedCount(host, index));
  if (counts.some(({ open }) => open)) {
    return [];
  }
  const machines = counts.map((count) => count.machines);
  return shortfallDiagnostics(group, index, hosts, machines, (values) =>
    diagnostic("KMS2211", "warning", countPath(group), {
      ...values,
      counted: countedInWords(values.host, index),
    }),
  );
}

/** A host that counts too few machines, and all hosts of its group together, too. */
interface Shortfall extends Record<string, string | number> {
  host: string;
  expected: number;
  threshold: number;
  missing: number;
}

/**
 * Hosts that the members of a group ask and of which one counts too few machines.
 * @param counts what each host can expect to count
 * @param tooFew reports that all hosts together count too few, where it is not that they share what they count
 */
export function shortfallDiagnostics(
  group: GroupFacts,
  index: ProgramIndex,
  hosts: string[],
  counts: number[],
  tooFew: (values: Shortfall) => Diagnostic,
): Diagnostic[] {
  const threshold = groupThreshold(group);
  const all = wholeMachines(counts.reduce((total, machines) => total + machines, 0));
  const isEven = new Set(hosts.map((host) => shareOf(host, group, index))).size === 1;
  const lowest = wholeMachines(Math.min(...counts));
  if (lowest >= threshold) {
    const random = effectiveDiscovery(group, index).discovery === Discovery.Dns;
    return random && isEven ? oddsDiagnostics(hosts, all, threshold) : [];
  }
  const host = hosts[counts.findIndex((machines) => wholeMachines(machines) === lowest)];
  const values = { host, expected: lowest, threshold, missing: threshold - lowest };
  return all >= threshold
    ? [
        diagnostic("KMS2212", "warning", "hosts", {
          ...values,
          hosts: hosts.length,
          all,
          where: isEven ? "each" : `${host}, by the weights of their records`,
        }),
      ]
    : [tooFew(values)];
}

/** With two hosts, random choice leaves both above the threshold with 95 % odds only from these sizes on. */
function oddsDiagnostics(hosts: string[], all: number, threshold: number): Diagnostic[] {
  const safe = threshold === limits.serverThreshold ? limits.twoHostsServers : limits.twoHostsClients;
  return hosts.length === 2 && all < safe
    ? [diagnostic("KMS2213", "info", "hosts", { all, safe, threshold })]
    : [];
}

/** The argument that decides how many members a group has. */
function countPath(group: GroupFacts): string {
  const paths = [
    ["machines.create", "machines.create.count"],
    ["machines.scaleSet", "machines.scaleSet.capacity"],
    ["machines.scaleSetId", "machines.scaleSetId"],
    ["machines.azureVmIds", "machines.azureVmIds"],
    ["machines.ssh", "machines.ssh.machines"],
  ];
  return paths.find(([path]) => isGiven(group, path))?.[1] ?? "machines";
}

/** SRV records that no resource declares draw members away and split the count; they are named and kept. */
export function foreignRecordsDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { discovery, lookupDomain } = effectiveDiscovery(group, index);
  if (discovery !== Discovery.Dns || !isDiscoveryKnown(group, index)) {
    return [];
  }
  const published = hostsOf(group, index).flatMap(({ host }) => zoneNamesOf(host));
  const zones = new Set(lookupDomain === undefined ? published : [lookupDomain]);
  return [...zones].flatMap((zone) => {
    const own = namesOfHosts("hosts", index);
    const foreign = index.foreignTargets(zone).filter((target) => !own.has(plainName(target)));
    if (foreign.length === 0) {
      return [];
    }
    const ttl = index.zone(zone)?.ttlSeconds;
    const values = {
      zone,
      given: foreign.join(", "),
      split: splitInWords(countedMembers(group), foreign.length + (group.args.hosts ?? []).length),
      threshold: thresholdInWords(group),
      ttl: ttl === undefined ? "" : `; clients look again after ${counted(ttl, "second")}`,
    };
    return [diagnostic("KMS2221", "warning", "discovery", values)];
  });
}

/** Nothing is said of a number that is not known, or that a KMS host does not count. */
const splitInWords = (members: number | undefined, hosts: number) =>
  members === undefined || members === 0
    ? `the members divide among ${counted(hosts, "host")}`
    : `${counted(members, "member")} over ${counted(hosts, "host")} ${members === 1 ? "leaves" : "leave"} about ${Math.round(members / hosts)} on each`;

/** The names that the program's hosts have, in their records or elsewhere. */
const namesOfHosts = memoized((_all: "hosts", index): Set<string> => {
  const names = new Set<string>();
  for (const host of index.hosts()) {
    const { fqdn } = host.args.machine ?? {};
    const targets = zonesOf(host).flatMap(({ zone }) => namesInZone(zone, host));
    [fqdn, ...targets].forEach((name) => name !== undefined && names.add(plainName(name)));
  }
  return names;
});

const plainName = (name: string) => name.toLowerCase().replace(/\.$/, "");

/** Above 50 clients two KMS hosts are recommended; the group that takes a lone host past that number is told. */
export function redundancyDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const hosts = [...new Set(group.args.hosts)];
  const [name] = hosts;
  if (name === undefined || !countsForWindows(group) || isPartlyUnknown(group, "hosts")) {
    return [];
  }
  const allowed = limits.recommendedHosts;
  if (hosts.length > allowed) {
    return [diagnostic("KMS2210", "info", "hosts", { given: hosts.length, allowed })];
  }
  if (hosts.length > 1) {
    return [];
  }
  const before = machinesBefore(name, index).get(group);
  if (before === undefined) {
    return [];
  }
  const after = before + (memberCount(group) ?? 0);
  const values = { given: after, host: name, allowed: limits.redundancyClients };
  return before <= limits.redundancyClients && after > limits.redundancyClients
    ? [diagnostic("KMS2209", "warning", "hosts", values)]
    : [];
}

/** Machines of the groups that came before, for each group that has this host alone; a group is left out where that is open. */
const machinesBefore = memoized((name: string, index): Map<GroupFacts, number> => {
  const before = new Map<GroupFacts, number>();
  let machines = 0;
  if (index.hasOpenHosts) {
    return before;
  }
  for (const group of index.groupsOf(name)) {
    if (new Set(group.args.hosts).size === 1 && !isGiven(group, "office")) {
      before.set(group, machines);
      const count = memberCount(group);
      if (count === undefined && isPartlyUnknown(group, "machines")) {
        break;
      }
      machines += count ?? 0;
    }
  }
  return before;
});

/** A host that only met servers remembers 10 machines, so that the first client sees a count of 11 at most. */
export function countCacheDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  if (familyOf(group) !== "client" || isGiven(group, "office") || !isSplitKnown(group, index)) {
    return [];
  }
  return askedHosts(group, index).flatMap((host) => {
    const servers = serversOf(host, index);
    return servers > limits.countCacheServer
      ? [
          diagnostic("KMS2214", "info", "hosts", {
            host,
            servers,
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
    .filter((other) => familyOf(other) === "server" && !isGiven(other, "office"));
  return servers.reduce((total, other) => total + (countedMembers(other) ?? 0), 0);
});

/** A host that stands by in SRV priority counts no machines, so that after a failover the first ones are refused. */
export function standbyDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { discovery } = effectiveDiscovery(group, index);
  if (discovery === Discovery.FixedHost || !isSplitKnown(group, index)) {
    return [];
  }
  const asked = new Set(askedHosts(group, index));
  const isKnown = familyOf(group) !== undefined || isGiven(group, "office");
  const machines = isKnown ? `${groupThreshold(group) - 1} machines` : "machines";
  return hostsOf(group, index).flatMap(({ host, path }) =>
    asked.has(host.name) || !isFound(host.name, group, index)
      ? []
      : [diagnostic("KMS2215", "warning", path, { host: host.name, machines })],
  );
}

/** Machines of an image that was not generalized have one client machine ID and count as one. */
export function machineIdDiagnostics(group: GroupFacts): Diagnostic[] {
  const { image } = group.args.assume ?? {};
  const several = (memberCount(group) ?? (isPartlyUnknown(group, "machines") ? 1 : 2)) > 1;
  if (group.args.azureKms === true) {
    return [];
  }
  const { clones } = group;
  if (clones !== undefined) {
    const given = `of ${counted(clones.count, "member")} is ${clones.source}`;
    return [
      diagnostic("KMS2216", "warning", countPath(group), { given, threshold: thresholdInWords(group) }),
    ];
  }
  if (!hasOneMachineId(image) || !several) {
    return [];
  }
  const [path, given] =
    image?.skipRearm === true
      ? ["assume.image.skipRearm", "has SkipRearm=1 in its answer file"]
      : ["assume.image.generalized", "was captured without sysprep /generalize"];
  return [diagnostic("KMS2216", "warning", path, { given, threshold: thresholdInWords(group) })];
}

/** Machines that are cut off drop out of the count after 30 days and lose their activation after 180. */
export function offlineDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { args } = group;
  const { offlineDays = 0 } = args.assume ?? {};
  const renewal = offlineDays > 0 ? longRenewalDays(group, index) : 0;
  const values = {
    given: offlineDays,
    validity: limits.activationValidityDays,
    window: limits.countWindowDays,
    since: renewal === 0 ? "" : `, up to ${counted(renewal, "day")} after they renewed,`,
  };
  if (offlineDays >= limits.activationValidityDays) {
    return [diagnostic("KMS2230", "warning", "assume.offlineDays", values)];
  }
  return offlineDays + renewal > limits.countWindowDays && args.azureKms !== true
    ? [diagnostic("KMS2231", "warning", "assume.offlineDays", values)]
    : [];
}

/** Days between renewals where a host of the group has more of them than by default; 0 otherwise. */
function longRenewalDays(group: GroupFacts, index: ProgramIndex): number {
  const minutes = hostsOf(group, index).map(({ host }) => host.args.renewalIntervalMinutes ?? 0);
  const longest = Math.max(0, ...minutes);
  return longest > limits.renewalIntervalMinutes ? Math.floor(longest / minutesPerDay) : 0;
}
