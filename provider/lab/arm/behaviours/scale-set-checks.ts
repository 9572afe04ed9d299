import { ArmError } from "../arm-error";
import type { ResourceChange } from "../arm-state";
import { objectAt, objectsIn, textOf, type JsonObject } from "../json";
import { findMachineImage } from "../machine-image";
import { checkHandler } from "./scale-set-extension";
import { checkWindowsProfile } from "./windows-profile";

/** Digits that Azure puts behind the prefix of computer names. */
const computerNameDigits = "000000";

/** Source: learn.microsoft.com virtual-machine-scale-sets-orchestration-modes. */
const mostInstances = 1000;

/** What Azure can't change on an existing scale set. */
const fixedProperties = [
  ["orchestrationMode"],
  ["virtualMachineProfile", "osProfile", "computerNamePrefix"],
  ["virtualMachineProfile", "osProfile", "adminUsername"],
] as const;

const invalid = (target: string, message: string) => new ArmError(400, "InvalidParameter", message, target);

/** @throws ArmError for what Microsoft.Compute refuses; gives the extensions of the model */
export function checkScaleSet(change: ResourceChange): JsonObject[] {
  const properties = objectAt(change.body.properties);
  const profile = objectAt(properties, "virtualMachineProfile");
  checkCapacity(objectAt(change.body.sku));
  findMachineImage(objectAt(profile, "storageProfile", "imageReference"));
  checkNetwork(properties, profile);
  if (change.previous === undefined) {
    const osProfile = objectAt(profile, "osProfile");
    const computerName = `${textOf(osProfile.computerNamePrefix) ?? change.name}${computerNameDigits}`;
    checkWindowsProfile(change.name, { osProfile: { ...osProfile, computerName } });
  } else {
    checkUnchanged(properties, objectAt(change.previous.body.properties));
  }
  const extensions = objectsIn(objectAt(profile, "extensionProfile").extensions);
  const named = extensions.map((extension) => ({
    name: textOf(extension.name) ?? "",
    properties: objectAt(extension.properties),
  }));
  named.forEach((extension) => checkHandler(extension.name, extension.properties, named));
  return extensions;
}

function checkCapacity({ capacity }: JsonObject): void {
  if (
    typeof capacity !== "number" ||
    !Number.isInteger(capacity) ||
    capacity < 0 ||
    capacity > mostInstances
  ) {
    throw invalid("sku.capacity", `The value of parameter sku.capacity must be from 0 to ${mostInstances}.`);
  }
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

function checkUnchanged(properties: JsonObject, old: JsonObject): void {
  for (const path of fixedProperties) {
    const at = (from: JsonObject) => objectAt(from, ...path.slice(0, -1))[path.at(-1)!];
    if (at(properties) !== undefined && at(properties) !== at(old)) {
      const property = path.join(".");
      throw new ArmError(
        409,
        "PropertyChangeNotAllowed",
        `Changing property '${property}' is not allowed.`,
        property,
      );
    }
  }
}
