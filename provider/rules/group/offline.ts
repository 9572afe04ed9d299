import { limits } from "../../catalog/limits";
import type { GroupFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** Machines that are cut off drop out of the count after 30 days and lose their activation after 180 (R121, R124). */
export function offlineVerdicts({ offlineDays = 0, azureKms }: GroupFacts): Verdict[] {
  const values = {
    given: offlineDays,
    validity: limits.activationValidityDays,
    window: limits.countWindowDays,
  };
  if (offlineDays >= limits.activationValidityDays) {
    return [verdict("KMS2230", "warning", "offlineDays", values)];
  }
  return offlineDays > limits.countWindowDays && azureKms !== true
    ? [verdict("KMS2231", "warning", "offlineDays", values)]
    : [];
}
