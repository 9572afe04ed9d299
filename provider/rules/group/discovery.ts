import { effectiveDiscovery } from "../effective-discovery";
import type { GroupFacts, HostFacts } from "../facts";
import { hostsOf } from "../hosts-of";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** Members that find their host by DNS must look in a zone where it publishes (R128, R130, R131). */
export function discoveryVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
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
      : [verdict("KMS2218", "warning", "lookupDomain", { ...values, given: lookupDomain })];
  }
  const suffix = group.dnsSuffix?.toLowerCase();
  if (suffix !== undefined && zones.has(suffix)) {
    return [];
  }
  if (group.domainJoined === false) {
    return [verdict("KMS2219", "error", "discovery", { ...values, given: suffix || "no DNS suffix" })];
  }
  return group.domainJoined === undefined && group.azure === true
    ? [verdict("KMS2220", "warning", "lookupDomain", values)]
    : [];
}

const zonesOf = ({ srvRecords = [] }: HostFacts) =>
  srvRecords.flatMap(({ zoneName }) => (zoneName === undefined ? [] : [zoneName.toLowerCase()]));
