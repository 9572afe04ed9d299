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
 * What the group declares; by default DNS in the first zone that all its hosts publish in, and where there is none the
 * first host's name.
 */
export function effectiveDiscovery(group: GroupFacts, index: ProgramIndex): EffectiveDiscovery {
  const lookupDomain = group.lookupDomain ?? commonZone(group, index);
  const discovery = group.discovery ?? (lookupDomain === undefined ? "host" : "dns");
  return discovery === "dns" && lookupDomain !== undefined ? { discovery, lookupDomain } : { discovery };
}

function commonZone(group: GroupFacts, index: ProgramIndex): string | undefined {
  const zones = hostsOf(group, index).map(({ host }) =>
    (host.srvRecords ?? []).map(({ zoneName }) => zoneName?.toLowerCase()),
  );
  const [first = [], ...others] = zones;
  return first.find((zone) => zone !== undefined && others.every((theirs) => theirs.includes(zone)));
}
