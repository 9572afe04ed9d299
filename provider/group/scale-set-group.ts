import type * as pulumi from "@pulumi/pulumi";
import { deadlineIn } from "../engine/clock";
import { PartialFailure } from "../engine/handler";
import { containsUnknown } from "../engine/inputs";
import { KmsError } from "../errors/kms-error";
import type { RunOptions } from "../machine/machine";
import {
  openScaleSet,
  type ScaleSet,
  type ScaleSetAccess,
  type ScaleSetInstance,
} from "../machine/scale-set";
import { licensingExtension } from "../machine/scale-set-extension";
import { machinesMissing, type MemberState, notStarted } from "./member";
import { observeMembers } from "./member-work";
import { releaseClientPlan } from "./plan";
import { instancesFailure, releaseFailure } from "./rollout-failure";
import { rolloutSettings } from "./rollout-plan";
import {
  applyExtension,
  checkModel,
  configureInstances,
  flexibleInstances,
  instanceExtension,
  instanceState,
  instanceStates,
  desiredInstance,
  isInModel,
  withdrawExtension,
} from "./scale-set-instances";
import {
  type ClientActivationInputs,
  type ClientActivationOutputs,
  memberKey,
  namedMember,
  readMembers,
  storeMembers,
} from "./state";
import { groupOutputs, rollOut } from "./update";

/** The scale set whose instances are the members of a group. */
export interface ScaleSetInputs {
  /** Azure resource ID. */
  id: string;
  /** Number of instances that the program wants; -1 when it does not say. */
  capacity: number;
  /** Whether an autoscaler sets the number of instances. */
  autoscaled: boolean;
  /** Whether the package creates the scale set; the model then has our extension from the start. */
  created: boolean;
}

/** What the engine stores of it. */
export interface ScaleSetOutputs extends ScaleSetInputs {
  uniform: boolean;
  /** Number of our extension in the model; 0 without one. */
  timestamp: number;
}

/** Inputs of a group whose members are instances of a scale set. */
export type ScaleSetGroup = ClientActivationInputs & { scaleSet: ScaleSetInputs };

/** Outputs of such a group. */
export type ScaleSetGroupOutputs = ClientActivationOutputs & { scaleSet: ScaleSetOutputs };

/** A group of a scale set while it is worked on or looked at. */
export interface ScaleSetWork<Group = ScaleSetGroup> {
  group: Group;
  access: ScaleSetAccess;
  set: ScaleSet;
  options: RunOptions;
}

export const isScaleSetGroup = (inputs: ClientActivationInputs): inputs is ScaleSetGroup =>
  inputs.scaleSet !== undefined;

export const wasScaleSetGroup = (
  outputs: ClientActivationOutputs | undefined,
): outputs is ScaleSetGroupOutputs => outputs?.scaleSet !== undefined;

/** Whether Azure runs our extension on the instances: in a Uniform set on all, in an autoscaled one on new ones. */
export const hasExtension = ({ uniform, autoscaled }: { uniform: boolean; autoscaled: boolean }) =>
  uniform || autoscaled;

/** Whether another number of instances is wanted, or the model of the scale set is not as it shall be. */
export function movedScaleSet({ scaleSet: old }: ClientActivationOutputs, news: ScaleSetGroup): boolean {
  const { id, capacity, autoscaled } = news.scaleSet;
  if (old === undefined || !sameSet(old.id, id) || old.autoscaled !== autoscaled) {
    return true;
  }
  const timestamp = hasExtension({ uniform: old.uniform, autoscaled })
    ? instanceExtension(news).settings.timestamp
    : 0;
  return old.timestamp !== timestamp || (!autoscaled && old.capacity !== capacity);
}

/** Whether the group leaves a scale set whose model has our extension, which its deletion takes out. */
export const leavesScaleSet = (
  { scaleSet: old }: ClientActivationOutputs,
  { scaleSet }: ClientActivationInputs,
) => old !== undefined && hasExtension(old) && !sameSet(old.id, scaleSet?.id ?? "");

const sameSet = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** What keeps the extension of an autoscaled set from being made of these inputs. */
export function extensionFailures(inputs: ClientActivationInputs): pulumi.dynamic.CheckFailure[] {
  if (!isScaleSetGroup(inputs) || !inputs.scaleSet.autoscaled || containsUnknown(inputs)) {
    return [];
  }
  try {
    instanceExtension(inputs);
    return [];
  } catch (error) {
    if (error instanceof KmsError) {
      return [{ property: "", reason: error.message }];
    }
    throw error;
  }
}

