import { findOperatingSystem } from "../catalog/operating-systems";
import { images } from "../catalog/images";
import type { GroupFacts } from "./facts";
import { type Verdict, verdict } from "./verdict";

/** Managed run commands reach Azure machines, but not of every operating system. */
export function runCommandVerdicts({ azure, os }: Pick<GroupFacts, "azure" | "os">): Verdict[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  const own = images().filter((image) => image.os === system?.name);
  return azure === true &&
    system !== undefined &&
    own.length > 0 &&
    own.every(({ managedRunCommand }) => !managedRunCommand)
    ? [verdict("KMS2236", "warning", "os", { given: system.name })]
    : [];
}
