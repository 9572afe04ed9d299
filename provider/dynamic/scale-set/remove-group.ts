import type { MemberState } from "../../activation/client-outcome";
import { releaseClientPlan } from "../../activation/release-plan";
import { licensingExtension } from "../../machine/licensing-extension";
import type { RunOptions } from "../../machine/machine";
import { openScaleSet, type ScaleSetInstance } from "../../machine/scale-set";
import { releaseFailure } from "../rollout-failure";
import { instanceWish } from "./instance-extension";
import { instanceState } from "./instance-state";
import { presentScaleSet } from "./read-group";
import { applyExtension, withdrawExtension } from "./model-extension";
import type { ScaleSetGroupOutputs } from "./scale-set-group";

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
    await applyExtension(access, set, licensingExtension(releaseClientPlan(instanceWish(olds))), options);
    const left = (await access.instances(set, options)).flatMap((instance) => unreleased(olds, instance));
    if (left.length > 0) {
      throw releaseFailure(olds.name, left);
    }
  }
  await withdrawExtension(access, set, options);
}

/** The state of an instance that did not do as it was told; without a host to ask, one that did is pending. */
function unreleased(olds: ScaleSetGroupOutputs, instance: ScaleSetInstance): MemberState[] {
  const wish = { ...instanceWish(olds), awaitsHost: true };
  const state = instanceState(instance, { wish, os: olds.os, hosts: [] }, Date.now());
  return state.status === "Pending"
    ? []
    : [{ ...state, error: state.error || "it does not have the latest model of its scale set" }];
}
