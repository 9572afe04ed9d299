import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import type { MachineNetworkArgs, WindowsVmArgs } from "pulumi-windows-kms";
import { adminPassword, config, location } from "./settings";

export const resourceGroupName = new resources.ResourceGroup("max", { location }).name;
export const vnet = new network.VirtualNetwork("corp", {
  resourceGroupName,
  location,
  addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
});

const address = new network.PublicIPAddress("outbound", {
  resourceGroupName,
  location,
  sku: { name: "Standard" },
  publicIPAllocationMethod: "Static",
});
const gateway = new network.NatGateway("outbound", {
  resourceGroupName,
  location,
  sku: { name: "Standard" },
  publicIpAddresses: [{ id: address.id }],
});
export const subnet = new network.Subnet("machines", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.20.1.0/24",
  defaultOutboundAccess: false,
  natGateway: { id: gateway.id },
});

/** What is true of that subnet; the preview judges by it, and changes nothing. */
export const facts: MachineNetworkArgs = {
  privateSubnet: true,
  outbound: "natGateway",
  defaultRoute: "Internet",
  firewallApplicationRules: [],
  firewallNetworkRules: [],
  dnsServers: [],
};

/** Machines that the package creates there. */
export const vm: WindowsVmArgs = {
  resourceGroupName,
  location,
  subnetId: subnet.id,
  adminUsername: "maxadmin",
  adminPassword,
  size: "Standard_B2as_v2",
  core: true,
  osDiskType: "Premium_LRS",
  licenseType: "Windows_Server",
  // Needs the feature EncryptionAtHost of the subscription.
  encryptionAtHost: config.getBoolean("encryptionAtHost") ?? false,
  tags: { purpose: "volume activation" },
};
