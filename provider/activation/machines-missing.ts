import type { MemberState } from "./client-outcome";

/** Machines that the KMS host must still hear from before pending members can be activated; 0 when none is pending. */
export function machinesMissing(members: MemberState[], threshold: number): number {
  const pending = members.filter(({ status }) => status === "Pending");
  if (pending.length === 0) {
    return 0;
  }
  return Math.max(0, threshold - Math.max(...members.map(({ count }) => count)));
}
