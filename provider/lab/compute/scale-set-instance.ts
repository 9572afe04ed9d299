import { randomUUID } from "node:crypto";
import { ArmError } from "../arm/arm-error";
import { groupOf, parentId, resourceId } from "../arm/arm-path";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm/arm-state";
import { newEtag } from "../arm/etags";
import { type JsonObject, objectAt, objectsIn, textOf } from "../arm/json";
import type { StoredResource } from "../arm/resource-store";
import { findResourceType } from "../arm/resource-types";
import { networkInterfaceBehaviour } from "../network/network-interface";
import { addDisk } from "./disk";
import { findDeployableImage } from "./image";
import {
  machineType,
  networkInterfaceType,
  uniformInstanceType,
  uniformInterfaceType,
} from "./machine-index";
import { applyModel, hasLatestModel, instancesOf, isUniform } from "./scale-set-model";
import { bootMachine, completeMachine, instanceView, virtualMachineBehaviour } from "./virtual-machine";

/** Creates or deletes instances until the set has its capacity; new ones have the latest model, and the newest go first. */
export function scaleTo(arm: ArmState, set: StoredResource, capacity: number): void {
  const present = instancesOf(arm, set);
  present.slice(capacity).forEach((instance) => removeInstance(arm, instance));
  const missing = Math.max(0, capacity - present.length);
  const created = Array.from({ length: missing }, () => createInstance(arm, set));
  applyModel(arm, set, created);
}

/** Deletes an instance with its disk and network interface. */
export function removeInstance(arm: ArmState, instance: StoredResource): void {
  virtualMachineBehaviour.remove!(instance, arm);
  arm.store.remove(instance.id);
}

/** Where an instance and its network interface are in the resource tree. */
interface NewInstance {
  id: string;
  name: string;
  type: string;
  computerName: string;
  nic: { id: string; name: string; type: string };
  /** What instances of this orchestration mode have besides. */
  own: { body: JsonObject; properties: JsonObject };
}

/** Creates and boots one more instance of a scale set. */
function createInstance(arm: ArmState, set: StoredResource): StoredResource {
  const profile = objectAt(set.body.properties, "virtualMachineProfile");
  const image = findDeployableImage(objectAt(profile, "storageProfile", "imageReference"), arm.clock);
  const planned = isUniform(set) ? uniformInstance(arm, set) : flexibleInstance(arm, set);
  putInterface(arm, set, planned, profile);
  const change: ResourceChange = {
    id: planned.id,
    name: planned.name,
    body: { location: set.body.location, ...planned.own.body, properties: machine(set, planned, profile) },
    hiddenChanged: false,
  };
  completeMachine(change, arm);
  addDisk(change, arm);
  const instance = put(arm, planned.type, planned.id, planned.name, change.body);
  bootMachine(change, image, arm);
  return instance;
}

/** Computer names are the prefix and a number in base 36. Source: learn.microsoft.com virtual-machine-scale-sets-faq. */
const computerName = (set: StoredResource, number: number) =>
  (textOf(objectAt(set.body.properties, "virtualMachineProfile", "osProfile").computerNamePrefix) ?? "") +
  number.toString(36).toUpperCase().padStart(6, "0");

function nextNumber(arm: ArmState, { id }: StoredResource): number {
  const { numbered } = arm.extensionRuns;
  const number = numbered.get(id.toLowerCase()) ?? 0;
  numbered.set(id.toLowerCase(), number + 1);
  return number;
}

function uniformInstance(arm: ArmState, set: StoredResource): NewInstance {
  const number = nextNumber(arm, set);
  const id = `${set.id}/virtualMachines/${number}`;
  return {
    id,
    name: `${set.name}_${number}`,
    type: uniformInstanceType,
    computerName: computerName(set, number),
    nic: { id: `${id}/networkInterfaces/primary`, name: "primary", type: uniformInterfaceType },
    own: { body: { instanceId: String(number) }, properties: {} },
  };
}

function flexibleInstance(arm: ArmState, set: StoredResource): NewInstance {
  const name = `${set.name}_${randomUUID().slice(0, 8)}`;
  const idOf = (type: string, last: string) =>
    resourceId(set.id.split("/")[2], groupOf(set.id), type, [last]);
  return {
    id: idOf(machineType, name),
    name,
    type: machineType,
    computerName: computerName(set, nextNumber(arm, set)),
    nic: {
      id: idOf(networkInterfaceType, `${name}-nic`),
      name: `${name}-nic`,
      type: networkInterfaceType,
    },
    own: { body: {}, properties: { virtualMachineScaleSet: { id: set.id } } },
  };
}

function putInterface(arm: ArmState, set: StoredResource, { nic }: NewInstance, profile: JsonObject): void {
  const configurations = objectsIn(objectAt(profile, "networkProfile").networkInterfaceConfigurations);
  const primary = configurations.find(({ properties }) => objectAt(properties).primary === true);
  const { networkSecurityGroup, ipConfigurations } = objectAt((primary ?? configurations[0])?.properties);
  const change: ResourceChange = {
    ...nic,
    body: { location: set.body.location, properties: { networkSecurityGroup, ipConfigurations } },
    hiddenChanged: false,
  };
  networkInterfaceBehaviour.write!(change, arm);
  put(arm, nic.type, nic.id, nic.name, change.body);
}

function machine(set: StoredResource, instance: NewInstance, profile: JsonObject): JsonObject {
  const { computerNamePrefix: _, ...osProfile } = objectAt(profile, "osProfile");
  const { storageProfile, securityProfile, licenseType } = profile;
  const osDisk = { ...objectAt(storageProfile, "osDisk"), deleteOption: "Delete" };
  return {
    hardwareProfile: { vmSize: objectAt(set.body.sku).name },
    osProfile: { ...osProfile, computerName: instance.computerName },
    storageProfile: { ...objectAt(storageProfile), osDisk },
    ...(securityProfile !== undefined && { securityProfile }),
    ...(licenseType !== undefined && { licenseType }),
    networkProfile: {
      networkInterfaces: [{ id: instance.nic.id, properties: { primary: true, deleteOption: "Delete" } }],
    },
    ...instance.own.properties,
  };
}

function put(arm: ArmState, type: string, id: string, name: string, body: JsonObject): StoredResource {
  const resource: StoredResource = {
    id,
    type,
    name,
    body: { ...body, properties: { ...objectAt(body.properties), provisioningState: "Succeeded" } },
    etag: newEtag(findResourceType(type)!),
    hiddenDigest: "",
  };
  arm.store.put(resource);
  return resource;
}

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
