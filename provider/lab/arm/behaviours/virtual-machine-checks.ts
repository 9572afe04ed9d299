import { ArmError } from "../arm-error";
import type { ArmState, ResourceChange } from "../arm-state";
import { objectAt, objectsIn, textOf, type JsonObject } from "../json";
import { findMachineImage, hasTrustedLaunch, type MachineImage } from "../machine-image";
import { machineWith } from "../machine-index";
import { checkWindowsProfile } from "./windows-profile";

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
  const image = findMachineImage(reference);
  checkSecurityType(properties, hasTrustedLaunch(image, reference));
  checkInterfaces(change, properties, arm);
  if (change.previous !== undefined) {
    checkUnchanged(change, properties);
  } else {
    checkWindowsProfile(change.name, properties);
  }
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
