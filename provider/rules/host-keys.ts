import { normalizeProductKey } from "../activation/product-key";
import type { HostFacts, OfficeKeyFacts } from "./facts";

/** A host key that a KMS host is given: of Windows, or of an Office version. */
export interface HostKey {
  host: HostFacts;
  /** The property that has it. */
  path: string;
  productKey: string;
  /** More hosts for the key, as Microsoft granted them. */
  hostLimitException?: { hosts: number; reference: string };
}

/** The keys of a host as far as they are known, each once. */
export function hostKeysOf(host: HostFacts): HostKey[] {
  const keys = new Map<string, HostKey>();
  const add = (path: string, { productKey, hostLimitException }: Omit<OfficeKeyFacts, "office">) => {
    const normal = normalizeProductKey(productKey ?? "");
    if (productKey !== undefined && !keys.has(normal)) {
      keys.set(normal, { host, path, productKey, hostLimitException });
    }
  };
  add("productKey", host);
  host.officeKeys?.forEach((key, place) => add(`officeKeys[${place}].productKey`, key));
  return [...keys.values()];
}

/** How many hosts a key activates: what Microsoft granted on one of its hosts, or the given limit if that is more. */
export const hostsAllowed = (holders: readonly HostKey[], limit: number): number =>
  holders.reduce((most, { hostLimitException }) => Math.max(most, hostLimitException?.hosts ?? 0), limit);

/** Names of the hosts that may have the key: the first ones. */
export const allowedNames = (holders: readonly HostKey[], allowed: number): string =>
  holders
    .slice(0, allowed)
    .map(({ host }) => host.name)
    .join(", ");
