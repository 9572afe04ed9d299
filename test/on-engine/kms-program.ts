/** Product key of the lab for Windows Server 2022 hosts; invented. */
export const labHostKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";

/** Key of the lab that turns a KMS client into a MAK client; invented. */
export const labMak = "NMAKN-CVYNN-2NH2P-NBXTN-NMAKN";

/** Password that tests search for in everything that a run leaves behind. */
export const adminPassword = "Lab-Passw0rd-Marker";

/** A program that declares a network, a DNS zone, and the test's own resources in them. */
export function kmsProgram(body: string): string {
  return `
import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { Discovery, Edition, KeyGroup, KMSClientGroup, KMSHost, OfficeVersion, OperatingSystem } from "pulumi-windows-kms";

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
const create = { resourceGroupName, location, subnetId: subnet.id, adminPassword: config.requireSecret("adminPassword") };
const key = { keyGroup: KeyGroup.WindowsServer2022, productKey: config.requireSecret("kmsHostKey") };
const hostArgs = {
  key,
  os: OperatingSystem.WindowsServer2022,
  machine: { create },
  clientPrefixes: ["10.20.0.0/16"],
  zones: [{ zoneName: "corp.example", azurePrivateZoneId: zone.id }],
};
const groupArgs = {
  os: OperatingSystem.WindowsServer2022,
  edition: Edition.Datacenter,
  machines: { create: { ...create, count: 5 } },
};
${body}
`;
}

/** For the body of such a program: declares a machine without this package. */
export const existingMachine = `
const machine = (name: string, image = { offer: "windowsserver2022", sku: "2022-datacenter-g2" }) => {
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
    osProfile: { computerName: name, adminUsername: "kmsadmin", adminPassword: create.adminPassword },
    storageProfile: {
      imageReference: { publisher: "MicrosoftWindowsServer", ...image, version: "latest" },
      osDisk: { createOption: "FromImage", deleteOption: "Delete" },
    },
    networkProfile: { networkInterfaces: [{ id: nic.id, primary: true }] },
  });
};`;
