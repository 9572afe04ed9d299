import { Discovery } from "../catalog/constants";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import { areMembersInDomain, isHostInDomain } from "./declared-machines";
import {
  type GroupFacts,
  hasAzureMembers,
  type HostFacts,
  isGiven,
  isPartlyUnknown,
  isReadOnly,
  isUnknown,
  systemsOf,
  zoneNamesOf,
} from "./facts";
import { hostsOf, type ProgramIndex } from "./program-index";
import { lookupDomainDiagnostics } from "./zones";

/** How members find their KMS host. */
export interface EffectiveDiscovery {
  discovery: Discovery;
  /** Zone that members look in, with discovery `dns`; absent: their own domain or DNS suffix. */
  lookupDomain?: string;
}

/**
 * What is declared; by default DNS in the first zone that all hosts are in, and where there is none the hosts' names.
 */
export function decideDiscovery(
  declared: { discovery?: Discovery; lookupDomain?: string },
  zonesOfHosts: readonly (readonly string[])[],
): EffectiveDiscovery {
  const lookupDomain = declared.lookupDomain ?? commonZone(zonesOfHosts);
  const discovery = declared.discovery ?? (lookupDomain === undefined ? Discovery.FixedHost : Discovery.Dns);
  return discovery === Discovery.Dns && lookupDomain !== undefined
    ? { discovery, lookupDomain }
    : { discovery };
}

/** How the members of a group find their host, as far as the zones of its hosts are known. */
export const effectiveDiscovery = (group: GroupFacts, index: ProgramIndex): EffectiveDiscovery =>
  decideDiscovery(
    group.args,
    hostsOf(group, index).map(({ host }) => zoneNamesOf(host)),
  );

/** Whether nothing is open that decides how the members of a group find their host. */
export const isDiscoveryKnown = (group: GroupFacts, index: ProgramIndex): boolean =>
  !isUnknown(group, "discovery") && !isUnknown(group, "lookupDomain") && areZonesKnown(group, index);

const areZonesKnown = (group: GroupFacts, index: ProgramIndex): boolean =>
  !isPartlyUnknown(group, "hosts") &&
  hostsOf(group, index).every(
    ({ host }) =>
      !isUnknown(host, "zones") &&
      (host.args.zones ?? []).every((_, place) => !isUnknown(host, `zones[${place}].zoneName`)),
  );

function commonZone(zonesOfHosts: readonly (readonly string[])[]): string | undefined {
  const [first = [], ...others] = zonesOfHosts.map((zones) => zones.map((zone) => zone.toLowerCase()));
  return first.find((zone) => others.every((zones) => zones.includes(zone)));
}

/** Clients are activated by KMS hosts of the program or by Azure's own KMS: by one of the two. */
export function kmsSourceDiagnostics(group: GroupFacts): Diagnostic[] {
  const { azureKms, hosts = [] } = group.args;
  if (azureKms === true) {
    return hosts.length > 0 ? [diagnostic("KMS2250", "error", "azureKms", { given: listed(hosts) })] : [];
  }
  return hosts.length > 0 || isUnknown(group, "hosts") || isUnknown(group, "azureKms")
    ? []
    : [diagnostic("KMS2241", "error", "hosts")];
}

/** A group names each of its KMS hosts once. */
export function hostTwiceDiagnostics({ args }: GroupFacts): Diagnostic[] {
  const hosts = args.hosts ?? [];
  const firstPlaces = new Map(hosts.map((given, place) => [given, place] as const).reverse());
  return hosts.flatMap((given, place) => {
    const first = firstPlaces.get(given);
    return first === place
      ? []
      : [diagnostic("KMS2243", "error", `hosts[${place}]`, { given, first: `hosts[${first}]` })];
  });
}

/** Members that find their host by DNS must look in a zone that names it. */
export function discoveryDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { discovery, lookupDomain } = effectiveDiscovery(group, index);
  if (!isDiscoveryKnown(group, index) || discovery !== Discovery.Dns || group.args.azureKms === true) {
    return [];
  }
  if (lookupDomainDiagnostics(group).length > 0) {
    return [];
  }
  const { dnsSuffix } = group.args.assume ?? {};
  const domainJoined = areMembersInDomain(group, index);
  const missing = recordMissing(group, lookupDomain ?? dnsSuffix, index);
  if (missing.length > 0) {
    return missing;
  }
  const zones = new Set(
    hostsOf(group, index).flatMap(({ host }) => zoneNamesOf(host).map((zone) => zone.toLowerCase())),
  );
  const values = { zones: [...zones].join(", ") || "the host's own domain" };
  if (lookupDomain !== undefined) {
    return zones.size === 0 || zones.has(lookupDomain.toLowerCase())
      ? elsewhereDiagnostics(group, lookupDomain, index)
      : [
          diagnostic("KMS2218", "warning", "lookupDomain", {
            given: lookupDomain,
            found: `the KMS hosts are found in ${values.zones}`,
            change: "Add the zone to the hosts' zones, or set lookupDomain to one of theirs.",
          }),
        ];
  }
  const mayLookThere =
    dnsSuffix === undefined ? isUnknown(group, "assume.dnsSuffix") : zones.has(dnsSuffix.toLowerCase());
  if (mayLookThere) {
    return [];
  }
  if (domainJoined === false) {
    const given = dnsSuffix ? `the DNS suffix ${dnsSuffix}` : "no DNS suffix";
    return [diagnostic("KMS2219", "error", "discovery", { ...values, given })];
  }
  const mayBeInDomain = domainJoined !== undefined || isUnknown(group, "assume.domainJoined");
  return !mayBeInDomain && hasAzureMembers(group)
    ? [diagnostic("KMS2220", "warning", "lookupDomain", values)]
    : [];
}

