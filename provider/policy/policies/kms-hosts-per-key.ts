import { isProductKey, keyEnding, keyFingerprint } from "../../catalog/product-key";
import type { HostFacts } from "../../rules/facts";
import { type HostKey, allowedNames, hostKeysOf, hostsAllowed } from "../../rules/program-index";
import type { DeclaredResource } from "../declared-resource";
import { type KmsPolicy, type Violation, violation } from "../policy";
import { type Declared, declaredHosts } from "../program-facts";
import schema from "../schema/kms-hosts-per-key.schema.json";

interface Parameters {
  /** Hosts of one key; a smaller number than Microsoft's keeps some in reserve. */
  hostsPerKey: number;
}

/** A key on one of its hosts. */
interface Holder extends HostKey {
  resource: DeclaredResource;
}

/** A KMS host key, of Windows or of Office, activates so many hosts and no more (R132), unless Microsoft granted an exception (R134). */
export const kmsHostsPerKey: KmsPolicy<Parameters> = {
  name: "kms-hosts-per-key",
  description: "No KMS host key is used for more hosts than it may activate.",
  enforcementLevel: "mandatory",
  scope: "stack",
  schema,
  review: (resources, { hostsPerKey }) =>
    [...holdersByKey(declaredHosts(resources)).values()].flatMap((holders) => tooMany(holders, hostsPerKey)),
};

/** A key that is not known yet is compared once it is. */
function holdersByKey(hosts: Declared<HostFacts>[]): Map<string, Holder[]> {
  const byKey = new Map<string, Holder[]>();
  for (const { resource, facts } of hosts) {
    for (const key of hostKeysOf(facts).filter(({ productKey }) => isProductKey(productKey))) {
      const fingerprint = keyFingerprint(key.productKey);
      byKey.set(fingerprint, [...(byKey.get(fingerprint) ?? []), { ...key, resource }]);
    }
  }
  return byKey;
}

function tooMany(holders: Holder[], hostsPerKey: number): Violation[] {
  const allowed = hostsAllowed(holders, hostsPerKey);
  const names = allowedNames(holders, allowed);
  return holders.slice(allowed).map(({ resource, path, productKey }, index) => {
    const values = { given: allowed + index + 1, ending: keyEnding(productKey), allowed, names };
    return violation(resource, "KMS8003", values, path);
  });
}
