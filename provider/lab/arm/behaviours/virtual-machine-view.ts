import type { ArmState } from "../arm-state";
import { objectAt, textOf, type JsonObject } from "../json";
import { findMachineImage } from "../machine-image";
import type { StoredResource } from "../resource-store";
import { extensionViews } from "../scale-set/extension-runs";

/** What Azure shows of a running or stopped machine. */
export function instanceView(resource: StoredResource, arm: ArmState): JsonObject {
  const properties = objectAt(resource.body.properties);
  const running = isRunning(resource, arm);
  const image = findMachineImage(objectAt(properties, "storageProfile", "imageReference"));
  const state = textOf(properties.provisioningState) ?? "Succeeded";
  const time = new Date(arm.clock.now()).toISOString();
  const statuses = [
    {
      code: `ProvisioningState/${state.toLowerCase()}`,
      level: "Info",
      displayStatus: `Provisioning ${state.toLowerCase()}`,
      time,
    },
    running
      ? { code: "PowerState/running", level: "Info", displayStatus: "VM running" }
      : { code: "PowerState/deallocated", level: "Info", displayStatus: "VM deallocated" },
  ];
  const guest = {
    computerName: objectAt(properties, "osProfile").computerName,
    osName: image.osName,
    osVersion: image.osBuild,
    vmAgent: {
      vmAgentVersion: "2.7.41491.1172",
      statuses: [{ code: "ProvisioningState/succeeded", level: "Info", displayStatus: "Ready", time }],
    },
  };
  const extensions = extensionViews(arm.extensionRuns, resource.id);
  return {
    hyperVGeneration: "V2",
    statuses,
    ...(running && guest),
    ...(running && extensions.length > 0 && { extensions }),
  };
}

/** Whether the machine answers: created and not stopped. */
export function isRunning(resource: StoredResource, arm: ArmState): boolean {
  const id = resource.id.toLowerCase();
  return arm.fleet.has(id) && arm.fleet.isRunning(id);
}
