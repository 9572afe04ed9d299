import type { ArmState, ResourceChange } from "../arm/arm-state";
import { newEtag } from "../arm/etags";
import { objectAt, objectsIn, textOf } from "../arm/json";
import type { StoredResource } from "../arm/resource-store";
import { findResourceType } from "../arm/resource-types";

/** Type of managed disks. */
export const diskType = "Microsoft.Compute/disks";

/** The system disk is a resource of its own, which outlives the machine unless its deleteOption is Delete. */
export function addDisk(change: ResourceChange, arm: ArmState): void {
  const disk = objectAt(change.body.properties, "storageProfile", "osDisk");
  const { id, storageAccountType } = objectAt(disk, "managedDisk");
  arm.store.put({
    id: textOf(id)!,
    type: diskType,
    name: textOf(disk.name)!,
    body: {
      location: change.body.location,
      sku: { name: storageAccountType },
      managedBy: change.id,
      properties: {
        osType: "Windows",
        creationData: { createOption: "FromImage" },
        diskSizeGB: disk.diskSizeGB,
        diskState: "Attached",
        provisioningState: "Succeeded",
      },
    },
    etag: newEtag(findResourceType(diskType)!),
    hiddenDigest: "",
  });
}

/** Disks and interfaces that go with the machine. */
export function deletedWith(resource: StoredResource): string[] {
  const properties = objectAt(resource.body.properties);
  const disk = objectAt(properties, "storageProfile", "osDisk");
  const nics = objectsIn(objectAt(properties, "networkProfile").networkInterfaces);
  const goingNics = nics.filter((nic) => objectAt(nic.properties).deleteOption === "Delete");
  const ids = goingNics.map(({ id }) => textOf(id) ?? "");
  return disk.deleteOption === "Delete" ? [...ids, textOf(objectAt(disk, "managedDisk").id) ?? ""] : ids;
}

/** A disk that stays is free for another machine. */
export function detachDisk(resource: StoredResource, arm: ArmState): void {
  const { id } = objectAt(resource.body.properties, "storageProfile", "osDisk", "managedDisk");
  const disk = arm.store.get(textOf(id) ?? "");
  if (disk !== undefined) {
    const { managedBy: _, ...body } = disk.body;
    const properties = { ...objectAt(body.properties), diskState: "Unattached" };
    arm.store.put({ ...disk, body: { ...body, properties } });
  }
}
