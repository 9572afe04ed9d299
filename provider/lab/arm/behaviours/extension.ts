import { ArmError } from "../arm-error";
import { parentId } from "../arm-path";
import type { TypeBehaviour } from "../arm-state";
import { isRunning } from "./virtual-machine-view";

/** Extensions need a running machine; the lab keeps them and runs nothing. */
export const extensionBehaviour: TypeBehaviour = {
  write(change, arm) {
    const machine = arm.store.get(parentId(change.id)!)!;
    if (!isRunning(machine, arm)) {
      throw new ArmError(
        409,
        "OperationNotAllowed",
        "Cannot modify extensions in the VM when the VM is not running.",
      );
    }
    return undefined;
  },
};
