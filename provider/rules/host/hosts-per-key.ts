import { isProductKey } from "../../activation/product-key";
import { limits } from "../../catalog/limits";
import type { HostFacts } from "../facts";
import { type HostKey, allowedNames, hostKeysOf, hostsAllowed } from "../host-keys";
import type { ProgramIndex } from "../program-index";
import { remembered } from "../remembered";
import { type Verdict, verdict } from "../verdict";

/**
 * A key, of Windows or of Office, activates so many hosts and no more (R132), unless Microsoft granted an exception
 * (R134). Hosts take their places in the order in which they become known, which is the order of the program.
 */
export const hostsPerKeyVerdicts = (host: HostFacts, index: ProgramIndex): Verdict[] =>
  hostKeysOf(host)
    .filter(({ productKey }) => isProductKey(productKey))
    .flatMap((key) => keyVerdicts(key, index));

function keyVerdicts({ host, path, productKey }: HostKey, index: ProgramIndex): Verdict[] {
  const holders = index.hostKeys(productKey);
  const { allowed, places } = placesOf(holders, index);
  const place = places.get(host) ?? 0;
  if (place <= allowed) {
    return [];
  }
  const names = allowedNames(holders, allowed);
  return [verdict("KMS2101", "error", path, { given: place, allowed, names })];
}

/** How many hosts the key activates, and which of them each host is. */
const placesOf = remembered((holders: readonly HostKey[]) => ({
  allowed: hostsAllowed(holders, limits.hostsPerKey),
  places: new Map(holders.map(({ host }, index) => [host, index + 1])),
}));
