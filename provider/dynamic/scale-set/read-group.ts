import { machinesMissing } from "../../activation/machines-missing";
import type { RunOptions } from "../../machine/machine";
import { KmsError } from "../../errors/kms-error";
import { openScaleSet, type ScaleSet, type ScaleSetAccess } from "../../machine/scale-set";
import type { ClientActivationOutputs } from "../client-activation";
import { memberKey, namedMember } from "../group-member";
import { observeMembers } from "../observe-members";
import { readMembers, storeMembers } from "../stored-members";
import { notStarted } from "../unreachable-member";
import { flexibleInstances } from "./flexible-group";
import type { ScaleSetGroupOutputs, ScaleSetWork } from "./scale-set-group";
import { instanceStates } from "./uniform-group";

/** Looks at the instances that the scale set has now; undefined when there is no such set any more. */
export async function readScaleSetGroup(
  olds: ScaleSetGroupOutputs,
  options: RunOptions,
): Promise<ClientActivationOutputs | undefined> {
  const access = openScaleSet(olds.scaleSet.id);
  const set = await presentScaleSet(access, options);
  if (set === undefined) {
    return undefined;
  }
  const work = { group: olds, access, set, options };
  const states = await (set.uniform ? instanceStates(work) : flexibleStates(work));
  return {
    ...olds,
    ...storeMembers(states),
    scaleSet: { ...olds.scaleSet, uniform: set.uniform, timestamp: set.timestamp },
    machinesMissing: machinesMissing(states, olds.threshold),
  };
}

/** The scale set as it is; undefined when it is gone. */
export async function presentScaleSet(
  access: ScaleSetAccess,
  options: RunOptions,
): Promise<ScaleSet | undefined> {
  try {
    return await access.read(options);
  } catch (error) {
    if (error instanceof KmsError && error.code === "KMS3020") {
      return undefined;
    }
    throw error;
  }
}

async function flexibleStates(work: ScaleSetWork<ScaleSetGroupOutputs>) {
  const { group, options } = work;
  const before = readMembers(group);
  const { machines, seen } = await flexibleInstances(work, before);
  const present = new Set(machines.map(memberKey));
  const observed = await observeMembers(
    group,
    before.filter((member) => present.has(memberKey(member))),
    options,
  );
  const states = new Map([...seen, ...observed].map((state) => [memberKey(state), state]));
  return machines.map((machine) => states.get(memberKey(machine)) ?? notStarted(namedMember(machine)));
}
