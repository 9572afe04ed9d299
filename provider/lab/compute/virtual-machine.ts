import { randomUUID } from "node:crypto";
import { ArmError } from "../arm/arm-error";
import { groupOf, parentId, resourceId } from "../arm/arm-path";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm/arm-state";
import { isObject, type JsonObject, objectAt, textOf } from "../arm/json";
import type { StoredResource } from "../arm/resource-store";
import { addDisk, deletedWith, detachDisk, diskType } from "./disk";
import { extensionViews } from "./extension-runs";
import { findMachineImage, type MachineImage } from "./image";
import { checkExtensionsAllowed, checkVirtualMachine } from "./virtual-machine-checks";

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
    arm.silentAgents.delete(resource.id.toLowerCase());
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
    ...(image.setupKey === undefined ? { channel: "Volume:GVLK" } : { setupKey: image.setupKey }),
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

/** What Azure shows of a running or stopped machine. */
export function instanceView(resource: StoredResource, arm: ArmState): JsonObject {
  const properties = objectAt(resource.body.properties);
  const running = isRunning(resource, arm);
  const image = findMachineImage(objectAt(properties, "storageProfile", "imageReference"));
  const state = textOf(properties.provisioningState) ?? "Succeeded";
  const time = new Date(arm.clock.now()).toISOString();
  const statuses = [
    {
      code: `ProvisioningState/${state.toLowerCase()}`,
      level: "Info",
      displayStatus: `Provisioning ${state.toLowerCase()}`,
      time,
    },
    running
      ? { code: "PowerState/running", level: "Info", displayStatus: "VM running" }
      : { code: "PowerState/deallocated", level: "Info", displayStatus: "VM deallocated" },
  ];
  const guest = {
    computerName: objectAt(properties, "osProfile").computerName,
    osName: image.osName,
    osVersion: image.osBuild,
    vmAgent: {
      vmAgentVersion: "2.7.41491.1172",
      statuses: [
        arm.silentAgents.has(resource.id.toLowerCase())
          ? { code: "ProvisioningState/Unavailable", level: "Warning", displayStatus: "Not Ready", time }
          : { code: "ProvisioningState/succeeded", level: "Info", displayStatus: "Ready", time },
      ],
    },
  };
  const extensions = extensionViews(arm.extensionRuns, resource.id);
  return {
    hyperVGeneration: "V2",
    statuses,
    ...(running && guest),
    ...(running && extensions.length > 0 && { extensions }),
  };
}

/** Whether the machine answers: created and not stopped. */
export function isRunning(resource: StoredResource, arm: ArmState): boolean {
  const id = resource.id.toLowerCase();
  return arm.fleet.has(id) && arm.fleet.isRunning(id);
}

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
    checkExtensionsAllowed(machine.body.properties);
    return undefined;
  },
};
