import { countedMembers, groupThreshold } from "./counts";
import type { GroupFacts, HostFacts } from "./facts";
import { hostsOf, type ProgramIndex } from "./program-index";
import { diagnostic, type Diagnostic } from "./diagnostic";

/** How members find their KMS host. */
export interface EffectiveDiscovery {
  discovery: "dns" | "host";
  /** Zone that members look in, with discovery `dns`; absent: their own domain or DNS suffix. */
  lookupDomain?: string;
}

/**
 * What is declared; by default DNS in the first zone that all hosts publish in, and where there is none the hosts'
 * names.
 */
export function decideDiscovery(
  declared: { discovery?: "dns" | "host"; lookupDomain?: string },
  zonesOfHosts: readonly (readonly string[])[],
): EffectiveDiscovery {
  const lookupDomain = declared.lookupDomain ?? commonZone(zonesOfHosts);
  const discovery = declared.discovery ?? (lookupDomain === undefined ? "host" : "dns");
  return discovery === "dns" && lookupDomain !== undefined ? { discovery, lookupDomain } : { discovery };
}

/** How the members of a group find their host, as far as the zones of its hosts are known. */
export function effectiveDiscovery(group: GroupFacts, index: ProgramIndex): EffectiveDiscovery {
  const zones = hostsOf(group, index).map(({ host }) =>
    (host.srvRecords ?? []).flatMap(({ zoneName }) => zoneName ?? []),
  );
  return decideDiscovery(group, zones);
}

function commonZone(zonesOfHosts: readonly (readonly string[])[]): string | undefined {
  const [first = [], ...others] = zonesOfHosts.map((zones) => zones.map((zone) => zone.toLowerCase()));
  return first.find((zone) => others.every((zones) => zones.includes(zone)));
}

/** Members that find their host by DNS must look in a zone where it publishes (R128, R130, R131). */
export function discoveryDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { discovery, lookupDomain } = effectiveDiscovery(group, index);
  if (discovery !== "dns" || group.azureKms === true) {
    return [];
  }
  const hosts = hostsOf(group, index);
  const zones = new Set(hosts.flatMap(({ host }) => zonesOf(host)));
  const values = { zones: [...zones].join(", ") || "the host's own domain" };
  if (lookupDomain !== undefined) {
    return zones.size === 0 || zones.has(lookupDomain.toLowerCase())
      ? []
      : [diagnostic("KMS2218", "warning", "lookupDomain", { ...values, given: lookupDomain })];
  }
  const suffix = group.dnsSuffix?.toLowerCase();
  if (suffix !== undefined && zones.has(suffix)) {
    return [];
  }
  if (group.domainJoined === false) {
    return [diagnostic("KMS2219", "error", "discovery", { ...values, given: suffix || "no DNS suffix" })];
  }
  return group.domainJoined === undefined && group.azure === true
    ? [diagnostic("KMS2220", "warning", "lookupDomain", values)]
    : [];
}

const zonesOf = ({ srvRecords = [] }: HostFacts) =>
  srvRecords.flatMap(({ zoneName }) => (zoneName === undefined ? [] : [zoneName.toLowerCase()]));

/** SRV records that nobody declared draw members away and split the count; they are named and kept. */
export function foreignRecordsDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { discovery, lookupDomain } = effectiveDiscovery(group, index);
  if (discovery !== "dns") {
    return [];
  }
  const zones = lookupDomain === undefined ? publishedZones(group, index) : [lookupDomain];
  return [...new Set(zones)].flatMap((zone) => {
    const foreign = index.foreignTargets(zone);
    if (foreign.length === 0) {
      return [];
    }
    const members = countedMembers(group) ?? 0;
    const hosts = foreign.length + group.hosts.length;
    const values = {
      zone,
      given: foreign.join(", "),
      members,
      hosts,
      share: Math.round(members / hosts),
      threshold: groupThreshold(group),
    };
    return [diagnostic("KMS2221", "warning", "discovery", values)];
  });
}

const publishedZones = (group: GroupFacts, index: ProgramIndex) =>
  hostsOf(group, index).flatMap(({ host }) =>
    (host.srvRecords ?? []).flatMap(({ zoneName }) => zoneName ?? []),
  );
