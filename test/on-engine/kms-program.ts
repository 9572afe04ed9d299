/** Product key of the lab for Windows Server 2022 hosts; invented. */
export const labHostKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";

/** Key of the lab that makes a machine no KMS client any more; invented. */
export const labMak = "NMAKN-CVYNN-2NH2P-NBXTN-NMAKN";

/** Password that tests look for in all that a run leaves behind. */
export const adminPassword = "Lab-Passw0rd-Marker";

/** A program with a network and a zone, and what a test declares in them. */
export function kmsProgram(body: string): string {
  return `
import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const config = new pulumi.Config();
const location = "westeurope";
const group = new resources.ResourceGroup("rg", { location });
const resourceGroupName = group.name;
const vnet = new network.VirtualNetwork("vnet", {
  resourceGroupName,
  location,
  addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
});
const subnet = new network.Subnet("subnet", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.20.1.0/24",
});
const zone = new privatedns.PrivateZone("zone", {
  resourceGroupName,
  privateZoneName: "corp.example",
  location: "global",
});
new privatedns.VirtualNetworkLink("link", {
  resourceGroupName,
  privateZoneName: zone.name,
  location: "global",
  virtualNetwork: { id: vnet.id },
  registrationEnabled: false,
});
const vm = { resourceGroupName, location, subnetId: subnet.id, adminPassword: config.requireSecret("adminPassword") };
const hostArgs = {
  keyGroup: KeyGroup.WindowsServer2022,
  productKey: config.requireSecret("kmsHostKey"),
  os: OperatingSystem.WindowsServer2022,
  vm,
  clientPrefixes: ["10.20.0.0/16"],
  srvRecords: [{ privateZone: { resourceGroupName, zoneName: zone.name } }],
};
const groupArgs = { os: OperatingSystem.WindowsServer2022, edition: "Datacenter", vms: { ...vm, count: 5 } };
${body}
`;
}

/** For the body of such a program: makes a machine, as somebody else's program would. */
export const existingMachine = `
const machine = (name: string) => {
  const nic = new network.NetworkInterface(name + "-nic", {
    resourceGroupName,
    location,
    ipConfigurations: [{ name: "primary", primary: true, subnet: { id: subnet.id } }],
  });
  return new compute.VirtualMachine(name, {
    resourceGroupName,
    location,
    vmName: name,
    hardwareProfile: { vmSize: "Standard_B2as_v2" },
    osProfile: { computerName: name, adminUsername: "kmsadmin", adminPassword: vm.adminPassword },
    storageProfile: {
      imageReference: { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2022-datacenter-g2", version: "latest" },
      osDisk: { createOption: "FromImage", deleteOption: "Delete" },
    },
    networkProfile: { networkInterfaces: [{ id: nic.id, primary: true }] },
  });
};`;
