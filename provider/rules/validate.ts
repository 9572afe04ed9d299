import type { GroupFacts, HostFacts, ProgramFacts } from "./facts";
import { groupVerdicts } from "./group-verdicts";
import { hostNamesVerdicts } from "./group/host-names";
import { hostVerdicts } from "./host-verdicts";
import { programIndex } from "./program-index";
import { type Tolerance, settle } from "./settle";
import type { Verdict } from "./verdict";

/** A program for `validate`: hosts and groups with how each wants its warnings treated. */
export interface ProgramToValidate extends Omit<ProgramFacts, "hosts" | "groups"> {
  /** KMS hosts, in the order of the program. */
  hosts: (HostFacts & Tolerance)[];
  /** Client groups. */
  groups: (GroupFacts & Tolerance)[];
}

/** A verdict with the logical name of the resource that it is about. */
export interface ResourceVerdict extends Verdict {
  /** Logical name of the KMSHost or KMSClientGroup. */
  resource: string;
}

/**
 * What the preview would say of a program, without Pulumi: for unit tests and policies. Pure, and linear in the
 * program. Names must be unique; a group names its hosts by their logical names.
 */
export function validate(program: ProgramToValidate): ResourceVerdict[] {
  const index = programIndex(program);
  return [
    ...program.hosts.flatMap((host) => named(host.name, settle(hostVerdicts(host, index), host))),
    ...program.groups.flatMap((group) => {
      const verdicts = [...hostNamesVerdicts(group, index), ...groupVerdicts(group, index)];
      return named(group.name, settle(verdicts, group));
    }),
  ];
}

const named = (resource: string, verdicts: Verdict[]) => verdicts.map((one) => ({ resource, ...one }));
