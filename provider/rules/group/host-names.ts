import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** Clients need a KMS host of the program (R005), unless Azure's own KMS activates them. */
export function hostNamesVerdicts({ hosts, azureKms }: GroupFacts, index: ProgramIndex): Verdict[] {
  if (hosts.length === 0 && azureKms !== true) {
    return [verdict("KMS2241", "error", "hosts", {})];
  }
  return hosts.flatMap((given, place) =>
    index.host(given) === undefined ? [verdict("KMS2242", "error", `hosts[${place}]`, { given })] : [],
  );
}
