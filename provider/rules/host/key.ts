import { isProductKey, keyEnding } from "../../activation/product-key";
import { ownersOfSetupKey } from "../../catalog/setup-keys";
import type { HostFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** A KMS host key has the form of a product key, and is no client setup key. */
export function hostKeyVerdicts({ productKey }: HostFacts): Verdict[] {
  if (productKey === undefined) {
    return [];
  }
  if (!isProductKey(productKey)) {
    return [verdict("KMS1101", "error", "productKey", { given: productKey.length })];
  }
  const [owner] = ownersOfSetupKey(productKey);
  return owner === undefined
    ? []
    : [
        verdict("KMS2008", "error", "productKey", {
          given: keyEnding(productKey),
          product: `${owner.product} ${owner.edition}`,
        }),
      ];
}