/** Whether members that look in a zone may find a host there: one whose zones are declared has its record in these. */
export const mayBeFoundIn = (zone: string | undefined, host: HostFacts): boolean => {
  const zones = zoneNamesOf(host).map((name) => name.toLowerCase());
  return zone === undefined || zones.length === 0 || zones.includes(zone.toLowerCase());
};

/** Hosts of a group that have no record where its members look, while others have. */
const elsewhereDiagnostics = (group: GroupFacts, given: string, index: ProgramIndex): Diagnostic[] =>
  hostsOf(group, index)
    .filter(({ host }) => !mayBeFoundIn(given, host))
    .map(({ host, path }) =>
      diagnostic("KMS2218", "warning", path, {
        given,
        found: `the KMSHost ${host.name} is found in ${listed(zoneNamesOf(host))} alone and is never asked`,
        change: "Add the zone to its zones, or take it out of hosts.",
      }),
    );

/**
 * Where the program names no zone of a host, Windows publishes it in its own domain, and a machine without one nowhere. Members
 * that look elsewhere find nobody, which shows as late as at their next renewal.
 */
function recordMissing(group: GroupFacts, zone: string | undefined, index: ProgramIndex): Diagnostic[] {
  const hosts = hostsOf(group, index).map(({ host }) => host);
  if (zone === undefined || zone === "" || hosts.length < (group.args.hosts ?? []).length) {
    return [];
  }
  const reasons = hosts.map((host) => whyNotIn(zone, host, index));
  const [first] = reasons;
  return first === undefined || reasons.includes(undefined)
    ? []
    : [
        diagnostic("KMS2276", "error", isGiven(group, "lookupDomain") ? "lookupDomain" : "discovery", {
          given: zone,
          host: listed(reasons.flatMap((reason) => reason ?? [])),
        }),
      ];
}

/** Why a host has no record in a zone; undefined where it may have one. */
function whyNotIn(zone: string, host: HostFacts, index: ProgramIndex): string | undefined {
  const foreign = index.foreignTargets(zone).map((target) => target.toLowerCase().replace(/\.$/, ""));
  const { fqdn } = host.args.machine ?? {};
  if (isGiven(host, "zones") || isReadOnly(host) || foreign.includes(fqdn?.toLowerCase() ?? "")) {
    return undefined;
  }
  const domain = fqdn?.split(".").slice(1).join(".") || host.args.assume?.dnsSuffix;
  if (domain) {
    return domain.toLowerCase() === zone.toLowerCase()
      ? undefined
      : `the KMSHost ${host.name} has its record in ${domain} alone`;
  }
  return isHostInDomain(host, index) === false
    ? `the KMSHost ${host.name} is in no domain and publishes no record`
    : undefined;
}

/** Whether the records of hosts differ in what puts them in order. */
function hasOrder(hosts: { host: HostFacts }[], zoneName: string | undefined): boolean {
  const orders = hosts.flatMap(({ host }) =>
    (host.args.zones ?? [])
      .filter((zone) => zoneName === undefined || zone.zoneName?.toLowerCase() === zoneName.toLowerCase())
      .slice(0, 1)
      .map(({ priority = 0, weight = 0 }) => `${priority} ${weight}`),
  );
  return new Set(orders).size > 1;
}

/**
 * Clients of Windows Server 2008 do not order SRV records. Source: learn.microsoft.com
 * activate-using-key-management-service: priority and weight are used by Windows 7 and Windows Server 2008 R2 on.
 */
export function recordOrderDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const old = systemsOf(group).find(({ os }) => os.name === "Windows Server 2008");
  const { discovery, lookupDomain } = effectiveDiscovery(group, index);
  const isAsked = discovery === Discovery.Dns && isDiscoveryKnown(group, index);
  return old !== undefined && isAsked && hasOrder(hostsOf(group, index), lookupDomain)
    ? [diagnostic("KMS2229", "info", "os", { given: old.os.name })]
    : [];
}
