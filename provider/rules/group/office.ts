import { findHosting } from "../../catalog/hosting";
import type { KeyGroupEntry } from "../../catalog/key-groups";
import { limits } from "../../catalog/limits";
import { officeEditions, officeGroup, officeName, officeVersions } from "../../catalog/office";
import type { GroupFacts, HostFacts } from "../facts";
import { hasOwnOfficeService } from "../office-service";
import { hostsOf } from "../hosts-of";
import type { ProgramIndex } from "../program-index";
import { remembered } from "../remembered";
import { type Verdict, verdict } from "../verdict";

/** Each Office version has a license pack, a host key and a count of its own (R119, A-10). */
export function officeVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  if (group.office === undefined) {
    return [];
  }
  const keyGroup = officeGroup(group.office);
  if (keyGroup === undefined) {
    const allowed = officeVersions().join(", ");
    return [verdict("KMS2237", "error", "office", { given: group.office, allowed })];
  }
  const hosts = hostsOf(group, index).flatMap(({ host, path }) => hostVerdicts(keyGroup, host, path));
  return [
    ...editionVerdicts(group, officeName(keyGroup)),
    ...ownServiceVerdicts(group),
    ...hosts,
    ...thresholdVerdicts(group, keyGroup, index),
  ];
}

/** Edition of Office, or one of its single products; each has a setup key of its own. */
function editionVerdicts({ edition }: GroupFacts, office: string): Verdict[] {
  const editions = officeEditions(office);
  return edition === undefined || editions.includes(edition)
    ? []
    : [verdict("KMS2256", "error", "edition", { given: edition, office, allowed: editions.join(", ") })];
}

function ownServiceVerdicts({ os }: GroupFacts): Verdict[] {
  return os !== undefined && hasOwnOfficeService(os)
    ? [verdict("KMS2257", "error", "os", { given: os })]
    : [];
}

function hostVerdicts(keyGroup: KeyGroupEntry, host: HostFacts, path: string): Verdict[] {
  const values = { given: officeName(keyGroup), host: host.name, pack: keyGroup.licensePackId ?? 0 };
  if (host.os !== undefined && findHosting(keyGroup, host.os) === undefined) {
    const allowed = keyGroup.hosts.map(({ os }) => os).join(", ");
    return [verdict("KMS2238", "error", path, { ...values, os: host.os, allowed })];
  }
  return (host.office ?? []).some((version) => officeGroup(version) === keyGroup)
    ? []
    : [verdict("KMS2239", "error", path, values)];
}

function thresholdVerdicts(group: GroupFacts, keyGroup: KeyGroupEntry, index: ProgramIndex): Verdict[] {
  const counts = officeCounts(group.hosts[0] ?? "", index);
  const expected = counts.get(keyGroup);
  return expected === undefined || expected >= limits.officeThreshold
    ? []
    : [
        verdict("KMS2240", "warning", "office", {
          given: officeName(keyGroup),
          expected,
          threshold: limits.officeThreshold,
          missing: limits.officeThreshold - expected,
        }),
      ];
}

/** Machines that ask this host, for each Office version; undefined when the size of a group is not known. */
const officeCounts = remembered((host: string, index) => {
  const counts = new Map<KeyGroupEntry, number | undefined>();
  for (const { office, count } of index.groupsOf(host)) {
    const keyGroup = office === undefined ? undefined : officeGroup(office);
    if (keyGroup !== undefined) {
      const before = counts.has(keyGroup) ? counts.get(keyGroup) : 0;
      counts.set(keyGroup, before === undefined || count === undefined ? undefined : before + count);
    }
  }
  return counts;
});
