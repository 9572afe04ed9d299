import { randomUUID } from "node:crypto";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm-state";
import { newEtag } from "../etags";
import { objectAt, textOf, type JsonObject } from "../json";
import type { StoredResource } from "../resource-store";
import { findResourceType } from "../resource-types";
import { applyModel, instancesOf, isUniform, upgradeInstances } from "../scale-set/scale-set-model";
import { removeInstance, scaleTo } from "../scale-set/scale-to";
import { scaleSetExtensionType } from "../scale-set/scale-set-types";
import { checkScaleSet } from "./scale-set-checks";
import { keepCommand } from "./scale-set-extension";

/** Scale sets create their machines, give them the model's extensions, and take them along when they are deleted. */
export const scaleSetBehaviour: TypeBehaviour = {
  write(change, arm) {
    const extensions = checkScaleSet(change);
    const before = objectAt(change.previous?.body.properties);
    const properties = objectAt(change.body.properties);
    const { extensionProfile, ...profile } = objectAt(properties, "virtualMachineProfile");
    change.body.properties = {
      orchestrationMode: "Uniform",
      singlePlacementGroup: false,
      ...properties,
      virtualMachineProfile: profile,
      uniqueId: before.uniqueId ?? randomUUID(),
      timeCreated: before.timeCreated ?? new Date(arm.clock.now()).toISOString(),
    };
    return () => {
      const set = arm.store.get(change.id);
      if (set !== undefined) {
        if (extensionProfile !== undefined) {
          putExtensions(arm, set, extensions, change);
        }
        scaleTo(arm, set, capacityOf(set));
        upgradeInstances(arm, set);
      }
    };
  },
  read(set, arm) {
    const extensions = arm.store
      .childrenOf(set.id, scaleSetExtensionType)
      .map(({ name, body }) => ({ name, properties: body.properties }));
    const properties = objectAt(set.body.properties);
    const profile = objectAt(properties, "virtualMachineProfile");
    const extensionProfile = extensions.length > 0 && { extensionProfile: { extensions } };
    return {
      ...set.body,
      properties: { ...properties, virtualMachineProfile: { ...profile, ...extensionProfile } },
    };
  },
  remove(set, arm) {
    // What is below the set goes with it; the machines of a Flexible set stand beside it.
    if (!isUniform(set)) {
      instancesOf(arm, set).forEach((instance) => removeInstance(arm, instance));
    }
  },
};

const capacityOf = ({ body }: StoredResource) => Number(objectAt(body.sku).capacity ?? 0);

/** The extensions that the body lists are all that the set has. */
function putExtensions(
  arm: ArmState,
  set: StoredResource,
  extensions: JsonObject[],
  { partial }: ResourceChange,
): void {
  const type = findResourceType(scaleSetExtensionType)!;
  const names = new Set(extensions.map(({ name }) => textOf(name)));
  for (const { id, name } of arm.store.childrenOf(set.id, scaleSetExtensionType)) {
    if (!names.has(name)) {
      arm.extensionRuns.commands.delete(id.toLowerCase());
      arm.store.remove(id);
    }
  }
  for (const { name, properties } of extensions) {
    const id = `${set.id}/extensions/${textOf(name)}`;
    const { protectedSettings, ...shown } = objectAt(properties);
    if (protectedSettings !== undefined || partial !== true) {
      keepCommand(arm, { id }, protectedSettings);
    }
    arm.store.put({
      id,
      type: scaleSetExtensionType,
      name: textOf(name)!,
      body: { properties: { ...shown, provisioningState: "Succeeded" } },
      etag: newEtag(type),
      hiddenDigest: "",
    });
  }
}

/** What an autoscaler does: another capacity, by nobody's request. */
export function autoscale(arm: ArmState, set: StoredResource, capacity: number): void {
  const body = { ...set.body, sku: { ...objectAt(set.body.sku), capacity } };
  arm.store.put({ ...set, body });
  scaleTo(arm, arm.store.get(set.id)!, capacity);
}

/** Gives the named instances the latest model; `*` stands for all. */
export function upgradeByHand(arm: ArmState, set: StoredResource, ids: string[]): void {
  const key = (instance: StoredResource) => textOf(instance.body.instanceId) ?? instance.name;
  const wanted = new Set(ids);
  applyModel(
    arm,
    set,
    instancesOf(arm, set).filter((instance) => wanted.has("*") || wanted.has(key(instance))),
  );
}
