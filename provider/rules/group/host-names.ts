import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** The KMS hosts that a group names are in the program (R005). */
export function hostNamesVerdicts({ hosts }: GroupFacts, index: ProgramIndex): Verdict[] {
  return hosts.flatMap((given, place) =>
    index.host(given) === undefined ? [verdict("KMS2242", "error", `hosts[${place}]`, { given })] : [],
  );
}
