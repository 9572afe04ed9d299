import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { Edition, KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const config = new pulumi.Config();
const location = config.get("location") ?? "westeurope";
const adminPassword = config.requireSecret("adminPassword");

const resourceGroupName = new resources.ResourceGroup("kms", { location }).name;
const vnet = new network.VirtualNetwork("corp", {
  resourceGroupName,
  location,
  addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
});
const subnet = new network.Subnet("servers", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.20.1.0/24",
  // The KMS host needs a way out for its activation. Where subnets have none by default, give the subnet a NAT gateway.
  defaultOutboundAccess: true,
});
const create = { resourceGroupName, location, subnetId: subnet.id, adminPassword };

// Everybody's updates are counted in the ledger that the stack configuration `windows-kms:ledger` names.
const host = new KMSHost("kms", {
  key: { keyGroup: KeyGroup.WindowsServer2022, productKey: config.requireSecret("kmsHostKey") },
  os: OperatingSystem.WindowsServer2022,
  machine: { create },
  clientPrefixes: ["10.20.0.0/16"],
});

const web = new KMSClientGroup("web", {
  hosts: [host],
  os: OperatingSystem.WindowsServer2022,
  edition: Edition.Datacenter,
  machines: { create: { ...create, count: 5 } },
});

export const members = web.members;
