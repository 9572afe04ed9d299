import type * as pulumi from "@pulumi/pulumi";
import type { MemberState } from "../activation/client-outcome";
import { machinesMissing } from "../activation/machines-missing";
import { groupVerdicts } from "../rules/group-verdicts";
import { programIndex } from "../rules/program-index";
import { checkFailures } from "./check-failures";
import type { ClientActivationInputs, ClientActivationOutputs } from "./client-activation";
import { deadlineIn } from "./deadline";
import { memberKey } from "./group-member";
import { overSsh } from "./group-outputs";
import { pinnedHosts, wishOf } from "./group-wish";
import type { Handler } from "./handler";
import { mapConcurrent } from "./map-concurrent";
import { addressesIn } from "./member-addresses";
import { observeMember } from "./observe-member";
import { releaseMembers } from "./release-members";
import { report } from "./report";
import { reconfigured, rollOut, sameMember } from "./roll-out";
import { releaseFailure } from "./rollout-failure";
import { readMembers, storeMembers } from "./stored-members";
import { containsUnknown, knownMembers } from "./unknown";

/** How long it may take to look at the members, or to release them. */
const refreshMinutes = 30;

/** How many unfinished members a preview names one by one. */
const namedMembers = 5;

export const clientActivationHandler: Handler<ClientActivationInputs, ClientActivationOutputs> = {
  check(inputs) {
    const { name = "", os, edition, setupKey, acceptUnlisted, hosts = [] } = knownMembers(inputs);
    const group = {
      name,
      hosts: hosts.map((host) => host.name),
      os,
      edition,
      productKey: setupKey,
      acceptUnlisted,
      azureKms: hosts.length === 0,
    };
    return checkFailures(groupVerdicts(group, programIndex({ hosts, groups: [group] })));
  },

  diff(olds, news): pulumi.dynamic.DiffResult {
    // Whether a host is activated is not known while it changes; unfinished members are visited anyway.
    if (containsUnknown({ ...news, hostsReady: olds.hostsReady })) {
      return { changes: true };
    }
    const members = readMembers(olds);
    const unfinished = members.filter(({ status }) => status !== "Licensed");
    tellUnfinished(olds.name, unfinished);
    return {
      changes:
        unfinished.length > 0 ||
        olds.onRemove !== news.onRemove ||
        reconfigured(olds, news) ||
        movedMachines(members, olds, news),
    };
  },

  async create(inputs) {
    return { id: inputs.name, outs: await rollOut(inputs.name, inputs) };
  },

  async read(_id, olds) {
    const states = readMembers(olds);
    const addressOf = addressesIn(olds);
    const pins = pinnedHosts(states, olds, states);
    const options = deadlineIn(refreshMinutes);
    const seen = await mapConcurrent(states, olds.maxConcurrent, (member) =>
      observeMember(member, addressOf(member), wishOf(olds, pins.get(memberKey(member))), options),
    );
    return { ...olds, ...storeMembers(seen), machinesMissing: machinesMissing(seen, olds.threshold) };
  },

  update: (id, olds, news) => rollOut(id, news, olds),

  /** Members keep their setup key and go on renewing for as long as a KMS host answers them. */
  async remove(_id, olds) {
    if (olds.onRemove !== "clearKmsHost") {
      return;
    }
    const members = readMembers(olds);
    const left = await releaseMembers(members, {
      maxConcurrent: olds.maxConcurrent,
      options: deadlineIn(refreshMinutes),
      addressOf: addressesIn(olds),
    });
    if (left.length > 0) {
      throw releaseFailure(olds.name, left);
    }
  },
};

/** Whether other machines are meant, or the same are reached in another way. */
const movedMachines = (
  members: MemberState[],
  olds: ClientActivationOutputs,
  { machines }: ClientActivationInputs,
) =>
  members.length !== machines.length ||
  members.some((member, index) => !sameMember(member, machines[index])) ||
  JSON.stringify(olds.machines ?? []) !== JSON.stringify(overSsh(machines));

/** Says at preview for whom there is work. */
function tellUnfinished(group: string, unfinished: MemberState[]): void {
  const named = unfinished.filter(({ status }) => status !== "NotStarted").slice(0, namedMembers);
  named.forEach(({ name, status, error }) =>
    report(group, `${name} is ${status.toLowerCase()}${error && `: ${error}`}`),
  );
  const others = unfinished.length - named.length;
  if (others > 0) {
    const notStarted = unfinished.filter(({ status }) => status === "NotStarted").length;
    report(group, `${others} more to do${notStarted > 0 ? `, ${notStarted} of them not started` : ""}`);
  }
}
