import type { HostFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** An evaluation copy takes no volume license key. */
export function hostEvaluationVerdicts({ name, image, os = "" }: HostFacts): Verdict[] {
  return image?.evaluation === true ? [verdict("KMS2103", "error", "image", { given: name, os })] : [];
}
