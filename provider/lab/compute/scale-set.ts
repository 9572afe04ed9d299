import { randomUUID } from "node:crypto";
import { capacityRefusal, virtualMachineNameRefusal } from "pulumi-windows-kms/bin/provider/testing";
import { ArmError } from "../arm/arm-error";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm/arm-state";
import { newEtag } from "../arm/etags";
import { type JsonObject, objectAt, objectsIn, textOf } from "../arm/json";
import { refuse } from "../arm/refuse";
import type { StoredResource } from "../arm/resource-store";
import { findResourceType } from "../arm/resource-types";
import { checkPurpose } from "../network/network-interface";
import { findDeployableImage, findMachineImage, type MachineImage } from "./image";
import { scaleSetExtensionType } from "./machine-index";
import { checkHandler, keepCommand } from "./scale-set-extension";
import { removeInstance, scaleTo } from "./scale-set-instance";
import { applyModel, instancesOf, isUniform, upgradeInstances } from "./scale-set-model";
import {
  checkExtensionsAllowed,
  checkSize,
  checkWindowsProfile,
  refuseFixed,
} from "./virtual-machine-checks";

/** Scale sets create their machines, give them the model's extensions, and take them along when they are deleted. */
export const scaleSetBehaviour: TypeBehaviour = {
  write(change, arm) {
    const extensions = checkScaleSet(change, arm);
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

/** What an autoscaler does: it changes the capacity without a request. */
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

/** Digits that Azure puts behind the prefix of computer names. */
const computerNameDigits = "000000";

const invalid = (target: string, message: string) => new ArmError(400, "InvalidParameter", message, target);

/** @throws ArmError for what Microsoft.Compute refuses; gives the extensions of the model */
function checkScaleSet(change: ResourceChange, arm: ArmState): JsonObject[] {
  const properties = objectAt(change.body.properties);
  const profile = objectAt(properties, "virtualMachineProfile");
  checkCapacity(objectAt(change.body.sku));
  const image = imageOf(change, objectAt(profile, "storageProfile", "imageReference"), arm);
  checkSize(textOf(objectAt(change.body.sku).name), profile, image);
  checkNetwork(properties, profile);
  subnetsOf(profile).forEach((subnet) => checkPurpose(change, subnet, arm));
  checkDisk(properties, profile);
  if (change.previous === undefined) {
    refuse(virtualMachineNameRefusal(change.name), "name");
    const osProfile = objectAt(profile, "osProfile");
    const computerName = `${textOf(osProfile.computerNamePrefix) ?? change.name}${computerNameDigits}`;
    checkWindowsProfile(change.name, { osProfile: { ...osProfile, computerName } });
  } else {
    refuseFixed("VirtualMachineScaleSet", change, true);
  }
  const extensions = objectsIn(objectAt(profile, "extensionProfile").extensions);
  const named = extensions.map((extension) => ({
    name: textOf(extension.name) ?? "",
    properties: objectAt(extension.properties),
  }));
  if (named.length > 0) {
    checkExtensionsAllowed(profile);
  }
  named.forEach((extension) => checkHandler(extension.name, extension.properties, named));
  return extensions;
}

/** A set that exists runs on with a withdrawn image, but gets no more instances from it. */
function imageOf(change: ResourceChange, reference: JsonObject, arm: ArmState): MachineImage {
  const before = Number(objectAt(change.previous?.body.sku).capacity ?? 0);
  const grows = Number(objectAt(change.body.sku).capacity) > before;
  return change.previous === undefined || grows
    ? findDeployableImage(reference, arm.clock)
    : findMachineImage(reference);
}

function checkCapacity({ capacity }: JsonObject): void {
  refuse(capacityRefusal(typeof capacity === "number" ? capacity : Number.NaN), "sku.capacity");
}

/** A Flexible set names the API version that its interfaces are made with; a Uniform one needs an upgrade policy. */
function checkNetwork(properties: JsonObject, profile: JsonObject): void {
  const network = objectAt(profile, "networkProfile");
  if (objectsIn(network.networkInterfaceConfigurations).length === 0) {
    throw invalid("networkProfile", "Required parameter 'networkInterfaceConfigurations' is missing (null).");
  }
  if (textOf(properties.orchestrationMode) === "Flexible") {
    if (textOf(network.networkApiVersion) === undefined) {
      throw invalid("networkApiVersion", "Required parameter 'networkApiVersion' is missing (null).");
    }
  } else if (textOf(objectAt(properties, "upgradePolicy").mode) === undefined) {
    throw invalid("upgradePolicy.mode", "Required parameter 'upgradePolicy.mode' is missing (null).");
  }
}

const subnetsOf = (profile: JsonObject): string[] =>
  objectsIn(objectAt(profile, "networkProfile").networkInterfaceConfigurations)
    .flatMap(({ properties }) => objectsIn(objectAt(properties).ipConfigurations))
    .flatMap(({ properties }) => textOf(objectAt(properties, "subnet").id) ?? []);

/**
 * What becomes of the disks of deleted instances can be chosen in Flexible sets alone.
 * Source: Microsoft.Compute 2024-11-01, VirtualMachineScaleSetOSDisk; that others are refused is the stricter guess.
 */
function checkDisk(properties: JsonObject, profile: JsonObject): void {
  const { deleteOption } = objectAt(profile, "storageProfile", "osDisk");
  if (deleteOption !== undefined && textOf(properties.orchestrationMode) !== "Flexible") {
    throw invalid(
      "osDisk.deleteOption",
      "The parameter osDisk.deleteOption is allowed only for scale sets with Flexible orchestration mode.",
    );
  }
}
