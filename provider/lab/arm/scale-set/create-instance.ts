import { randomUUID } from "node:crypto";
import { groupOf, resourceId } from "../arm-path";
import type { ArmState, ResourceChange } from "../arm-state";
import { addDisk } from "../behaviours/machine-disk";
import { networkInterfaceBehaviour } from "../behaviours/network-interface";
import { networkInterfaceType } from "../machine-index";
import { bootMachine, completeMachine } from "../behaviours/virtual-machine";
import { newEtag } from "../etags";
import { objectAt, objectsIn, textOf, type JsonObject } from "../json";
import { findMachineImage } from "../machine-image";
import type { StoredResource } from "../resource-store";
import { findResourceType } from "../resource-types";
import { isUniform } from "./scale-set-model";
import { machineType, uniformInstanceType, uniformInterfaceType } from "./scale-set-types";

/** Where an instance and its network interface are in the resource tree. */
interface InstancePlace {
  id: string;
  name: string;
  type: string;
  computerName: string;
  nic: { id: string; name: string; type: string };
  /** What instances of this orchestration mode have besides. */
  own: { body: JsonObject; properties: JsonObject };
}

/** Creates and boots one more instance of a scale set. */
export function createInstance(arm: ArmState, set: StoredResource): StoredResource {
  const place = isUniform(set) ? uniformPlace(arm, set) : flexiblePlace(arm, set);
  const profile = objectAt(set.body.properties, "virtualMachineProfile");
  putInterface(arm, set, place, profile);
  const change: ResourceChange = {
    id: place.id,
    name: place.name,
    body: { location: set.body.location, ...place.own.body, properties: machine(set, place, profile) },
    hiddenChanged: false,
  };
  completeMachine(change, arm);
  addDisk(change, arm);
  const instance = put(arm, place.type, place.id, place.name, change.body);
  const image = findMachineImage(objectAt(profile, "storageProfile", "imageReference"));
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

function uniformPlace(arm: ArmState, set: StoredResource): InstancePlace {
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

function flexiblePlace(arm: ArmState, set: StoredResource): InstancePlace {
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

function putInterface(arm: ArmState, set: StoredResource, { nic }: InstancePlace, profile: JsonObject): void {
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

function machine(set: StoredResource, place: InstancePlace, profile: JsonObject): JsonObject {
  const { computerNamePrefix: _, ...osProfile } = objectAt(profile, "osProfile");
  const { storageProfile, securityProfile, licenseType } = profile;
  const osDisk = { ...objectAt(storageProfile, "osDisk"), deleteOption: "Delete" };
  return {
    hardwareProfile: { vmSize: objectAt(set.body.sku).name },
    osProfile: { ...osProfile, computerName: place.computerName },
    storageProfile: { ...objectAt(storageProfile), osDisk },
    ...(securityProfile !== undefined && { securityProfile }),
    ...(licenseType !== undefined && { licenseType }),
    networkProfile: {
      networkInterfaces: [{ id: place.nic.id, properties: { primary: true, deleteOption: "Delete" } }],
    },
    ...place.own.properties,
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
