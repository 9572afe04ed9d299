import { isProductKey } from "../../activation/product-key";
import { limits } from "../../catalog/limits";
import type { HostFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/**
 * A key activates so many hosts and no more (R132), unless Microsoft granted an exception (R134). Hosts take their
 * places in the order in which they become known, which is the order of the program.
 */
export function hostsPerKeyVerdicts(host: HostFacts, index: ProgramIndex): Verdict[] {
  if (host.productKey === undefined || !isProductKey(host.productKey)) {
    return [];
  }
  const hosts = index.hostsWithKey(host.productKey);
  const place = hosts.indexOf(host) + 1;
  const granted = hosts.map(({ hostLimitException }) => hostLimitException?.hosts ?? 0);
  const allowed = Math.max(limits.hostsPerKey, ...granted);
  if (place <= allowed) {
    return [];
  }
  const names = hosts
    .slice(0, allowed)
    .map(({ name }) => name)
    .join(", ");
  return [verdict("KMS2101", "error", "productKey", { given: place, allowed, names })];
}
