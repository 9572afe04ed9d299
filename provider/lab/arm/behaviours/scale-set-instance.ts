import { ArmError } from "../arm-error";
import { parentId } from "../arm-path";
import type { TypeBehaviour } from "../arm-state";
import { objectAt } from "../json";
import { hasLatestModel } from "../scale-set/scale-set-model";
import { virtualMachineBehaviour } from "./virtual-machine";
import { instanceView } from "./virtual-machine-view";

/** Instances of a Uniform scale set: the set makes them, and they go with it. */
export const scaleSetInstanceBehaviour: TypeBehaviour = {
  write() {
    throw new ArmError(405, "MethodNotAllowed", "Instances are created by the capacity of their scale set.");
  },
  read(instance, arm, expand) {
    const set = arm.store.get(parentId(instance.id)!)!;
    const withView = expand?.toLowerCase() === "instanceview";
    const properties = {
      ...objectAt(instance.body.properties),
      latestModelApplied: hasLatestModel(arm, set, instance),
      ...(withView && { instanceView: instanceView(instance, arm) }),
    };
    return { ...instance.body, properties };
  },
  remove: (instance, arm) => virtualMachineBehaviour.remove!(instance, arm),
};
