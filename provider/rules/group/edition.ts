import { findEdition } from "../../catalog/editions";
import { findOperatingSystem } from "../../catalog/operating-systems";
import { findSetupKey } from "../../catalog/setup-keys";
import type { GroupFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** The edition of a client group exists and has a setup key, for without one no machine of it can be a KMS client (R148, A-19). */
export function groupEditionVerdicts({ os, edition, office }: GroupFacts): Verdict[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (system === undefined || edition === undefined || office !== undefined) {
    return [];
  }
  const known = findEdition(system.name, edition);
  if (known !== undefined && findSetupKey(system.name, edition) !== undefined) {
    return [];
  }
  const names = system.editions.map(({ name }) => name);
  const allowed = names.filter((name) => findSetupKey(system.name, name) !== undefined).join(", ");
  const code = known === undefined ? "KMS2005" : "KMS2009";
  return [verdict(code, "error", "edition", { given: edition, os: system.name, allowed: allowed || "none" })];
}
