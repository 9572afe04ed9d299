import {
  adminPasswordRefusal,
  adminUsernameRefusal,
  computerNameRefusal,
  fixedProperties,
  type FixedProperty,
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
    checkUnchanged(
      change,
      arm.fleet.has(change.id.toLowerCase()) && arm.fleet.isRunning(change.id.toLowerCase()),
    );
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

function checkUnchanged(change: ResourceChange, running: boolean): void {
  refuseFixed("VirtualMachine", change, running);
  if (change.hiddenChanged) {
    throw notAllowed("osProfile.adminPassword");
  }
}

/** Members of the body that stand beside its `properties`. */
const outsideProperties = ["location", "zones", "plan", "extendedLocation", "placement"];

/**
 * @throws ArmError for another value of what is fixed at the creation; what a request leaves out stays
 */
export function refuseFixed(
  resource: FixedProperty["resource"],
  change: ResourceChange,
  running: boolean,
): void {
  const valueIn = (body: JsonObject | undefined, path: string[]) =>
    objectAt(body, ...(outsideProperties.includes(path[0]) ? [] : ["properties"]), ...path.slice(0, -1))[
      path.at(-1)!
    ];
  for (const { property, change: kind, default: unset } of fixedProperties(resource)) {
    const path = property.split(".");
    const [given, old] = [valueIn(change.body, path), valueIn(change.previous?.body, path) ?? unset];
    if (given === undefined || property === "location" || comparable(given) === comparable(old)) {
      continue;
    }
    if (kind === "refused") {
      throw notAllowed(property);
    }
    if (kind === "deallocated" && running) {
      throw new ArmError(
        409,
        "OperationNotAllowed",
        `Changing property '${property}' is allowed only while the virtual machine is deallocated.`,
        property,
      );
    }
  }
}

const notAllowed = (property: string) =>
  new ArmError(409, "PropertyChangeNotAllowed", `Changing property '${property}' is not allowed.`, property);

/** Azure adds the exact version to an image, and writes IDs in any capitals. */
function comparable(value: Json | undefined): string {
  const { exactVersion: _exactVersion, ...members } = objectAt(value);
  const others = typeof members.id === "string" ? { ...members, id: members.id.toLowerCase() } : members;
  const sorted = Object.entries(others).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(typeof value === "object" && !Array.isArray(value) ? sorted : (value ?? null));
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
  refuse(
    imageRefusal({ id: textOf(reference.id), sku: textOf(reference.sku) }, trustedLaunch),
    "imageReference",
  );
  refuse(refusal, "vmSize", { size, disk: osDiskType ?? "", name });
}
