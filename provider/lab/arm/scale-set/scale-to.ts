import type { ArmState } from "../arm-state";
import { virtualMachineBehaviour } from "../behaviours/virtual-machine";
import type { StoredResource } from "../resource-store";
import { createInstance } from "./create-instance";
import { applyModel, instancesOf } from "./scale-set-model";

/** Creates or deletes instances until there are so many; new ones have the latest model, and the newest go first. */
export function scaleTo(arm: ArmState, set: StoredResource, capacity: number): void {
  const present = instancesOf(arm, set);
  present.slice(capacity).forEach((instance) => removeInstance(arm, instance));
  const missing = Math.max(0, capacity - present.length);
  const created = Array.from({ length: missing }, () => createInstance(arm, set));
  applyModel(arm, set, created);
}

/** Deletes an instance with its disk and network interface. */
export function removeInstance(arm: ArmState, instance: StoredResource): void {
  virtualMachineBehaviour.remove!(instance, arm);
  arm.store.remove(instance.id);
}
