import { limits } from "pulumi-windows-kms/bin/provider/testing";
import { setTimeout } from "node:timers/promises";
import { ArmError } from "../arm/arm-error";
import { nameOf, parentId } from "../arm/arm-path";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm/arm-state";
import type { ScriptTiming } from "../arm/async-operations";
import { type Json, type JsonObject, objectAt, objectsIn, textOf } from "../arm/json";
import type { StoredResource } from "../arm/resource-store";
import {
  type GuestResult,
  type GuestScript,
  outputTail,
  runGuestScript,
  takeGuestScript,
} from "./guest-script";
import { findMachineImage } from "./image";
import { isRunning } from "./virtual-machine";
import { checkExtensionsAllowed } from "./virtual-machine-checks";

const type = "Microsoft.Compute/virtualMachines/runCommands";

/** What decides whether a write runs the script again: an unchanged one does not. Source: azure-sdk-for-net#47307. */
const runProperties = [
  "source",
  "parameters",
  "timeoutInSeconds",
  "asyncExecution",
  "treatFailureAsDeploymentFailure",
];

/** Managed run commands run the licensing script on the simulated machine. */
export const runCommandBehaviour: TypeBehaviour = {
  write(change, arm) {
    const machine = arm.store.get(parentId(change.id)!)!;
    checkMachine(machine, arm);
    checkCount(change, machine, arm);
    checkSource(change);
    preemptDeletions(machine, arm);
    const properties = objectAt(change.body.properties);
    const old = objectAt(change.previous?.body.properties);
    const unchanged = change.previous !== undefined && !change.hiddenChanged && sameRun(properties, old);
    change.body.properties = {
      asyncExecution: false,
      ...properties,
      instanceView: unchanged ? old.instanceView : pending(),
    };
    if (unchanged) {
      return undefined;
    }
    const guest = guestScript(properties);
    return (timing) => run(change.id, machine, guest, arm, timing);
  },
  removing(resource, arm) {
    keepState(resource, deleting, arm);
    return (timing) => finishDeletion(resource.id, arm, timing);
  },
  read(resource, _arm, expand) {
    if (expand?.toLowerCase() === "instanceview") {
      return resource.body;
    }
    const { instanceView: _, ...properties } = objectAt(resource.body.properties);
    return { ...resource.body, properties };
  },
};

const deleting = "Deleting";

/** How long Azure is at a deletion that no fault makes longer. */
const deletionMilliseconds = 20;

const isDeleting = ({ body }: StoredResource) => objectAt(body.properties).provisioningState === deleting;

function keepState(resource: StoredResource, provisioningState: string, arm: ArmState): void {
  const properties = { ...objectAt(resource.body.properties), provisioningState };
  arm.store.put({ ...resource, body: { ...resource.body, properties } });
}

/**
 * A newer operation on the machine ends a deletion that is under way: its run command stays.
 * Source: osbuild/osbuild-composer#1447, Azure/azure-rest-api-specs#22434; that it stays is the stricter guess.
 */
function preemptDeletions(machine: StoredResource, arm: ArmState): void {
  arm.store
    .childrenOf(machine.id, type)
    .filter(isDeleting)
    .forEach((command) => keepState(command, "Failed", arm));
}

async function finishDeletion(id: string, arm: ArmState, timing?: ScriptTiming): Promise<void> {
  await (timing === undefined ? setTimeout(deletionMilliseconds) : arm.clock.sleep(timing.milliseconds));
  const command = arm.store.get(id);
  if (command !== undefined && !isDeleting(command)) {
    throw preempted();
  }
  arm.store.remove(id);
}

function checkMachine(machine: StoredResource, arm: ArmState): void {
  if (!isRunning(machine, arm)) {
    throw new ArmError(
      409,
      "OperationNotAllowed",
      "Cannot modify extensions in the VM when the VM is not running.",
    );
  }
  checkExtensionsAllowed(machine.body.properties);
  const image = findMachineImage(objectAt(machine.body.properties, "storageProfile", "imageReference"));
  if (!image.managedRunCommand) {
    throw new ArmError(
      409,
      "OperationNotAllowed",
      `Managed run commands are not supported on ${image.osName}, the operating system of VM '${machine.name}'.`,
    );
  }
}

function checkCount(change: ResourceChange, machine: StoredResource, arm: ArmState): void {
  const present = arm.store.childrenOf(machine.id, type).length;
  if (change.previous === undefined && present >= limits.runCommandsPerMachine) {
    throw new ArmError(
      409,
      "OperationNotAllowed",
      `VM '${machine.name}' has ${present} run commands. The maximum number of run commands for a VM is ${limits.runCommandsPerMachine}.`,
    );
  }
}

