import { limits } from "../catalog/limits";
import { findOperatingSystem } from "../catalog/operating-systems";

/** Count from which the members are activated; that of a client operating system where theirs is not known. */
export const groupThreshold = ({ os }: { os?: string }): number =>
  os !== undefined && findOperatingSystem(os)?.family === "server"
    ? limits.serverThreshold
    : limits.clientThreshold;
