import { rolloutSettings } from "../../activation/rollout-settings";
import { openScaleSet } from "../../machine/scale-set";
import type { ClientActivationOutputs } from "../client-activation";
import { deadlineIn } from "../deadline";
import { groupOutputs } from "../group-outputs";
import { PartialFailure } from "../handler";
import { rollOut } from "../roll-out";
import { instancesFailure } from "../rollout-failure";
import { readMembers } from "../stored-members";
import { flexibleInstances } from "./flexible-group";
import { instanceExtension } from "./instance-extension";
import { applyExtension, checkModel, withdrawExtension } from "./model-extension";
import { hasExtension, type ScaleSetGroup, type ScaleSetOutputs, type ScaleSetWork } from "./scale-set-group";
import { configureInstances, instanceStates, isInModel } from "./uniform-group";

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
