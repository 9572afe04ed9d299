import type * as pulumi from "@pulumi/pulumi";
import { MemberStatus, OnRemove } from "../catalog/constants";
import { stoppableIn } from "../engine/clock";
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
import { thresholdFor } from "./desired";
import { hasExtension } from "./difference";
import { instancesFailure, releaseFailure } from "./failures";
import { machinesMissing, notStarted, withLastKnown } from "./member";
import type { Listed } from "./presence";
import { observeMembers } from "./refresh";
import { releaseClientPlan } from "./plan";
import { rolloutSettings } from "./rollout-plan";
import {
  applyExtension,
  checkModel,
  configureInstances,
  flexibleInstances,
  instanceContext,
  instanceExtension,
  instanceState,
  instanceStates,
  isInModel,
  withdrawExtension,
  type ScaleSetGroup,
  type ScaleSetGroupOutputs,
  type ScaleSetWork,
} from "./scale-set-instances";
import {
  byMember,
  type ClientActivationInputs,
  type ClientActivationOutputs,
  memberKey,
  memberName,
  type MemberState,
  type ScaleSetOutputs,
} from "./state";
import { readMembers, storeMembers } from "./stored-members";
import { groupOutputs, rollOut, timeoutMinutesOf } from "./update";

export const isScaleSetGroup = (inputs: ClientActivationInputs): inputs is ScaleSetGroup =>
  inputs.scaleSet !== undefined;

export const wasScaleSetGroup = (
  outputs: ClientActivationOutputs | undefined,
): outputs is ScaleSetGroupOutputs => outputs?.scaleSet !== undefined;

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
 * @throws PartialFailure with what is done, so that the next update continues from there
 */
export async function updateScaleSetGroup(
  id: string,
  group: ScaleSetGroup,
  olds?: ClientActivationOutputs,
  options: RunOptions = stoppableIn(timeoutMinutesOf(group, Math.max(0, group.scaleSet.capacity))),
): Promise<ClientActivationOutputs> {
  const access = openScaleSet(group.scaleSet.id);
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
      return updateUniform(id, work, olds);
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

async function updateUniform(
  id: string,
  work: ScaleSetWork,
  olds: ClientActivationOutputs | undefined,
): Promise<ClientActivationOutputs> {
  const { group } = work;
  let cause: unknown;
  const seen = await configureInstances(work).catch((error: unknown) => {
    // Azure reports of a failed extension only that it failed; the instances themselves report more.
    cause = error;
    return instanceStates(work).catch(() => {
      throw error;
    });
  });
  const states = withKnown(seen, olds === undefined ? [] : readMembers(olds));
  const outputs = groupOutputs(group, [], states);
  const settings = rolloutSettings(group.rollout, states.length);
  const failure = instancesFailure(group.name, states, settings, cause) ?? cause;
  if (failure !== undefined) {
    throw new PartialFailure(id, outputs, failure as Error);
  }
  return outputs;
}

/** States of instances with what is known of each from before. */
function withKnown(states: readonly MemberState[], before: readonly MemberState[]): MemberState[] {
  const known = byMember(before);
  return states.map((state) => withLastKnown(state, known.get(memberKey(state))));
}

/** What Azure lists of the instances of a Uniform scale set, by the keys of the members. */
export async function listInstances(olds: ScaleSetGroupOutputs, options: RunOptions): Promise<Listed> {
  const access = openScaleSet(olds.scaleSet.id);
  const set = await presentScaleSet(access, options);
  const instances = set === undefined ? [] : await access.instances(set, options);
  return new Map(instances.map((instance) => [instance.name, { power: instance.power }]));
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
  const states = set.uniform
    ? withKnown(await instanceStates(work), readMembers(olds))
    : await flexibleStates(work);
  return {
    ...olds,
    ...storeMembers(states),
    scaleSet: { ...olds.scaleSet, uniform: set.uniform, timestamp: set.timestamp },
    machinesMissing: machinesMissing(states, (state) => thresholdFor(olds, state)),
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
  const states = byMember([...seen, ...observed]);
  return machines.map((machine) => states.get(memberKey(machine)) ?? notStarted(memberName(machine)));
}

/**
 * Takes our extension out of the model of a scale set that stays. Instances that Azure configured have their KMS host
 * cleared first, where the group says so.
 * @throws KmsError KMS4014 when it could not be cleared on some
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
  if (set.uniform && olds.onRemove === OnRemove.ClearKmsHost) {
    const plan = releaseClientPlan({ office: olds.office !== "", setupKey: olds.setupKey });
    await applyExtension(access, set, licensingExtension(plan), options);
    const left = (await access.instances(set, options)).flatMap((instance) => unreleased(olds, instance));
    if (left.length > 0) {
      throw releaseFailure(olds.name, left);
    }
  }
  await withdrawExtension(access, set, options);
}

/** The state of an instance that was not released; without a host to ask, one that was is pending. */
function unreleased(olds: ScaleSetGroupOutputs, instance: ScaleSetInstance): MemberState[] {
  const context = instanceContext({ ...olds, hostsReady: false });
  const state = instanceState(instance, context, Date.now());
  return state.status === MemberStatus.Pending
    ? []
    : [{ ...state, error: state.error ?? "it does not have the latest model of its scale set" }];
}
