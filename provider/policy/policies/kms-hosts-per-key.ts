import { isProductKey, keyEnding, keyFingerprint } from "../../activation/product-key";
import type { HostFacts } from "../../rules/facts";
import { type KmsPolicy, type Violation, violation } from "../policy";
import { type Declared, declaredHosts } from "../program-facts";
import schema from "../schema/kms-hosts-per-key.schema.json";

interface Parameters {
  /** Hosts of one key; a smaller number than Microsoft's keeps some in reserve. */
  hostsPerKey: number;
}

/** A KMS host key activates so many hosts and no more (R132), unless Microsoft granted an exception (R134). */
export const kmsHostsPerKey: KmsPolicy<Parameters> = {
  name: "kms-hosts-per-key",
  description: "No KMS host key is used for more hosts than it may activate.",
  enforcementLevel: "mandatory",
  scope: "stack",
  schema,
  review: (resources, { hostsPerKey }) =>
    [...hostsByKey(declaredHosts(resources)).values()].flatMap((hosts) => tooMany(hosts, hostsPerKey)),
};

/** A key that is not known yet is compared once it is. */
function hostsByKey(hosts: Declared<HostFacts>[]): Map<string, Declared<HostFacts>[]> {
  const byKey = new Map<string, Declared<HostFacts>[]>();
  for (const host of hosts) {
    const { productKey } = host.facts;
    if (productKey !== undefined && isProductKey(productKey)) {
      const fingerprint = keyFingerprint(productKey);
      byKey.set(fingerprint, [...(byKey.get(fingerprint) ?? []), host]);
    }
  }
  return byKey;
}

function tooMany(hosts: Declared<HostFacts>[], hostsPerKey: number): Violation[] {
  const granted = hosts.map(({ facts }) => facts.hostLimitException?.hosts ?? 0);
  const allowed = Math.max(hostsPerKey, ...granted);
  const names = hosts
    .slice(0, allowed)
    .map(({ facts }) => facts.name)
    .join(", ");
  return hosts.slice(allowed).map(({ resource, facts }, index) => {
    const values = { given: allowed + index + 1, ending: keyEnding(facts.productKey ?? ""), allowed, names };
    return violation(resource, "KMS8003", values, "productKey");
  });
}
