import { findEdition } from "../../catalog/editions";
import { findHosting } from "../../catalog/hosting";
import { findKeyGroup } from "../../catalog/key-groups";
import { findOperatingSystem } from "../../catalog/operating-systems";
import type { HostFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** A KMS host's edition exists, is no Azure Edition, and is one that the product key group names. */
export function hostEditionVerdicts({ keyGroup, os, edition }: HostFacts): Verdict[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (system === undefined || edition === undefined) {
    return [];
  }
  const known = findEdition(system.name, edition)?.edition;
  if (known === undefined) {
    const allowed = system.editions.map(({ name }) => name).join(", ");
    return [verdict("KMS2005", "error", "edition", { given: edition, os: system.name, allowed })];
  }
  if (known.azureOnly === true) {
    const allowed = system.editions
      .filter(({ azureOnly }) => azureOnly !== true)
      .map(({ name }) => name)
      .join(", ");
    return [verdict("KMS2006", "error", "edition", { given: `${system.name} ${known.name}`, allowed })];
  }
  const group = keyGroup === undefined ? undefined : findKeyGroup(keyGroup);
  const named = group && findHosting(group, system.name)?.editions;
  if (group === undefined || named === undefined || named.includes(known.name)) {
    return [];
  }
  return [
    verdict("KMS2007", "error", "edition", {
      given: known.name,
      group: group.name,
      os: system.name,
      allowed: named.join(", "),
    }),
  ];
}
