import { findOperatingSystem, operatingSystems, suggestOperatingSystems } from "../catalog/operating-systems";
import { hintOf } from "./hint";
import { type Verdict, verdict } from "./verdict";

/** An operating system outside the catalogue is refused, with the ones that there are (R003). */
export function osVerdicts({ os }: { os?: string }): Verdict[] {
  if (os === undefined) {
    return [];
  }
  const entry = findOperatingSystem(os);
  if (entry === undefined) {
    const allowed = operatingSystems()
      .map(({ name }) => name)
      .join("; ");
    return [
      verdict("KMS2002", "error", "os", { given: os, allowed, hint: hintOf(suggestOperatingSystems(os)) }),
    ];
  }
  return entry.documentedElsewhere === undefined
    ? []
    : [verdict("KMS2003", "error", "os", { given: entry.name, page: entry.documentedElsewhere })];
}
