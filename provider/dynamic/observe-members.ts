import type { MemberState } from "../activation/client-outcome";
import type { RunOptions } from "../machine/machine";
import type { ClientActivationOutputs } from "./client-activation";
import { memberKey } from "./group-member";
import { pinnedHosts, wishOf } from "./group-wish";
import { mapConcurrent } from "./map-concurrent";
import { addressesIn } from "./member-addresses";
import { observeMember } from "./observe-member";

/** Looks at members of a group and changes nothing. */
export function observeMembers(
  group: ClientActivationOutputs,
  members: readonly MemberState[],
  options: RunOptions,
): Promise<MemberState[]> {
  const addressOf = addressesIn(group);
  const pins = pinnedHosts(members, group, members);
  return mapConcurrent(members, group.maxConcurrent, (member) =>
    observeMember(member, addressOf(member), wishOf(group, pins.get(memberKey(member))), options),
  );
}
