import { randomUUID } from "node:crypto";
import { groupOf, resourceId } from "../arm-path";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm-state";
import { isObject, objectAt, textOf, type JsonObject } from "../json";
import type { MachineImage } from "../machine-image";
import { addDisk, deletedWith, detachDisk, diskType } from "./machine-disk";
import { checkVirtualMachine } from "./virtual-machine-checks";
import { instanceView } from "./virtual-machine-view";

/** Virtual machines are Windows machines of the fleet, with a disk of their own. */
export const virtualMachineBehaviour: TypeBehaviour = {
  write(change, arm) {
    const image = checkVirtualMachine(change, arm);
    completeMachine(change, arm);
    if (change.previous === undefined) {
      addDisk(change, arm);
    }
    return arm.fleet.has(change.id.toLowerCase()) ? undefined : () => bootMachine(change, image, arm);
  },
  read: (resource, arm, expand) =>
    expand?.toLowerCase() === "instanceview"
      ? {
          ...resource.body,
          properties: { ...objectAt(resource.body.properties), instanceView: instanceView(resource, arm) },
        }
      : resource.body,
  remove(resource, arm) {
    arm.fleet.remove(resource.id.toLowerCase());
    arm.extensionRuns.applied.delete(resource.id.toLowerCase());
    for (const id of deletedWith(resource)) {
      arm.store.remove(id);
    }
    detachDisk(resource, arm);
  },
};

/** Boots the machine, unless it was deleted or booted by another write in the meantime. */
export function bootMachine(change: ResourceChange, image: MachineImage, arm: ArmState): void {
  const id = change.id.toLowerCase();
  if (arm.store.get(id) === undefined || arm.fleet.has(id)) {
    return;
  }
  const properties = objectAt(change.body.properties);
  arm.fleet.boot({
    id,
    computerName: textOf(objectAt(properties, "osProfile").computerName) ?? change.name,
    osBuild: image.osBuild,
    editionId: image.editionId,
    productType: image.productType,
    serverFeatures: image.serverFeatures,
    setupKey: image.setupKey,
    uuid: textOf(properties.vmId),
  });
}

/** Fills in what Azure computes; what was computed before stays. */
export function completeMachine(change: ResourceChange, arm: ArmState): void {
  const before = change.previous?.body ?? {};
  const properties = objectAt(change.body.properties);
  const old = objectAt(before.properties);
  const computerName = textOf(objectAt(properties, "osProfile").computerName) ?? change.name;
  change.body.properties = {
    ...properties,
    vmId: old.vmId ?? randomUUID(),
    timeCreated: old.timeCreated ?? new Date(arm.clock.now()).toISOString(),
    storageProfile: storageProfile(
      change,
      objectAt(properties, "storageProfile"),
      objectAt(old, "storageProfile"),
    ),
    osProfile: {
      allowExtensionOperations: true,
      requireGuestProvisionSignal: true,
      secrets: [],
      ...objectAt(old, "osProfile"),
      computerName,
      ...objectAt(properties, "osProfile"),
    },
  };
  if (isObject(change.body.identity)) {
    change.body.identity = identity(change.body.identity, objectAt(before.identity), arm);
  }
}

function identity(given: JsonObject, old: JsonObject, arm: ArmState): JsonObject {
  return (textOf(given.type) ?? "").includes("SystemAssigned")
    ? { ...given, principalId: old.principalId ?? randomUUID(), tenantId: arm.tenantId }
    : given;
}

function storageProfile(change: ResourceChange, given: JsonObject, old: JsonObject): JsonObject {
  const oldDisk = objectAt(old, "osDisk");
  const disk = objectAt(given, "osDisk");
  const name =
    textOf(disk.name) ??
    textOf(oldDisk.name) ??
    `${change.name}_OsDisk_1_${randomUUID().replaceAll("-", "")}`;
  const [subscriptionId, group] = [change.id.split("/")[2], groupOf(change.id)];
  const reference = objectAt(given, "imageReference");
  return {
    dataDisks: [],
    ...given,
    imageReference: { ...reference, exactVersion: exactVersion(reference) },
    osDisk: {
      osType: "Windows",
      deleteOption: "Detach",
      diskSizeGB: 127,
      ...disk,
      name,
      managedDisk: {
        storageAccountType: "Standard_LRS",
        ...objectAt(disk, "managedDisk"),
        id: resourceId(subscriptionId, group, diskType, [name]),
      },
    },
  };
}

/** What `latest` means: a version of the lab's own. */
function exactVersion(reference: JsonObject): string {
  const version = textOf(reference.version) ?? "";
  return version.toLowerCase() === "latest" ? "1.0.0" : version;
}
