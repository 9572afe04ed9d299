import { findOperatingSystem } from "../../catalog/operating-systems";
import type { GroupFacts } from "../facts";
import { hostsOf } from "../hosts-of";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** A KMS host on a client operating system activates client operating systems only (R016, R017, A-02). */
export function hostFamilyVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const system = group.os === undefined ? undefined : findOperatingSystem(group.os);
  if (group.office !== undefined || system?.family !== "server") {
    return [];
  }
  return hostsOf(group, index).flatMap(({ host, path }) => {
    const hostSystem = host.os === undefined ? undefined : findOperatingSystem(host.os);
    return hostSystem?.family === "client"
      ? [verdict("KMS2205", "error", path, { given: system.name, host: host.name, os: hostSystem.name })]
      : [];
  });
}
