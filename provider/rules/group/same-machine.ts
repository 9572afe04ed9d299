import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** A machine belongs to one group, once. */
export function sameMachineVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const seen = new Set<string>();
  return (group.azureVmIds ?? []).flatMap((id, place) => {
    const path = `azureVmIds[${place}]`;
    if (seen.has(id.toLowerCase())) {
      return [verdict("KMS2217", "error", path, { given: id, group: group.name })];
    }
    seen.add(id.toLowerCase());
    const [first] = index.groupsWithMachine(id);
    return first === undefined || first === group
      ? []
      : [verdict("KMS2217", "error", path, { given: id, group: first.name })];
  });
}
