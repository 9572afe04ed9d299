import { isProductKey } from "../../activation/product-key";
import { limits } from "../../catalog/limits";
import type { HostFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { remembered } from "../remembered";
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
  const { allowed, places } = placesOf(hosts, index);
  const place = places.get(host) ?? 0;
  if (place <= allowed) {
    return [];
  }
  const names = hosts
    .slice(0, allowed)
    .map(({ name }) => name)
    .join(", ");
  return [verdict("KMS2101", "error", "productKey", { given: place, allowed, names })];
}

/** How many hosts the key activates, and which of them each host is. */
const placesOf = remembered((hosts: readonly HostFacts[]) => {
  const granted = hosts.map(({ hostLimitException }) => hostLimitException?.hosts ?? 0);
  return {
    allowed: granted.reduce((most, one) => Math.max(most, one), limits.hostsPerKey),
    places: new Map(hosts.map((host, index) => [host, index + 1])),
  };
});
