import { isProductKey, keyEnding, normalizeProductKey } from "../../activation/product-key";
import { findHosting } from "../../catalog/hosting";
import { officeGroup, officeName, officeVersions } from "../../catalog/office";
import { ownersOfSetupKey } from "../../catalog/setup-keys";
import type { HostFacts } from "../facts";
import { hasOwnOfficeService } from "../office-service";
import { type Verdict, verdict } from "../verdict";

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
