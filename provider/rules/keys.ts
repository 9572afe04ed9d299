import { findKeyGroup, keyGroups, officeNameOf, suggestKeyGroups } from "../catalog/key-groups";
import { limits } from "../catalog/limits";
import { isProductKey, keyEnding, normalizeProductKey } from "../catalog/product-key";
import { findSetupKey, ownersOfSetupKey } from "../catalog/setup-keys";
import type { GroupFacts, HostFacts } from "./facts";
import {
  allowedNames,
  type HostKey,
  hostKeysOf,
  hostsAllowed,
  type ProgramIndex,
  memoized,
} from "./program-index";
import { hintOf, diagnostic, type Diagnostic } from "./diagnostic";

/** A KMS host key has the form of a product key, and is no client setup key. */
export function hostKeyDiagnostics({ productKey }: HostFacts): Diagnostic[] {
  if (productKey === undefined) {
    return [];
  }
  if (!isProductKey(productKey)) {
    return [diagnostic("KMS1101", "error", "productKey", { given: productKey.length })];
  }
  const [owner] = ownersOfSetupKey(productKey);
  return owner === undefined
    ? []
    : [
        diagnostic("KMS2008", "error", "productKey", {
          given: keyEnding(productKey),
          product: `${owner.product} ${owner.edition}`,
        }),
      ];
}

/**
 * A key, of Windows or of Office, activates so many hosts and no more (R132), unless Microsoft granted an exception
 * (R134). Hosts take their places in the order in which they become known, which is the order of the program.
 */
export const hostsPerKeyDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  hostKeysOf(host)
    .filter(({ productKey }) => isProductKey(productKey))
    .flatMap((key) => keyDiagnostics(key, index));

function keyDiagnostics({ host, path, productKey }: HostKey, index: ProgramIndex): Diagnostic[] {
  const holders = index.hostKeys(productKey);
  const { allowed, places } = placesOf(holders, index);
  const place = places.get(host) ?? 0;
  if (place <= allowed) {
    return [];
  }
  const names = allowedNames(holders, allowed);
  return [diagnostic("KMS2101", "error", path, { given: place, allowed, names })];
}

/** How many hosts the key activates, and which of them each host is. */
const placesOf = memoized((holders: readonly HostKey[]) => ({
  allowed: hostsAllowed(holders, limits.hostsPerKey),
  places: new Map(holders.map(({ host }, index) => [host, index + 1])),
}));

/** A client takes Microsoft's setup key of its own edition and no other: no KMS host key, no AVMA or retail key (R021, R148). */
export function groupKeyDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { os, edition, office, productKey } = group;
  if (productKey === undefined) {
    return [];
  }
  if (!isProductKey(productKey)) {
    return [diagnostic("KMS1101", "error", "productKey", { given: productKey.length })];
  }
  const given = normalizeProductKey(productKey);
  const [first] = index.hostKeys(given);
  if (first !== undefined) {
    return [diagnostic("KMS2010", "error", "productKey", { given: keyEnding(given), host: first.host.name })];
  }
  const installed = office === undefined ? os : officeNameOf(office);
  if (installed === undefined || edition === undefined) {
    return [];
  }
  const right = findSetupKey(installed, edition);
  if (right === undefined || right.key === given) {
    return [];
  }
  const [owner] = ownersOfSetupKey(given);
  const product = `${right.product} ${right.edition}`;
  return owner === undefined
    ? [diagnostic("KMS2011", "error", "productKey", { given: keyEnding(given), product, allowed: right.key })]
    : [
        diagnostic("KMS2012", "error", "productKey", {
          given: `${owner.product} ${owner.edition}`,
          product,
          allowed: right.key,
        }),
      ];
}

/** A product key group that Microsoft does not have is refused, with the ones that there are (R022, A-20). */
export function keyGroupDiagnostics({ keyGroup }: { keyGroup?: string }): Diagnostic[] {
  if (keyGroup === undefined || findKeyGroup(keyGroup)?.application === "windows") {
    return [];
  }
  const windowsGroups = keyGroups().filter(({ application }) => application === "windows");
  const allowed = windowsGroups.map(({ name }) => name);
  const suggestions = suggestKeyGroups(keyGroup).filter((name) => allowed.includes(name));
  return [
    diagnostic("KMS2001", "error", "keyGroup", {
      given: keyGroup,
      allowed: allowed.join("; "),
      hint: hintOf(suggestions),
    }),
  ];
}
