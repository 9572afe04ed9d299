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
import { hostsOf, type ProgramIndex, memoized } from "./program-index";
import { diagnostic, type Diagnostic } from "./diagnostic";

/** Build of Windows 8 and Windows Server 2012, the first whose own licensing service holds Office's licenses too. */
const firstSharedBuild = 9200;

/** Whether Office on this operating system has a licensing service of its own, which the package does not speak to. */
export function hasOwnOfficeService(os: string): boolean {
  const builds = findOperatingSystem(os)?.builds ?? [];
  return builds.length > 0 && Math.max(...builds) < firstSharedBuild;
}

/** Each Office version has a license pack, a host key and a count of its own (R119, A-10). */
export function officeDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  if (group.office === undefined) {
    return [];
  }
  const keyGroup = officeGroup(group.office);
  if (keyGroup === undefined) {
    const allowed = officeVersions().join(", ");
    return [diagnostic("KMS2237", "error", "office", { given: group.office, allowed })];
  }
  const hosts = hostsOf(group, index).flatMap(({ host, path }) => hostDiagnostics(keyGroup, host, path));
  return [
    ...editionDiagnostics(group, officeName(keyGroup)),
    ...ownServiceDiagnostics(group),
    ...hosts,
    ...thresholdDiagnostics(group, keyGroup, index),
  ];
}

/** Edition of Office, or one of its single products; each has a setup key of its own. */
function editionDiagnostics({ edition }: GroupFacts, office: string): Diagnostic[] {
  const editions = officeEditions(office);
  return edition === undefined || editions.includes(edition)
    ? []
    : [diagnostic("KMS2256", "error", "edition", { given: edition, office, allowed: editions.join(", ") })];
}

function ownServiceDiagnostics({ os }: GroupFacts): Diagnostic[] {
  return os !== undefined && hasOwnOfficeService(os)
    ? [diagnostic("KMS2257", "error", "os", { given: os })]
    : [];
}

function hostDiagnostics(keyGroup: KeyGroupEntry, host: HostFacts, path: string): Diagnostic[] {
  const values = { given: officeName(keyGroup), host: host.name, pack: keyGroup.licensePackId ?? 0 };
  if (host.os !== undefined && findHosting(keyGroup, host.os) === undefined) {
    const allowed = keyGroup.hosts.map(({ os }) => os).join(", ");
    return [diagnostic("KMS2238", "error", path, { ...values, os: host.os, allowed })];
  }
  return (host.office ?? []).some((version) => officeGroup(version) === keyGroup)
    ? []
    : [diagnostic("KMS2239", "error", path, values)];
}

function thresholdDiagnostics(group: GroupFacts, keyGroup: KeyGroupEntry, index: ProgramIndex): Diagnostic[] {
  const counts = officeCounts(group.hosts[0] ?? "", index);
  const expected = counts.get(keyGroup);
  return expected === undefined || expected >= limits.officeThreshold
    ? []
    : [
        diagnostic("KMS2240", "warning", "office", {
          given: officeName(keyGroup),
          expected,
          threshold: limits.officeThreshold,
          missing: limits.officeThreshold - expected,
        }),
      ];
}

/** Machines that ask this host, for each Office version; undefined when the size of a group is not known. */
const officeCounts = memoized((host: string, index) => {
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
export function officeKeyDiagnostics(host: HostFacts): Diagnostic[] {
  const keys = host.officeKeys ?? [];
  const versions = keys.map(({ office }) => office);
  return keys.flatMap((key, place) => [
    ...versionDiagnostics(host, versions, place, `officeKeys[${place}].office`),
    ...keyDiagnostics(host, key.productKey, place),
  ]);
}

/** The Office versions that a host of another program is said to serve. */
export const officeVersionDiagnostics = (host: HostFacts): Diagnostic[] =>
  (host.office ?? []).flatMap((_, place, versions) =>
    versionDiagnostics(host, versions, place, `officeVersions[${place}]`),
  );

function versionDiagnostics(
  host: HostFacts,
  versions: readonly (string | undefined)[],
  place: number,
  path: string,
): Diagnostic[] {
  const given = versions[place];
  const group = given === undefined ? undefined : officeGroup(given);
  if (given === undefined) {
    return [];
  }
  if (group === undefined) {
    return [diagnostic("KMS2237", "error", path, { given, allowed: officeVersions().join(", ") })];
  }
  const office = officeName(group);
  const before = versions.slice(0, place).map((version) => version && officeGroup(version));
  const twice = before.includes(group) ? [diagnostic("KMS2110", "error", path, { given: office })] : [];
  if (host.os === undefined) {
    return twice;
  }
  if (findHosting(group, host.os) === undefined) {
    const allowed = [...new Set(group.hosts.map(({ os }) => os))].join(", ");
    const values = { given: office, host: host.name, os: host.os, allowed };
    return [...twice, diagnostic("KMS2238", "error", path, values)];
  }
  return hasOwnOfficeService(host.os)
    ? [...twice, diagnostic("KMS2112", "error", path, { given: office, os: host.os })]
    : twice;
}

function keyDiagnostics(host: HostFacts, productKey: string | undefined, place: number): Diagnostic[] {
  const path = `officeKeys[${place}].productKey`;
  if (productKey === undefined) {
    return [];
  }
  if (!isProductKey(productKey)) {
    return [diagnostic("KMS1101", "error", path, { given: productKey.length })];
  }
  const given = keyEnding(productKey);
  const [owner] = ownersOfSetupKey(productKey);
  if (owner !== undefined) {
    return [diagnostic("KMS2008", "error", path, { given, product: `${owner.product} ${owner.edition}` })];
  }
  const others = [host.productKey, ...(host.officeKeys ?? []).slice(0, place).map((key) => key.productKey)];
  const first = others.findIndex(
    (other) => other !== undefined && normalizeProductKey(other) === normalizeProductKey(productKey),
  );
  const other = first === 0 ? "productKey" : `officeKeys[${first - 1}].productKey`;
  return first === -1 ? [] : [diagnostic("KMS2111", "error", path, { given, other })];
}

/** Machines that the package creates are made from images of Windows alone, so that they have no Office to activate. */
export const officeSourceDiagnostics = (
  source: "vms" | "scaleSet" | undefined,
  { office }: { office?: string },
): Diagnostic[] =>
  source !== undefined && office !== undefined
    ? [diagnostic("KMS2255", "error", source, { given: officeNameOf(office) })]
    : [];
