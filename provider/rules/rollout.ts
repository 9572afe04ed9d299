import { Discovery } from "../catalog/constants";
import { groupThreshold } from "./counts";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import { effectiveDiscovery } from "./discovery";
import { type GroupFacts, hasScaleSet, isGiven, isUniform, memberCount } from "./facts";
import type { ProgramIndex } from "./program-index";

/** A rollout has one limit of failures. */
export const failureLimitDiagnostics = (group: GroupFacts): Diagnostic[] =>
  isGiven(group, "rollout.maxFailures") && isGiven(group, "rollout.maxFailuresPercent")
    ? [diagnostic("KMS2265", "error", "rollout.maxFailuresPercent")]
    : [];

/** What is different for members that are instances of a scale set. */
export function scaleSetDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { autoscaled = false } = group.args.machines ?? {};
  if (!hasScaleSet(group)) {
    return autoscaled ? [diagnostic("KMS2263", "error", "machines.autoscaled")] : [];
  }
  return [
    ...countDiagnostics(group),
    ...(isUniform(group) || autoscaled ? oneHostDiagnostics(group, index) : []),
    ...(isUniform(group) && isGiven(group, "rollout") ? [diagnostic("KMS2262", "warning", "rollout")] : []),
  ];
}

function countDiagnostics(group: GroupFacts): Diagnostic[] {
  if (group.args.azureKms === true || memberCount(group) !== undefined) {
    return [];
  }
  const [path, given] =
    group.args.machines?.autoscaled === true
      ? ["autoscaled", "an autoscaler sets the number of members"]
      : [
          isGiven(group, "machines.scaleSet") ? "scaleSet.capacity" : "scaleSetId",
          "the number of members is not known",
        ];
  return [diagnostic("KMS2260", "info", `machines.${path}`, { given, threshold: groupThreshold(group) })];
}

/** The model of a scale set has one command for all instances, so that none can be pinned to a host of its own. */
function oneHostDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const [host, ...others] = new Set(group.args.hosts);
  return others.length > 0 && effectiveDiscovery(group, index).discovery === Discovery.FixedHost
    ? [diagnostic("KMS2261", "warning", "discovery", { host, given: listed(others) })]
    : [];
}
