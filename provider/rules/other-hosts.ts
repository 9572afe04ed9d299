import { Discovery } from "../catalog/constants";
import { officeGroup, officeNameOf } from "../catalog/key-groups";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import { effectiveDiscovery, isDiscoveryKnown } from "./discovery";
import {
  type GroupFacts,
  type HostFacts,
  hostMachine,
  hostOs,
  isAbsent,
  isGiven,
  isPartlyUnknown,
  isReadOnly,
  isUnknown,
  systemsOf,
  zonesOf,
} from "./facts";
import { pairVerdict } from "./pairs";
import { hostsOf, memoized, type ProgramIndex } from "./program-index";
import { groupOf } from "./serving";

/**
 * Members that find their KMS hosts by DNS ask every host that has a record in their zone, not only those that the group
 * names. Hosts that the records' priorities put behind the group's own ones stand by, and nothing is said of them.
 * Source: learn.microsoft.com activate-windows-clients-vamt.
 */
export function otherHostsDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { discovery, lookupDomain } = effectiveDiscovery(group, index);
  const zone = (lookupDomain ?? group.args.assume?.dnsSuffix ?? "").toLowerCase();
  const isKnown = isDiscoveryKnown(group, index) && !isPartlyUnknown(group, "hosts");
  if (!isKnown || discovery !== Discovery.Dns || zone === "" || group.args.azureKms === true) {
    return [];
  }
  const named = hostsOf(group, index).map(({ host }) => priorityIn(zone, host));
  if (named.includes("unknown")) {
    return [];
  }
  const own = Math.min(...named.map((priority) => Number(priority ?? 0)));
  const said = new Map<string, { given?: string; asked: string; names: string[]; count: number }>();
  const ownNames = new Set(group.args.hosts?.flatMap((name) => [name, ...sameMachine(name, index)]));
  for (const { priority, like, names } of alikeInZone(zone, index)) {
    const others = firstWithout(names, ownNames);
    if (others.length === 0 || priority > own) {
      continue;
    }
    const given = refusedBy(like, group);
    const asked =
      priority < own ? "asked before the group's own hosts" : "asked as often as the group's own hosts";
    const id = `${given ?? ""}\n${asked}`;
    const before = said.get(id);
    const count = names.size - [...ownNames].filter((name) => names.has(name)).length + (before?.count ?? 0);
    const shown = [...(before?.names ?? []), ...others].slice(0, namedHosts);
    said.set(id, { given, asked, names: shown, count });
  }
  return [...said.values()].map(({ given, asked, names, count }) => {
    const more = count > names.length ? [`${count - names.length} more`] : [];
    const values = { zone, host: listed([...names, ...more]), asked };
    return given === undefined
      ? diagnostic("KMS2244", "info", "discovery", values)
      : diagnostic("KMS2295", "warning", "discovery", { ...values, given });
  });
}

/** Names of the resources that stand for the machine of a host, as one that manages it and one that only looks at it do. */
function sameMachine(name: string, index: ProgramIndex): string[] {
  const host = index.host(name);
  const machine = host === undefined ? undefined : hostMachine(host);
  return machine === undefined ? [] : index.hostsOnMachine(machine).map((one) => one.name);
}

/** How many hosts a text names. */
const namedHosts = 3;

function firstWithout(names: ReadonlySet<string>, left: ReadonlySet<string>): string[] {
  const first: string[] = [];
  for (const name of names) {
    if (first.length === namedHosts) {
      break;
    }
    if (!left.has(name)) {
      first.push(name);
    }
  }
  return first;
}

/** Hosts of a zone that a group cannot tell apart but by their names. */
interface AlikeHosts {
  priority: number;
  like: HostFacts;
  names: Set<string>;
}

/** The hosts with a record in a zone by what decides whom they serve, so that many groups may ask in linear time. */
const alikeInZone = memoized((zone: string, index): AlikeHosts[] => {
  const alike = new Map<string, AlikeHosts>();
  for (const host of index.hosts()) {
    const priority = priorityIn(zone, host);
    // Which machine somebody else's host is may be known later, and be one of the group's.
    const isOpen = isReadOnly(host) && isPartlyUnknown(host, "machine");
    if (typeof priority === "number" && !isOpen) {
      const { key, officeKeys, readOnly } = host.args;
      const offices = officeKeys?.map(({ office }) => office);
      const unknown = ["key", "officeKeys"].map((path) => isPartlyUnknown(host, path));
      const id = JSON.stringify([
        priority,
        hostOs(host),
        key?.keyGroup,
        offices,
        readOnly,
        unknown,
        key === undefined,
      ]);
      const names = alike.get(id)?.names ?? new Set<string>();
      alike.set(id, { priority, like: host, names: names.add(host.name) });
    }
  }
  return [...alike.values()];
});
/** Priority of a host's record in a zone; undefined without a record there, "unknown" where it may have one. */
function priorityIn(zone: string, host: HostFacts): number | "unknown" | undefined {
  if (isUnknown(host, "zones")) {
    return "unknown";
  }
  const found = zonesOf(host).find((one) => one.zone.zoneName?.toLowerCase() === zone);
  if (found === undefined) {
    return zonesOf(host).some(({ path }) => isUnknown(host, `${path}.zoneName`)) ? "unknown" : undefined;
  }
  return isUnknown(host, `${found.path}.priority`) ? "unknown" : (found.zone.priority ?? 0);
}

/** What of a group a host refuses; undefined where it may activate all. */
function refusedBy(host: HostFacts, group: GroupFacts): string | undefined {
  const { office } = group.args;
  if (isGiven(group, "office")) {
    const version = office?.version === undefined ? undefined : officeGroup(office.version);
    const keys = host.args.officeKeys?.map((key) => key.office && officeGroup(key.office)) ?? [];
    const mayHaveKey =
      version === undefined ||
      isPartlyUnknown(host, "officeKeys") ||
      isReadOnly(host) ||
      keys.includes(version);
    return mayHaveKey ? undefined : officeNameOf(office?.version ?? "");
  }
  if (isAbsent(host, "key") && isGiven(host, "officeKeys") && !isReadOnly(host)) {
    return "Windows";
  }
  const keyGroup = groupOf(host);
  const refused = systemsOf(group).filter(
    ({ os, edition }) =>
      edition !== undefined &&
      pairVerdict({ hostOs: hostOs(host), group: keyGroup, os: os.name, edition }).listing === "refused",
  );
  return refused.length === 0
    ? undefined
    : listed(refused.map(({ os, edition }) => `${os.name} ${edition ?? ""}`));
}
