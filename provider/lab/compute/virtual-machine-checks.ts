import { ArmError } from "../arm/arm-error";
import type { ArmState, ResourceChange } from "../arm/arm-state";
import { type Json, type JsonObject, objectAt, objectsIn, textOf } from "../arm/json";
import { findDeployableImage, findMachineImage, hasTrustedLaunch, type MachineImage } from "./image";
import { machineWith } from "./machine-index";
import refusals from "./windows-profile.json";

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
  checkComputerName(textOf(profile.computerName) ?? name);
  checkAdminUsername(textOf(profile.adminUsername) ?? "");
  checkPassword(textOf(profile.adminPassword) ?? "");
}

const invalid = (target: string, message: string) => new ArmError(400, "InvalidParameter", message, target);

function checkComputerName(computerName: string): void {
  if (!/^[^\s`~!@#$%^&*()=+_[\]{}\\|;:.'",<>/?]{1,15}$/.test(computerName) || /^\d+$/.test(computerName)) {
    throw invalid(
      "computerName",
      "Windows computer name cannot be more than 15 characters long, be entirely numeric, or contain the following characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : . ' \" , < > / ?.",
    );
  }
}

function checkAdminUsername(username: string): void {
  if (username === "" || username.length > 20 || username.endsWith(".")) {
    throw invalid(
      "adminUsername",
      "The Admin Username must have 1 to 20 characters and must not end in a period.",
    );
  }
  if (refusals.adminUsernames.includes(username.toLowerCase())) {
    throw invalid("adminUsername", "The Admin Username specified is not allowed.");
  }
}

/** The password itself is in no message. */
function checkPassword(password: string): void {
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  if (password.length < 8 || password.length > 123 || classes < 3) {
    throw invalid(
      "adminPassword",
      "The supplied password must be between 8-123 characters long and must satisfy at least 3 of password complexity requirements from the following: 1) Contains an uppercase character 2) Contains a lowercase character 3) Contains a numeric digit 4) Contains a special character 5) Control characters are not allowed",
    );
  }
  if (refusals.adminPasswords.includes(password.toLowerCase())) {
    throw invalid("adminPassword", "The specified password is not allowed.");
  }
}
