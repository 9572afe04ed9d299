import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { resourceGroupName, subnet } from "./network";
import { adminPassword, location } from "./settings";
import { behind } from "./tunnel";

/** A machine that is not the package's: it takes such a one over, and leaves it when the stack is destroyed. */
function machine(name: string, subnetId: pulumi.Input<string>): compute.VirtualMachine {
  const nic = new network.NetworkInterface(name, {
    resourceGroupName,
    location,
    ipConfigurations: [{ name: "primary", primary: true, subnet: { id: subnetId } }],
  });
  return new compute.VirtualMachine(name, {
    resourceGroupName,
    location,
    hardwareProfile: { vmSize: "Standard_B2as_v2" },
    osProfile: { computerName: name, adminUsername: "maxadmin", adminPassword },
    storageProfile: {
      imageReference: {
        publisher: "MicrosoftWindowsServer",
        offer: "WindowsServer",
        sku: "2022-datacenter-g2",
        version: "latest",
      },
      osDisk: { createOption: "FromImage", deleteOption: "Delete" },
    },
    networkProfile: { networkInterfaces: [{ id: nic.id, primary: true }] },
  });
}

export const quietMachine = machine("kms-quiet", subnet.id);
export const tunnelledMachine = machine("app", behind.id);