/**
 * Makes the instances of a scale set KMS clients: those of a Flexible set by run commands, those of a Uniform one by an
 * extension of the model, and those that an autoscaler adds to a Flexible set by the extension as well.
 * @throws PartialFailure with what is done, so that the next update goes on from there
 */
export async function updateScaleSetGroup(
  id: string,
  group: ScaleSetGroup,
  olds?: ClientActivationOutputs,
): Promise<ClientActivationOutputs> {
  const access = openScaleSet(group.scaleSet.id);
  const { deadlineMinutes } = rolloutSettings(group.rollout, Math.max(0, group.scaleSet.capacity));
  const options = deadlineIn(deadlineMinutes);
  const set = await access.read(options);
  const withExtension = hasExtension({ ...group.scaleSet, uniform: set.uniform });
  if (withExtension) {
    checkModel(group.scaleSet.id, set);
  }
  const work = { group, access, set, options };
  const state: ScaleSetOutputs = {
    ...group.scaleSet,
    uniform: set.uniform,
    timestamp: withExtension ? instanceExtension(group).settings.timestamp : 0,
  };
  return keeping(id, group, state, olds, async () => {
    if (set.uniform) {
      return updateUniform(id, work);
    }
    if (withExtension) {
      await ensureExtension(work);
    } else if (set.timestamp !== 0) {
      await withdrawExtension(access, set, options);
    }
    const before = olds === undefined ? [] : readMembers(olds);
    const { machines, seen } = await flexibleInstances(work, before);
    return rollOut(id, { ...group, machines }, olds, seen);
  });
}

/**
 * Adds the scale set to what the engine stores. Once the model may have our extension the resource is kept whatever
 * happens, so that it can be taken out again.
 */
async function keeping(
  id: string,
  group: ScaleSetGroup,
  scaleSet: ScaleSetOutputs,
  olds: ClientActivationOutputs | undefined,
  work: () => Promise<ClientActivationOutputs>,
): Promise<ClientActivationOutputs> {
  try {
    return { ...(await work()), scaleSet };
  } catch (error) {
    if (error instanceof PartialFailure) {
      Object.assign(error.properties, { scaleSet });
      throw error;
    }
    if (!(error instanceof Error) || scaleSet.timestamp === 0) {
      throw error;
    }
    const known = olds === undefined ? [] : readMembers(olds);
    const outputs = { ...groupOutputs(group, [], known), scaleSet: { ...scaleSet, timestamp: 0 } };
    throw new PartialFailure(id, outputs, error);
  }
}

async function ensureExtension({ group, access, set, options }: ScaleSetWork): Promise<void> {
  const extension = instanceExtension(group);
  if (!isInModel(set, extension)) {
    await applyExtension(access, set, extension, options);
  }
}

async function updateUniform(id: string, work: ScaleSetWork): Promise<ClientActivationOutputs> {
  const { group } = work;
  let cause: unknown;
  const states = await configureInstances(work).catch((error: unknown) => {
    // Azure says of a failed extension only that it failed; the instances themselves say more.
    cause = error;
    return instanceStates(work).catch(() => {
      throw error;
    });
  });
  const outputs = groupOutputs(group, [], states);
  const failure = instancesFailure(group.name, states, cause) ?? cause;
  if (failure !== undefined) {
    throw new PartialFailure(id, outputs, failure as Error);
  }
  return outputs;
}

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

/**
 * Takes our extension out of the model of a scale set that stays. Instances that Azure configured are made to forget
 * their KMS host first, where that is wanted. @throws KmsError KMS4014 when some could not be
 */
export async function withdrawFromScaleSet(olds: ScaleSetGroupOutputs, options: RunOptions): Promise<void> {
  if (olds.scaleSet.created) {
    return;
  }
  const access = openScaleSet(olds.scaleSet.id);
  const set = await presentScaleSet(access, options);
  if (set === undefined || set.timestamp === 0) {
    return;
  }
  if (set.uniform && olds.onRemove === "clearKmsHost") {
    await applyExtension(access, set, licensingExtension(releaseClientPlan(desiredInstance(olds))), options);
    const left = (await access.instances(set, options)).flatMap((instance) => unreleased(olds, instance));
    if (left.length > 0) {
      throw releaseFailure(olds.name, left);
    }
  }
  await withdrawExtension(access, set, options);
}

/** The state of an instance that did not do as it was told; without a host to ask, one that did is pending. */
function unreleased(olds: ScaleSetGroupOutputs, instance: ScaleSetInstance): MemberState[] {
  const desired = { ...desiredInstance(olds), awaitsHost: true };
  const state = instanceState(instance, { desired, os: olds.os, hosts: [] }, Date.now());
  return state.status === "Pending"
    ? []
    : [{ ...state, error: state.error || "it does not have the latest model of its scale set" }];
}
