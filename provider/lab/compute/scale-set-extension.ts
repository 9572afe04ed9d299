import { ArmError } from "../arm/arm-error";
import { parentId } from "../arm/arm-path";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm/arm-state";
import { type Json, objectAt, textOf } from "../arm/json";
import { scaleSetExtensionType } from "./machine-index";
import { upgradeInstances } from "./scale-set-model";
import { checkExtensionsAllowed } from "./virtual-machine-checks";

/** An extension of a scale set's model runs on instances: on new ones, and by the set's upgrade policy on the others. */
export const scaleSetExtensionBehaviour: TypeBehaviour = {
  write(change, arm) {
    const set = parentId(change.id)!;
    checkExtensionsAllowed(objectAt(arm.store.get(set)?.body.properties, "virtualMachineProfile"));
    const properties = objectAt(change.body.properties);
    checkHandler(
      change.name,
      properties,
      arm.store
        .childrenOf(set, scaleSetExtensionType)
        .map(({ name, body }) => ({ name, properties: objectAt(body.properties) })),
    );
    keepCommand(arm, change, properties.protectedSettings);
    return () => upgradeInstances(arm, arm.store.get(set)!);
  },
  remove(extension, arm) {
    arm.extensionRuns.commands.delete(extension.id.toLowerCase());
    const set = arm.store.get(parentId(extension.id)!);
    arm.store.remove(extension.id);
    if (set !== undefined) {
      upgradeInstances(arm, set);
    }
  },
};

/** Settings that were protected cannot be read back, so a write without them has none. Source: azure-sdk-for-net#2716. */
export function keepCommand(
  arm: ArmState,
  { id }: Pick<ResourceChange, "id">,
  settings: Json | undefined,
): void {
  const command = textOf(objectAt(settings).commandToExecute);
  if (command === undefined) {
    arm.extensionRuns.commands.delete(id.toLowerCase());
  } else {
    arm.extensionRuns.commands.set(id.toLowerCase(), command);
  }
}

interface NamedExtension {
  name: string;
  properties: { publisher?: Json; type?: Json };
}

/** @throws ArmError 400: a machine has one extension of a kind */
export function checkHandler(
  name: string,
  { publisher, type }: NamedExtension["properties"],
  others: NamedExtension[],
): void {
  const clash = others.some(
    (other) =>
      other.name.toLowerCase() !== name.toLowerCase() &&
      other.properties.publisher === publisher &&
      other.properties.type === type,
  );
  if (clash) {
    throw new ArmError(
      400,
      "BadRequest",
      `Multiple VMExtensions per handler not supported for OS type 'Windows'. VMExtension '${name}' with handler '${textOf(publisher)}.${textOf(type)}' already added or specified in input.`,
    );
  }
}
