import { resourceNotFound } from "../arm-error";
import { resourceId } from "../arm-path";
import type { ArmState } from "../arm-state";
import { instanceView } from "../behaviours/virtual-machine-view";
import type { StoredResource } from "../resource-store";
import type { ArmAnswer, ArmRequest } from "./arm-request";

const actions: Record<string, (arm: ArmState, id: string) => void> = {
  start: (arm, id) => arm.fleet.start(id),
  poweroff: (arm, id) => arm.fleet.stop(id),
  deallocate: (arm, id) => arm.fleet.stop(id),
  restart: (arm, id) => {
    arm.fleet.stop(id);
    arm.fleet.start(id);
  },
};

/** Start, stop and instance view of a virtual machine; undefined for other paths. */
export function machineActionRoute(arm: ArmState, request: ArmRequest): ArmAnswer | undefined {
  const { parsed, method } = request;
  const tail = parsed.tail?.toLowerCase() ?? "";
  if (parsed.type?.toLowerCase() !== "microsoft.compute/virtualmachines" || parsed.names.length !== 1) {
    return undefined;
  }
  if (method === "GET" && tail === "instanceview") {
    return { status: 200, body: instanceView(findMachine(arm, request), arm) };
  }
  const action = actions[tail];
  if (method !== "POST" || action === undefined) {
    return undefined;
  }
  const machine = findMachine(arm, request);
  return { status: 202, work: () => action(arm, machine.id.toLowerCase()) };
}

function findMachine(arm: ArmState, { parsed }: ArmRequest): StoredResource {
  const { subscriptionId, resourceGroup = "", names } = parsed;
  const type = "Microsoft.Compute/virtualMachines";
  const machine = arm.store.get(resourceId(subscriptionId, resourceGroup, type, names));
  if (machine === undefined) {
    throw resourceNotFound(type, names[0], resourceGroup);
  }
  return machine;
}
