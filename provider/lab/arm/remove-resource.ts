import { ArmError } from "./arm-error";
import { groupOf } from "./arm-path";
import type { ArmState } from "./arm-state";
import { behaviourOf } from "./behaviours";
import { checkNotInUse } from "./references";
import type { StoredResource } from "./resource-store";
import { findResourceType } from "./resource-types";

/** @throws ArmError 409 when something holds the resource: a user of it, or a child that must go first */
export function checkRemovable(arm: ArmState, resource: StoredResource): void {
  for (const child of arm.store.childrenOf(resource.id)) {
    const code = findResourceType(child.type)?.holdsParent;
    if (code !== undefined) {
      const path = child.id.slice(child.id.toLowerCase().indexOf("/providers/") + "/providers/".length);
      throw new ArmError(
        409,
        code,
        `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: '${path}'. Please delete all nested resources before deleting this resource.`,
      );
    }
  }
  checkNotInUse(arm.store, arm.store.tree(resource.id));
}

/** Removes a resource with everything below it. */
export function removeResource(arm: ArmState, resource: StoredResource): void {
  for (const leaving of arm.store.tree(resource.id)) {
    behaviourOf(leaving.type).remove?.(leaving, arm);
  }
  arm.store.remove(resource.id);
}

/** The resources of a resource group, the group itself not included. */
export const resourcesOfGroup = (arm: ArmState, group: string) =>
  arm.store
    .all()
    .filter(
      ({ id, type }) => type !== resourceGroupType && groupOf(id).toLowerCase() === group.toLowerCase(),
    );

/** Type of resource groups, which have no provider in their path. */
export const resourceGroupType = "Microsoft.Resources/resourceGroups";

/** Removes what is in a resource group, and the group. @throws ArmError 409 when another group uses something of it */
export function removeGroup(arm: ArmState, group: StoredResource): void {
  const resources = resourcesOfGroup(arm, group.name);
  checkNotInUse(arm.store, resources);
  for (const { id } of resources) {
    const resource = arm.store.get(id);
    if (resource !== undefined) {
      removeResource(arm, resource);
    }
  }
  arm.store.remove(group.id);
}
