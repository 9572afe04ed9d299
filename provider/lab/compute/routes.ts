import { resourceNotFound } from "../arm/arm-error";
import { resourceId } from "../arm/arm-path";
import type { ArmState } from "../arm/arm-state";
import { stringsIn } from "../arm/json";
import type { ArmAnswer, ArmRequest } from "../arm/request";
import type { StoredResource } from "../arm/resource-store";
import { scaleSetType } from "./machine-index";
import { upgradeByHand } from "./scale-set";
import { instanceView } from "./virtual-machine";

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

/** Manual upgrade of a scale set's instances; undefined for other paths. */
export function scaleSetActionRoute(arm: ArmState, request: ArmRequest): ArmAnswer | undefined {
  const { parsed, method, body } = request;
  const isAction =
    parsed.type?.toLowerCase() === scaleSetType.toLowerCase() &&
    parsed.tail?.toLowerCase() === "manualupgrade";
  if (method !== "POST" || !isAction) {
    return undefined;
  }
  const { subscriptionId, resourceGroup = "", names } = parsed;
  const set = arm.store.get(resourceId(subscriptionId, resourceGroup, scaleSetType, names));
  if (set === undefined) {
    throw resourceNotFound(scaleSetType, names[0], resourceGroup);
  }
  return { status: 202, work: () => upgradeByHand(arm, set, stringsIn(body?.instanceIds)) };
}
