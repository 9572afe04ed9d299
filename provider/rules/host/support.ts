import { findOperatingSystem } from "../../catalog/operating-systems";
import type { HostFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** A KMS host whose operating system gets no more updates. */
export function hostSupportVerdicts({ os }: HostFacts, { today }: ProgramIndex): Verdict[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  const end = system?.endOfSupport;
  return system === undefined || end === undefined || today === undefined || end >= today
    ? []
    : [verdict("KMS2104", "warning", "os", { given: system.name, end })];
}
