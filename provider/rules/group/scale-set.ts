import { effectiveDiscovery } from "../effective-discovery";
import type { GroupFacts, ScaleSetFacts } from "../facts";
import { groupThreshold } from "../group-threshold";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** What is different for members that are instances of a scale set. */
export function scaleSetVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const { scaleSet, autoscaled = false } = group;
  if (scaleSet === undefined) {
    return autoscaled ? [verdict("KMS2263", "error", "autoscaled", {})] : [];
  }
  return [
    ...countVerdicts(group),
    ...(scaleSet.uniform === true || autoscaled ? oneHostVerdicts(group, index) : []),
    ...(scaleSet.uniform === true && scaleSet.rollout === true
      ? [verdict("KMS2262", "warning", "rollout", {})]
      : []),
    ...outboundVerdicts(group, scaleSet),
  ];
}

function countVerdicts(group: GroupFacts): Verdict[] {
  if (group.azureKms === true || group.count !== undefined) {
    return [];
  }
  const [property, given] =
    group.autoscaled === true
      ? ["autoscaled", "an autoscaler sets the number of members"]
      : [
          group.scaleSet?.created === true ? "scaleSet.capacity" : "scaleSetId",
          "the number of members is not known",
        ];
  return [verdict("KMS2260", "info", property, { given, threshold: groupThreshold(group) })];
}

/** The model of a scale set has one command for all instances, so none can be pinned to a host of its own. */
function oneHostVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const [host, ...others] = new Set(group.hosts);
  return others.length > 0 && effectiveDiscovery(group, index).discovery === "host"
    ? [verdict("KMS2261", "warning", "discovery", { host, given: others.join(", ") })]
    : [];
}

/** Source: learn.microsoft.com default-outbound-access. */
function outboundVerdicts({ azureKms, network }: GroupFacts, { uniform }: ScaleSetFacts): Verdict[] {
  return azureKms === true && uniform === false && (network?.outbound ?? "none") === "none"
    ? [verdict("KMS2264", "warning", "network.outbound", {})]
    : [];
}
