import { createHash } from "node:crypto";
import {
  decodeExtensionCommand,
  encodePlan,
  licensingScript,
  planParameter,
} from "pulumi-windows-kms/bin/provider/testing";
import { ArmError } from "../arm/arm-error";
import { nameOf } from "../arm/arm-path";
import type { ArmState } from "../arm/arm-state";
import { type JsonObject, objectAt, textOf } from "../arm/json";
import type { StoredResource } from "../arm/resource-store";
import { type GuestResult, outputTail, runGuestScript } from "./guest-script";
import { machineType, scaleSetExtensionType, uniformInstanceType } from "./machine-index";
import { isRunning } from "./virtual-machine";

/** Whether the instances are resources below the scale set instead of virtual machines of their own. */
export const isUniform = (set: StoredResource) =>
  textOf(objectAt(set.body.properties).orchestrationMode) === "Uniform";

/** The instances of a scale set, the oldest first. */
export function instancesOf(arm: ArmState, set: StoredResource): StoredResource[] {
  return isUniform(set)
    ? arm.store.childrenOf(set.id, uniformInstanceType)
    : arm.store.ofType(machineType).filter(({ body }) => isOf(set, body));
}

const isOf = (set: StoredResource, { properties }: JsonObject) =>
  textOf(objectAt(properties, "virtualMachineScaleSet").id)?.toLowerCase() === set.id.toLowerCase();

/** The extensions that instances get from the model. */
function modelExtensions(arm: ArmState, set: StoredResource): ModelExtension[] {
  return arm.store.childrenOf(set.id, scaleSetExtensionType).map(({ id, name, body }) => {
    const { provisioningState: _, ...properties } = objectAt(body.properties);
    const command = arm.extensionRuns.commands.get(id.toLowerCase());
    return {
      name,
      publisher: textOf(properties.publisher) ?? "",
      type: textOf(properties.type) ?? "",
      command,
      digest: digestOf([properties, command ?? ""]),
    };
  });
}

/** Digest of all that instances get from the model. */
const modelDigest = (arm: ArmState, { body }: StoredResource, extensions: ModelExtension[]) =>
  digestOf([
    objectAt(body.properties).virtualMachineProfile ?? {},
    objectAt(body.sku).name ?? "",
    extensions.map(({ name, digest }) => [name, digest]),
  ]);

const digestOf = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** Whether the instance has all that the model says. */
export function hasLatestModel(arm: ArmState, set: StoredResource, instance: StoredResource): boolean {
  const applied = arm.extensionRuns.applied.get(instance.id.toLowerCase());
  return applied?.digest === modelDigest(arm, set, modelExtensions(arm, set));
}

/**
 * Gives instances the model of their scale set: an extension runs where it is new or was changed, and on running
 * machines alone. @throws ArmError 409 when one of them failed
 */
export function applyModel(arm: ArmState, set: StoredResource, instances: StoredResource[]): void {
  const extensions = modelExtensions(arm, set);
  const digest = modelDigest(arm, set, extensions);
  const failed = instances.filter((instance) => !applyTo(arm, instance, extensions, digest));
  if (failed.length > 0) {
    throw new ArmError(
      409,
      "VMExtensionProvisioningError",
      `Multiple VM extensions failed to be provisioned on the VM '${nameOf(failed[0].id)}'. Please see the VM extension instance view for other failures.`,
    );
  }
}

function applyTo(
  arm: ArmState,
  instance: StoredResource,
  extensions: ModelExtension[],
  digest: string,
): boolean {
  if (!isRunning(instance, arm)) {
    return true;
  }
  const before = arm.extensionRuns.applied.get(instance.id.toLowerCase())?.extensions;
  const runs = extensions.map((extension) => {
    const known = before?.get(extension.name);
    const view = known?.digest === extension.digest ? known.view : runExtension(arm, instance.id, extension);
    return [extension.name, { digest: extension.digest, view }] as const;
  });
  arm.extensionRuns.applied.set(instance.id.toLowerCase(), { digest, extensions: new Map(runs) });
  return runs.every(([, { view }]) => objectAt((view.statuses as JsonObject[])[0]).level !== "Error");
}

/** Brings every instance up to date, unless the set leaves that to its owner. */
export function upgradeInstances(arm: ArmState, set: StoredResource): void {
  const mode = textOf(objectAt(set.body.properties, "upgradePolicy").mode) ?? "Manual";
  if (mode !== "Manual") {
    const outdated = instancesOf(arm, set).filter((instance) => !hasLatestModel(arm, set, instance));
    applyModel(arm, set, outdated);
  }
}

/** An extension of a scale set's model with its command line. */
export interface ModelExtension {
  name: string;
  publisher: string;
  type: string;
  /** Undefined when there is none, or it was lost. */
  command: string | undefined;
  digest: string;
}

/** Runs an extension on a running machine; gives what the machine's instance view shows of it. */
function runExtension(arm: ArmState, machineId: string, extension: ModelExtension): JsonObject {
  return viewOf(extension, run(arm, machineId, extension), new Date(arm.clock.now()).toISOString());
}

function run(arm: ArmState, machineId: string, { command, type }: ModelExtension): GuestResult {
  if (type !== "CustomScriptExtension") {
    return { exitCode: 0, output: "", error: "" };
  }
  if (command === undefined) {
    return { exitCode: 1, output: "", error: "The extension has no commandToExecute." };
  }
  const plan = decodeExtensionCommand(command);
  if (plan === undefined) {
    return { exitCode: 1, output: "", error: "The lab runs the licensing script of this package alone." };
  }
  return runGuestScript(arm.fleet, machineId.toLowerCase(), {
    script: licensingScript,
    parameters: new Map([[planParameter, encodePlan(plan)]]),
    protectedParameters: new Map(),
  });
}

/** Output and errors stand in substatuses, their last 4,096 bytes. Source: custom-script-windows.md. */
function viewOf({ name, publisher, type }: ModelExtension, result: GuestResult, time: string): JsonObject {
  const succeeded = result.exitCode === 0;
  const stream = (kind: string, message: string) => ({
    code: `ComponentStatus/${kind}/succeeded`,
    level: "Info",
    displayStatus: "Provisioning succeeded",
    message: outputTail(message),
    time,
  });
  return {
    name,
    type: `${publisher}.${type}`,
    typeHandlerVersion: "1.10.20",
    substatuses: [stream("StdOut", result.output), stream("StdErr", result.error)],
    statuses: [
      {
        code: succeeded ? "ProvisioningState/succeeded" : `ProvisioningState/failed/${result.exitCode}`,
        level: succeeded ? "Info" : "Error",
        displayStatus: succeeded ? "Provisioning succeeded" : "Provisioning failed",
        message: succeeded
          ? "Finished executing command"
          : `Command execution finished, but failed because it returned a non-zero exit code of: '${result.exitCode}'`,
        time,
      },
    ],
  };
}
