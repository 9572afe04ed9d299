import { Discovery } from "../catalog/constants";
import { thresholdInWords } from "./counts";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import { effectiveDiscovery, isDiscoveryKnown } from "./discovery";
import { type GroupFacts, hasScaleSet, isGiven, isUniform, isUnknown, memberCount } from "./facts";
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
    const mayHaveOne = isUnknown(group, "machines.scaleSet") || isUnknown(group, "machines.scaleSetId");
    return autoscaled && !mayHaveOne ? [diagnostic("KMS2263", "error", "machines.autoscaled")] : [];
  }
  return [
    ...countDiagnostics(group),
    ...(isUniform(group) || autoscaled ? oneHostDiagnostics(group, index) : []),
    ...(isUniform(group) && isGiven(group, "rollout") ? [diagnostic("KMS2262", "warning", "rollout")] : []),
  ];
}

function countDiagnostics(group: GroupFacts): Diagnostic[] {
  const isOpen = isUnknown(group, "machines.autoscaled") || isUnknown(group, "machines.scaleSet");
  if (group.args.azureKms === true || memberCount(group) !== undefined || isOpen) {
    return [];
  }
  const [path, given] =
    group.args.machines?.autoscaled === true
      ? ["autoscaled", "an autoscaler sets the number of members"]
      : [
          isGiven(group, "machines.scaleSet") ? "scaleSet.capacity" : "scaleSetId",
          group.unreadInstances === undefined
            ? "the number of members is not known"
            : `the number of members could not be read (${group.unreadInstances})`,
        ];
  return [diagnostic("KMS2260", "info", `machines.${path}`, { given, threshold: thresholdInWords(group) })];
}

/** The model of a scale set has one command for all instances, so that none can be pinned to a host of its own. */
function oneHostDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const [host, ...others] = new Set(group.args.hosts);
  const { discovery } = effectiveDiscovery(group, index);
  return others.length > 0 && discovery === Discovery.FixedHost && isDiscoveryKnown(group, index)
    ? [diagnostic("KMS2261", "warning", "discovery", { host, given: listed(others) })]
    : [];
}
