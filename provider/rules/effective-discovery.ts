import type { GroupFacts } from "./facts";
import { hostsOf } from "./hosts-of";
import type { ProgramIndex } from "./program-index";

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
