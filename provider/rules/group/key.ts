import { isProductKey, keyEnding, normalizeProductKey } from "../../activation/product-key";
import { officeNameOf } from "../../catalog/office";
import { findSetupKey, ownersOfSetupKey } from "../../catalog/setup-keys";
import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** A client takes Microsoft's setup key of its own edition and no other: no KMS host key, no AVMA or retail key (R021, R148). */
export function groupKeyVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const { os, edition, office, productKey } = group;
  if (productKey === undefined) {
    return [];
  }
  if (!isProductKey(productKey)) {
    return [verdict("KMS1101", "error", "productKey", { given: productKey.length })];
  }
  const given = normalizeProductKey(productKey);
  const [first] = index.hostKeys(given);
  if (first !== undefined) {
    return [verdict("KMS2010", "error", "productKey", { given: keyEnding(given), host: first.host.name })];
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
    ? [verdict("KMS2011", "error", "productKey", { given: keyEnding(given), product, allowed: right.key })]
    : [
        verdict("KMS2012", "error", "productKey", {
          given: `${owner.product} ${owner.edition}`,
          product,
          allowed: right.key,
        }),
      ];
}
