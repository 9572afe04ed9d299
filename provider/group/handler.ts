import type * as pulumi from "@pulumi/pulumi";
import { deadlineIn } from "../engine/clock";
import { checkFailures, type Handler, report } from "../engine/handler";
import { containsUnknown, knownMembers } from "../engine/inputs";
import { programIndex } from "../rules/program-index";
import { groupDiagnostics } from "../rules/validate";
import { desiredMember } from "./desired";
import { machinesMissing, type MemberState } from "./member";
import { addressesIn, observeMembers, releaseMembers } from "./member-work";
import { releaseFailure } from "./rollout-failure";
import {
  extensionFailures,
  isScaleSetGroup,
  leavesScaleSet,
  movedScaleSet,
  readScaleSetGroup,
  updateScaleSetGroup,
  wasScaleSetGroup,
  withdrawFromScaleSet,
} from "./scale-set-group";
import {
  type ClientActivationInputs,
  type ClientActivationOutputs,
  readMembers,
  storeMembers,
} from "./state";
import { overSsh, reconfigured, rollOut, sameMember } from "./update";

/** How long it may take to look at the members, or to release them. */
const refreshMinutes = 30;

/** How many unfinished members a preview names one by one. */
const namedMembers = 5;

export const clientActivationHandler: Handler<ClientActivationInputs, ClientActivationOutputs> = {
  check(inputs) {
    const {
      name = "",
      os,
      edition,
      office = "",
      setupKey,
      acceptUnlisted,
      hosts = [],
    } = knownMembers(inputs);
    const group = {
      name,
      hosts: hosts.map((host) => host.name),
      os,
      edition,
      ...(office !== "" && { office }),
      productKey: setupKey,
      acceptUnlisted,
      azureKms: hosts.length === 0,
    };
    return [
      ...checkFailures(groupDiagnostics(group, programIndex({ hosts, groups: [group] }))),
      ...extensionFailures(inputs),
    ];
  },

  diff(olds, news): pulumi.dynamic.DiffResult {
    // Whether a host is activated is not known while it changes; unfinished members are visited anyway.
    if (containsUnknown({ ...news, hostsReady: olds.hostsReady })) {
      return { changes: true };
    }
    const members = readMembers(olds);
    const unfinished = members.filter(({ status }) => status !== "Licensed");
    reportUnfinished(olds.name, unfinished);
    return {
      changes:
        unfinished.length > 0 ||
        olds.onRemove !== news.onRemove ||
        reconfigured(olds, news) ||
        (isScaleSetGroup(news) ? movedScaleSet(olds, news) : movedMachines(members, olds, news)),
      replaces: leavesScaleSet(olds, news) ? ["scaleSet"] : [],
    };
  },

  async create(inputs) {
    return { id: inputs.name, outs: await work(inputs.name, inputs) };
  },

  async read(_id, olds) {
    const options = deadlineIn(refreshMinutes);
    if (wasScaleSetGroup(olds)) {
      return readScaleSetGroup(olds, options);
    }
    const seen = await observeMembers(olds, readMembers(olds), options);
    return { ...olds, ...storeMembers(seen), machinesMissing: machinesMissing(seen, olds.threshold) };
  },

  update: (id, olds, news) => work(id, news, olds),

  /** Members keep their setup key and go on renewing for as long as a KMS host answers them. */
  async remove(_id, olds) {
    const options = deadlineIn(refreshMinutes);
    if (wasScaleSetGroup(olds)) {
      await withdrawFromScaleSet(olds, options);
    }
    if (olds.onRemove !== "clearKmsHost" || olds.scaleSet?.uniform === true) {
      return;
    }
    const left = await releaseMembers(readMembers(olds), {
      maxConcurrent: olds.maxConcurrent,
      options,
      license: desiredMember(olds),
      addressOf: addressesIn(olds),
    });
    if (left.length > 0) {
      throw releaseFailure(olds.name, left);
    }
  },
};

const work = (id: string, inputs: ClientActivationInputs, olds?: ClientActivationOutputs) =>
  isScaleSetGroup(inputs) ? updateScaleSetGroup(id, inputs, olds) : rollOut(id, inputs, olds);

/** Whether other machines are meant, or the same are reached in another way. */
const movedMachines = (
  members: MemberState[],
  olds: ClientActivationOutputs,
  { machines }: ClientActivationInputs,
) =>
  olds.scaleSet !== undefined ||
  members.length !== machines.length ||
  members.some((member, index) => !sameMember(member, machines[index])) ||
  JSON.stringify(olds.machines ?? []) !== JSON.stringify(overSsh(machines));

/** Says at preview for whom there is work. */
function reportUnfinished(group: string, unfinished: MemberState[]): void {
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