function checkSource(change: ResourceChange): void {
  const source = objectAt(change.body.properties, "source");
  if (["script", "scriptUri", "commandId"].filter((key) => textOf(source[key]) !== undefined).length !== 1) {
    throw new ArmError(
      400,
      "InvalidParameter",
      `Run command '${nameOf(change.id)}' must have exactly one of source.script, source.scriptUri and source.commandId.`,
      "source",
    );
  }
}

const sameRun = (one: JsonObject, other: JsonObject) =>
  runProperties.every((key) => JSON.stringify(one[key] ?? false) === JSON.stringify(other[key] ?? false));

const pending = (): JsonObject => ({ executionState: "Pending", exitCode: 0, output: "", error: "" });

function guestScript(properties: JsonObject): GuestScript {
  return {
    isFile: true,
    script: textOf(objectAt(properties, "source").script) ?? "",
    parameters: namedValues(properties.parameters),
    protectedParameters: namedValues(properties.protectedParameters),
  };
}

const namedValues = (list: Json | undefined) =>
  new Map(objectsIn(list).map(({ name, value }) => [textOf(name) ?? "", textOf(value) ?? ""]));

/** Runs the script and keeps what it printed; at once, unless it takes its time or waits for another. */
function run(
  id: string,
  machine: StoredResource,
  guest: GuestScript,
  arm: ArmState,
  timing?: ScriptTiming,
): void | Promise<void> {
  const startTime = new Date(arm.clock.now()).toISOString();
  const machineId = machine.id.toLowerCase();
  if (!isKept(id, arm)) {
    throw preempted();
  }
  if (arm.silentAgents.has(machineId)) {
    throw agentIsSilent(machine);
  }
  if (timing === undefined && !arm.fleet.isBusy(machineId)) {
    return keepResult(
      id,
      startTime,
      isRunning(machine, arm) ? runGuestScript(arm.fleet, machineId, guest) : stopped,
      arm,
    );
  }
  const isAlive = () => isKept(id, arm) && isRunning(machine, arm);
  const patient = timing ?? { delayMilliseconds: 0, milliseconds: 0, sideBySide: false };
  return takeGuestScript(arm, machineId, guest, patient, isAlive).then((result) =>
    keepResult(id, startTime, result ?? stopped, arm),
  );
}

/** Whether nothing deletes the run command. */
function isKept(id: string, arm: ArmState): boolean {
  const command = arm.store.get(id);
  return command !== undefined && !isDeleting(command);
}

/** Words of the answer: osbuild/osbuild-composer#1447. */
const preempted = () =>
  new ArmError(
    409,
    "OperationPreempted",
    "Operation execution has been preempted by a more recent operation.",
  );

/** Words of the answer: Azure/azure-xplat-cli#2794. */
const agentIsSilent = ({ name }: StoredResource) =>
  new ArmError(
    409,
    "VMAgentStatusCommunicationError",
    `VM '${name}' has not reported status for VM agent or extensions. Please verify the VM has a running VM agent, and can establish outbound connections to Azure storage.`,
  );

const stopped: GuestResult = {
  exitCode: -1,
  output: "",
  error: "The VM was stopped while the run command was running.",
};

/** The run command may have been deleted, or its machine stopped, by now. */
function keepResult(id: string, startTime: string, result: GuestResult, arm: ArmState): void {
  const command = arm.store.get(id);
  if (command === undefined || isDeleting(command)) {
    throw preempted();
  }
  const properties = objectAt(command.body.properties);
  const instanceView = viewOf(result, startTime, new Date(arm.clock.now()).toISOString());
  arm.store.put({ ...command, body: { ...command.body, properties: { ...properties, instanceView } } });
  if (result.exitCode !== 0 && properties.treatFailureAsDeploymentFailure === true) {
    throw new ArmError(
      409,
      "VMExtensionProvisioningError",
      `VM '${nameOf(parentId(id)!)}' has reported a failure when processing run command '${nameOf(id)}'. Error message: 'Command execution finished with exit code ${result.exitCode}'.`,
    );
  }
}

function viewOf({ exitCode, output, error }: GuestResult, startTime: string, endTime: string): JsonObject {
  return {
    executionState: exitCode === 0 ? "Succeeded" : "Failed",
    executionMessage: exitCode === 0 ? "Execution completed" : `Execution failed with exit code ${exitCode}`,
    exitCode,
    output: outputTail(output),
    error: outputTail(error),
    startTime,
    endTime,
    statuses: [],
  };
}
