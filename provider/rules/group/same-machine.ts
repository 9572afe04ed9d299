import { officeNameOf } from "../../catalog/office";
import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** A machine belongs to one group, once; one of Windows, and one for each product of Office that it has. */
export function sameMachineVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const { azureVmIds = [], sshServers = [], scaleSet } = group;
  const machines = [
    ...azureVmIds.map((machine, place) => ({ machine, path: `azureVmIds[${place}]` })),
    ...sshServers.map((machine, place) => ({ machine, path: `ssh[${place}].host` })),
    ...(scaleSet?.id === undefined ? [] : [{ machine: scaleSet.id, path: "scaleSetId" }]),
  ];
  const seen = new Set<string>();
  return machines.flatMap(({ machine, path }) => {
    if (seen.has(machine.toLowerCase())) {
      return [verdict("KMS2217", "error", path, { given: machine, group: group.name })];
    }
    seen.add(machine.toLowerCase());
    const first = index.groupsWithMachine(machine).find((other) => licenseOf(other) === licenseOf(group));
    return first === undefined || first === group
      ? []
      : [verdict("KMS2217", "error", path, { given: machine, group: first.name })];
  });
}

/** What the group activates on a machine. */
const licenseOf = ({ office, edition }: GroupFacts) =>
  office === undefined ? "" : `${officeNameOf(office)}\n${edition ?? ""}`;
