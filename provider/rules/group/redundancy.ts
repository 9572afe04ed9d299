import { limits } from "../../catalog/limits";
import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { remembered } from "../remembered";
import { type Verdict, verdict } from "../verdict";

/** Above 50 clients two KMS hosts are recommended (R107); the group that takes a lone host past it is told. */
export function redundancyVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const [name] = group.hosts;
  if (name === undefined || group.azureKms === true || group.office !== undefined) {
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
  const already = machinesBefore(name, index).get(group) ?? 0;
  const after = already + (group.count ?? 0);
  return already <= limits.redundancyClients && after > limits.redundancyClients
    ? [
        verdict("KMS2209", "warning", "hosts", {
          given: after,
          host: name,
          allowed: limits.redundancyClients,
        }),
      ]
    : [];
}

/** Machines of the groups that came before, for each group that has this host alone. */
const machinesBefore = remembered((name: string, index): Map<GroupFacts, number> => {
  const before = new Map<GroupFacts, number>();
  let machines = 0;
  for (const group of index
    .groupsOf(name)
    .filter(({ hosts, office }) => hosts.length === 1 && office === undefined)) {
    before.set(group, machines);
    machines += group.count ?? 0;
  }
  return before;
});
