import { normalizeProductKey } from "../activation/product-key";
import type { HostFacts } from "./facts";

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
  const office = (host.officeKeys ?? []).map((key, place) => ({
    ...key,
    path: `officeKeys[${place}].productKey`,
  }));
  const seen = new Set<string>();
  return [{ ...host, path: "productKey" }, ...office].flatMap(({ path, productKey, hostLimitException }) => {
    const normal = productKey && normalizeProductKey(productKey);
    if (productKey === undefined || normal === undefined || seen.has(normal)) {
      return [];
    }
    seen.add(normal);
    return { host, path, productKey, ...(hostLimitException && { hostLimitException }) };
  });
}
