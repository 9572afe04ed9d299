import {
  findHosting,
  type KeyGroupEntry,
  officeEditions,
  officeGroup,
  officeName,
  officeNameOf,
  officeVersions,
} from "../catalog/key-groups";
import { limits } from "../catalog/limits";
import { findOperatingSystem } from "../catalog/operating-systems";
import { isProductKey, keyEnding, normalizeProductKey } from "../catalog/product-key";
import { ownersOfSetupKey } from "../catalog/setup-keys";
import type { GroupFacts, HostFacts } from "./facts";
import { hostsOf, type ProgramIndex, remembered } from "./program-index";
import { verdict, type Verdict } from "./verdict";

/** Build of Windows 8 and Windows Server 2012, the first whose own licensing service holds Office's licenses too. */
const firstSharedBuild = 9200;

/** Whether Office on this operating system has a licensing service of its own, which the package does not speak to. */
export function hasOwnOfficeService(os: string): boolean {
  const builds = findOperatingSystem(os)?.builds ?? [];
  return builds.length > 0 && Math.max(...builds) < firstSharedBuild;
}

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

/**
 * Each Office version that the host serves has a host key of its own, once, on an operating system that can carry it.
 * Source: learn.microsoft.com configure-a-kms-host-computer-for-office.
 */
export function officeKeyVerdicts(host: HostFacts): Verdict[] {
  const keys = host.officeKeys ?? [];
  const versions = keys.map(({ office }) => office);
  return keys.flatMap((key, place) => [
    ...versionVerdicts(host, versions, place, `officeKeys[${place}].office`),
    ...keyVerdicts(host, key.productKey, place),
  ]);
}

/** The Office versions that a host of another program is said to serve. */
export const officeVersionVerdicts = (host: HostFacts): Verdict[] =>
  (host.office ?? []).flatMap((_, place, versions) =>
    versionVerdicts(host, versions, place, `officeVersions[${place}]`),
  );

function versionVerdicts(
  host: HostFacts,
  versions: readonly (string | undefined)[],
  place: number,
  path: string,
): Verdict[] {
  const given = versions[place];
  const group = given === undefined ? undefined : officeGroup(given);
  if (given === undefined) {
    return [];
  }
  if (group === undefined) {
    return [verdict("KMS2237", "error", path, { given, allowed: officeVersions().join(", ") })];
  }
  const office = officeName(group);
  const before = versions.slice(0, place).map((version) => version && officeGroup(version));
  const twice = before.includes(group) ? [verdict("KMS2110", "error", path, { given: office })] : [];
  if (host.os === undefined) {
    return twice;
  }
  if (findHosting(group, host.os) === undefined) {
    const allowed = [...new Set(group.hosts.map(({ os }) => os))].join(", ");
    const values = { given: office, host: host.name, os: host.os, allowed };
    return [...twice, verdict("KMS2238", "error", path, values)];
  }
  return hasOwnOfficeService(host.os)
    ? [...twice, verdict("KMS2112", "error", path, { given: office, os: host.os })]
    : twice;
}

function keyVerdicts(host: HostFacts, productKey: string | undefined, place: number): Verdict[] {
  const path = `officeKeys[${place}].productKey`;
  if (productKey === undefined) {
    return [];
  }
  if (!isProductKey(productKey)) {
    return [verdict("KMS1101", "error", path, { given: productKey.length })];
  }
  const given = keyEnding(productKey);
  const [owner] = ownersOfSetupKey(productKey);
  if (owner !== undefined) {
    return [verdict("KMS2008", "error", path, { given, product: `${owner.product} ${owner.edition}` })];
  }
  const others = [host.productKey, ...(host.officeKeys ?? []).slice(0, place).map((key) => key.productKey)];
  const first = others.findIndex(
    (other) => other !== undefined && normalizeProductKey(other) === normalizeProductKey(productKey),
  );
  const other = first === 0 ? "productKey" : `officeKeys[${first - 1}].productKey`;
  return first === -1 ? [] : [verdict("KMS2111", "error", path, { given, other })];
}

/** Machines that the package creates are made from images of Windows alone, so that they have no Office to activate. */
export const officeSourceVerdicts = (
  source: "vms" | "scaleSet" | undefined,
  { office }: { office?: string },
): Verdict[] =>
  source !== undefined && office !== undefined
    ? [verdict("KMS2255", "error", source, { given: officeNameOf(office) })]
    : [];
