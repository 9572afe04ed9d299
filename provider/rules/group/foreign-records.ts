import { effectiveDiscovery } from "../effective-discovery";
import { countedMembers } from "../expected-count";
import type { GroupFacts } from "../facts";
import { groupThreshold } from "../group-threshold";
import { hostsOf } from "../hosts-of";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** SRV records that nobody declared draw members away and split the count; they are named and kept. */
export function foreignRecordsVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
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
    return [verdict("KMS2221", "warning", "discovery", values)];
  });
}

const publishedZones = (group: GroupFacts, index: ProgramIndex) =>
  hostsOf(group, index).flatMap(({ host }) =>
    (host.srvRecords ?? []).flatMap(({ zoneName }) => zoneName ?? []),
  );
