import { memberDrift } from "../activation/client-drift";
import { type MemberState, memberState } from "../activation/client-outcome";
import { observeClientPlan } from "../activation/client-plan";
import type { ClientWish } from "../activation/client-wish";
import type { MachineAddress, RunOptions } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { unreachable } from "./unreachable-member";

/**
 * Looks at a member and changes nothing. A pending one stays pending until an update has asked for it again, and one
 * that no rollout has come to stays so.
 */
export async function observeMember(
  before: MemberState,
  address: MachineAddress,
  wish: ClientWish,
  options: RunOptions,
): Promise<MemberState> {
  if (before.status === "NotStarted") {
    return before;
  }
  const { name, azureVmId, ssh, count, status } = before;
  const member = { name, azureVmId, ...(ssh !== undefined && { ssh }) };
  try {
    const answer = await openMachine(address).run(observeClientPlan(wish), {}, options);
    const seen = memberState(member, wish, answer, () => "");
    const drift = memberDrift(wish, answer);
    if (drift.length === 0) {
      return { ...seen, count };
    }
    return status === "Pending"
      ? { ...seen, status, count }
      : { ...seen, status: "Drifted", count, error: drift.join("; ") };
  } catch (error) {
    return unreachable(member, error);
  }
}
