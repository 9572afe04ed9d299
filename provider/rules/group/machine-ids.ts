import { hasOneMachineId } from "../expected-count";
import type { GroupFacts } from "../facts";
import { groupThreshold } from "../group-threshold";
import { type Verdict, verdict } from "../verdict";

/** Machines of an image that was not generalized have one client machine ID and count as one (R120). */
export function machineIdVerdicts({ image, os, count, azureKms }: GroupFacts): Verdict[] {
  if (!hasOneMachineId(image) || (count ?? 2) < 2 || azureKms === true) {
    return [];
  }
  const threshold = groupThreshold({ os });
  const [property, given] =
    image?.skipRearm === true
      ? ["image.skipRearm", "SkipRearm=1 in its answer file"]
      : ["image.generalized", "no sysprep /generalize"];
  return [verdict("KMS2216", "warning", property, { given: given, threshold })];
}
