import { findOperatingSystem } from "../../catalog/operating-systems";
import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** Clients without support can still be activated, so they are told and not warned of; a retired channel is. */
export function groupSupportVerdicts({ os }: GroupFacts, { today }: ProgramIndex): Verdict[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  const end = system?.endOfSupport;
  if (system === undefined || end === undefined || today === undefined || end >= today) {
    return [];
  }
  const retired = system.releaseOf !== undefined || system.name.endsWith("Semi-Annual Channel");
  return [
    verdict(retired ? "KMS2202" : "KMS2201", retired ? "warning" : "info", "os", { given: system.name, end }),
  ];
}
