import { limits } from "../../catalog/limits";
import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** Above 50 clients two KMS hosts are recommended (R107); the group that takes a lone host past it is told. */
export function redundancyVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const [name] = group.hosts;
  if (name === undefined || group.azureKms === true) {
    return [];
  }
  if (group.hosts.length > limits.recommendedHosts) {
    return [
      verdict("KMS2210", "info", "hosts", { given: group.hosts.length, allowed: limits.recommendedHosts }),
    ];
  }
  if (group.hosts.length > 1) {
    return [];
  }
  const alone = index.groupsOf(name).filter(({ hosts }) => hosts.length === 1);
  const before = sum(alone.slice(0, alone.indexOf(group)));
  const after = before + (group.count ?? 0);
  return before <= limits.redundancyClients && after > limits.redundancyClients
    ? [
        verdict("KMS2209", "warning", "hosts", {
          given: after,
          host: name,
          allowed: limits.redundancyClients,
        }),
      ]
    : [];
}

const sum = (groups: readonly GroupFacts[]) => groups.reduce((total, { count = 0 }) => total + count, 0);
