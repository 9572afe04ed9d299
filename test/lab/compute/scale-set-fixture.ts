import type { VirtualMachineScaleSet, VirtualMachineScaleSetExtension } from "@azure/arm-compute";
import { ensureClientPlan } from "../../../provider/group/plan";
import type { DesiredClient } from "../../../provider/group/plan";
import { azureRunCommand } from "../../../provider/machine/azure-run-command";
import { extensionName, licensingExtension } from "../../../provider/machine/scale-set-extension";
import { administrator, type Arm, createMachine, serverImage } from "../arm/arm-fixture";
import { activateHost } from "../../machine/activate-host";
import { group2022, hostKey, setupKeys } from "../windows/test-lab";

export const hostAddress = "10.0.1.4";

/** What instances shall be that ask the KMS host of `createHost`. */
export const desiredInstanceState: DesiredClient = {
  setupKey: setupKeys.server2022Datacenter,
  discovery: "fixedHost",
  hostNames: [hostAddress],
  host: { name: hostAddress, port: 1688 },
};

/** Creates a KMS host as the first machine of the subnet. */
export async function createHost(arm: Arm, subnetId: string): Promise<void> {
  const azureVmId = await createMachine(arm, "kms", subnetId);
  await activateHost(azureRunCommand(azureVmId, arm.compute), hostKey(group2022));
}

/** Our extension as Microsoft's client takes it. */
export function sdkExtension(desired: DesiredClient = desiredInstanceState): VirtualMachineScaleSetExtension {
  const { type, ...extension } = licensingExtension(ensureClientPlan(desired));
  return { name: extensionName, ...extension, typePropertiesType: type };
}

/** The body of a scale set. */
export function scaleSetBody(
  subnetId: string,
  orchestrationMode: "Flexible" | "Uniform",
  capacity: number,
  extensions?: VirtualMachineScaleSetExtension[],
): VirtualMachineScaleSet {
  const uniform = orchestrationMode === "Uniform";
  return {
    location: "westeurope",
    sku: { name: "Standard_B2as_v2", capacity },
    orchestrationMode,
    platformFaultDomainCount: 1,
    ...(uniform && { upgradePolicy: { mode: "Automatic" } }),
    virtualMachineProfile: {
      osProfile: { computerNamePrefix: "web", ...administrator },
      storageProfile: {
        imageReference: { ...serverImage },
        osDisk: { createOption: "FromImage" },
      },
      networkProfile: {
        ...(!uniform && { networkApiVersion: "2020-11-01" }),
        networkInterfaceConfigurations: [
          {
            name: "primary",
            primary: true,
            ipConfigurations: [{ name: "primary", subnet: { id: subnetId } }],
          },
        ],
      },
      ...(extensions && { extensionProfile: { extensions } }),
    },
  };
}

/** All items of a paged list. */
export async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) {
    items.push(item);
  }
  return items;
}
