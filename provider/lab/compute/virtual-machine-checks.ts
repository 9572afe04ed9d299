import {
  adminPasswordRefusal,
  adminUsernameRefusal,
  computerNameRefusal,
  imageRefusal,
  mayBeArm,
  sizeRefusal,
  virtualMachineNameRefusal,
} from "pulumi-windows-kms/bin/provider/testing";
import { ArmError } from "../arm/arm-error";
import type { ArmState, ResourceChange } from "../arm/arm-state";
import { type Json, type JsonObject, objectAt, objectsIn, textOf } from "../arm/json";
import { refuse } from "../arm/refuse";
import {
  findDeployableImage,
  findMachineImage,
  generationOf,
  hasTrustedLaunch,
  type MachineImage,
} from "./image";
import { machineWith } from "./machine-index";

/** What Azure can't change on an existing machine. Source: pulumi-azure-native #577, #1117. */
const fixedProperties = [
  ["osProfile", "computerName"],
  ["osProfile", "adminUsername"],
  ["storageProfile", "imageReference"],
] as const;

/** @throws ArmError for what Microsoft.Compute refuses; gives the machine's image */
export function checkVirtualMachine(change: ResourceChange, arm: ArmState): MachineImage {
  const properties = objectAt(change.body.properties);
  if (Object.keys(objectAt(properties, "storageProfile")).length === 0) {
    throw missing("storageProfile");
  }
  const reference = objectAt(properties, "storageProfile", "imageReference");
  const image =
    change.previous === undefined ? findDeployableImage(reference, arm.clock) : findMachineImage(reference);
  checkSecurityType(properties, hasTrustedLaunch(image, reference));
  checkInterfaces(change, properties, arm);
  if (change.previous !== undefined) {
    checkUnchanged(change, properties);
  } else {
    refuse(virtualMachineNameRefusal(change.name), "name");
    checkWindowsProfile(change.name, properties);
  }
  checkSize(textOf(objectAt(properties, "hardwareProfile").vmSize), properties, image);
  return image;
}

const missing = (name: string) =>
  new ArmError(400, "InvalidParameter", `Required parameter '${name}' is missing (null).`, name);

function checkSecurityType(properties: JsonObject, trustedLaunch: boolean): void {
  const wanted = textOf(objectAt(properties, "securityProfile").securityType);
  if (wanted === "TrustedLaunch" && !trustedLaunch) {
    throw new ArmError(
      400,
      "BadRequest",
      "Use of TrustedLaunch setting is not supported for the provided image. Please select Trusted Launch Supported Gen2 OS Image.",
    );
  }
}

function checkInterfaces(change: ResourceChange, properties: JsonObject, arm: ArmState): void {
  const interfaces = objectsIn(objectAt(properties, "networkProfile").networkInterfaces);
  if (interfaces.length === 0) {
    throw missing("networkProfile.networkInterfaces");
  }
  if (
    interfaces.length > 1 &&
    interfaces.filter((nic) => objectAt(nic.properties).primary === true).length !== 1
  ) {
    throw new ArmError(
      400,
      "VirtualMachineMustHaveOneNetworkInterfaceAsPrimary",
      `Virtual machine ${change.name} must have one network interface set as the primary.`,
    );
  }
  for (const id of interfaces.flatMap((nic) => textOf(nic.id) ?? [])) {
    const user = machineWith(arm.store, id);
    if (user !== undefined && user.id.toLowerCase() !== change.id.toLowerCase()) {
      throw new ArmError(409, "NicInUse", `Network Interface ${id} is used by existing resource ${user.id}.`);
    }
  }
}

function checkUnchanged(change: ResourceChange, properties: JsonObject): void {
  const old = objectAt(change.previous?.body.properties);
  for (const [part, name] of fixedProperties) {
    const given = objectAt(properties, part)[name];
    if (given !== undefined && comparable(given) !== comparable(objectAt(old, part)[name])) {
      throw notAllowed(`${part}.${name}`);
    }
  }
  if (change.hiddenChanged) {
    throw notAllowed("osProfile.adminPassword");
  }
}

const notAllowed = (property: string) =>
  new ArmError(409, "PropertyChangeNotAllowed", `Changing property '${property}' is not allowed.`, property);

function comparable(value: JsonObject[string]): string {
  const { publisher, offer, sku, version, id } = objectAt(value);
  return typeof value === "string" ? value : JSON.stringify([publisher, offer, sku, version, id]);
}

/**
 * Extensions and run commands need the machine's agent, and its owner's permission.
 * Words of the answer: hashicorp/terraform#24626.
 * @throws ArmError 409
 */
export function checkExtensionsAllowed(properties: Json | undefined): void {
  if (objectAt(properties, "osProfile").allowExtensionOperations === false) {
    throw new ArmError(
      409,
      "OperationNotAllowed",
      "This operation cannot be performed when extension operations are disallowed. To allow, please ensure VM Agent is installed on the VM and the osProfile.allowExtensionOperations property is true.",
    );
  }
}

/**
 * A machine that is made without the agent cannot allow extensions.
 * Source: hashicorp/terraform-provider-azurerm#8001.
 */
function checkAgent(properties: JsonObject): void {
  const profile = objectAt(properties, "osProfile");
  const { provisionVMAgent } = objectAt(profile, "windowsConfiguration");
  if (provisionVMAgent === false && profile.allowExtensionOperations !== false) {
    throw invalid("allowExtensionOperations", "The value of parameter allowExtensionOperations is invalid.");
  }
}

/** @throws ArmError 400 for a computer name, administrator name or password that Azure refuses on Windows */
export function checkWindowsProfile(name: string, properties: JsonObject): void {
  const profile = objectAt(properties, "osProfile");
  if (Object.keys(profile).length === 0) {
    throw invalid("osProfile", "Required parameter 'osProfile' is missing (null).");
  }
  checkAgent(properties);
  refuse(computerNameRefusal(textOf(profile.computerName) ?? name), "computerName");
  refuse(adminUsernameRefusal(textOf(profile.adminUsername) ?? ""), "adminUsername");
  refuse(adminPasswordRefusal(textOf(profile.adminPassword) ?? ""), "adminPassword");
}

const invalid = (target: string, message: string) => new ArmError(400, "InvalidParameter", message, target);

/** @throws ArmError 400 for a size that Azure refuses with this image and disk */
export function checkSize(size: string | undefined, profile: JsonObject, image: MachineImage): void {
  if (size === undefined) {
    return;
  }
  const disk = objectAt(profile, "storageProfile", "osDisk");
  const osDiskType = textOf(objectAt(disk, "managedDisk").storageAccountType);
  const trustedLaunch = textOf(objectAt(profile, "securityProfile").securityType) === "TrustedLaunch";
  const reference = objectAt(profile, "storageProfile", "imageReference");
  const arm = mayBeArm({ id: textOf(reference.id), sku: textOf(reference.sku) });
  const generation = generationOf(reference);
  const refusal = sizeRefusal({ size, osDiskType, trustedLaunch, generation, mayBeArm: arm });
  const name = textOf(disk.name) ?? `${image.offer}_OsDisk`;
  refuse(imageRefusal(textOf(reference.id) ?? "", trustedLaunch), "imageReference");
  refuse(refusal, "vmSize", { size, disk: osDiskType ?? "", name });
}
