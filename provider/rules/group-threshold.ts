import { limits } from "../catalog/limits";
import { findOperatingSystem } from "../catalog/operating-systems";
import { thresholdOf } from "../catalog/threshold";

/** Count from which the members are activated; that of a client operating system where theirs is not known. */
export const groupThreshold = ({ os, office }: { os?: string; office?: string }): number => {
  if (office !== undefined) {
    return limits.officeThreshold;
  }
  return os === undefined || findOperatingSystem(os) === undefined ? limits.clientThreshold : thresholdOf(os);
};
