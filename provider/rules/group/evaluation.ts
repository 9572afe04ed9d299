import type { GroupFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/**
 * A setup key does not turn an evaluation copy into a volume license (R147). Standard Core can only become Datacenter
 * Core, and a domain controller nothing. Source: learn.microsoft.com upgrade-conversion-options.
 */
export function groupEvaluationVerdicts({
  image,
  os = "",
  edition = "",
  domainController,
  office,
}: GroupFacts): Verdict[] {
  if (image?.evaluation !== true || office !== undefined) {
    return [];
  }
  const verdicts = [verdict("KMS2223", "error", "image.evaluation", { given: `${os} ${edition}`.trim() })];
  return domainController === true
    ? [...verdicts, verdict("KMS2224", "info", "domainController", {})]
    : verdicts;
}
