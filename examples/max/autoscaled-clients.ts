import * as compute from "@pulumi/azure-native/compute";
import { KMSClientGroup, OperatingSystem } from "pulumi-windows-kms";
import { web } from "./azure-clients";
import { foundInAzure } from "./found-hosts";
import { resourceGroupName, subnet } from "./network";
import { adminPassword, location } from "./settings";

const set = new compute.VirtualMachineScaleSet(
  "farm",
  {
    resourceGroupName,
    location,
    orchestrationMode: "Uniform",
    sku: { name: "Standard_B2as_v2", capacity: 2 },
    upgradePolicy: { mode: "Automatic" },
    virtualMachineProfile: {
      osProfile: { computerNamePrefix: "farm", adminUsername: "maxadmin", adminPassword },
      storageProfile: {
        imageReference: {
          publisher: "MicrosoftWindowsServer",
          offer: "WindowsServer",
          sku: "2022-datacenter-g2",
          version: "latest",
        },
        osDisk: { createOption: "FromImage" },
      },
      networkProfile: {
        networkInterfaceConfigurations: [
          { name: "nic", primary: true, ipConfigurations: [{ name: "ip", subnet: { id: subnet.id } }] },
        ],
      },
    },
  },
  { ignoreChanges: ["sku.capacity", "virtualMachineProfile.extensionProfile"] },
);
/** A scale set of somebody else's, whose number of instances an autoscaler sets. */
export const farm = new KMSClientGroup(
  "farm",
  {
    hosts: [foundInAzure],
    os: OperatingSystem.WindowsServer2022,
    edition: "Datacenter",
    scaleSetId: set.id,
    autoscaled: true,
  },
  { dependsOn: [web] },
);
