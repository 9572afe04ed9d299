import type { GroupFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** Clients are activated by KMS hosts of the program (R005) or by Azure's own KMS: by one of the two. */
export function kmsSourceVerdicts({ hosts, azureKms }: GroupFacts): Verdict[] {
  if (azureKms !== true) {
    return hosts.length === 0 ? [verdict("KMS2241", "error", "hosts", {})] : [];
  }
  return hosts.length > 0 ? [verdict("KMS2250", "error", "azureKms", { given: hosts.join(", ") })] : [];
}
