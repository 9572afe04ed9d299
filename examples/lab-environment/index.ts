import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { Edition, KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const config = new pulumi.Config();
const location = config.get("location") ?? "westeurope";
const adminPassword = config.requireSecret("adminPassword");

const resourceGroupName = new resources.ResourceGroup("lab", { location }).name;
const vnet = new network.VirtualNetwork("lab", {
  resourceGroupName,
  location,
  addressSpace: { addressPrefixes: ["10.30.0.0/16"] },
});
const subnet = new network.Subnet("machines", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.30.1.0/24",
  // The KMS host needs a way out for its activation. Where subnets have none by default, give the subnet a NAT gateway.
  defaultOutboundAccess: true,
});
const zone = new privatedns.PrivateZone("lab", {
  resourceGroupName,
  privateZoneName: "lab.example",
  location: "global",
});
const link = new privatedns.VirtualNetworkLink("lab", {
  resourceGroupName,
  privateZoneName: zone.name,
  location: "global",
  virtualNetwork: { id: vnet.id },
  registrationEnabled: false,
});
const create = { resourceGroupName, location, subnetId: subnet.id, adminPassword };

// To Microsoft, another machine is another host, and a key has six. `pulumi destroy --exclude-protected` therefore keeps
// this one and the network that it needs, and the next `pulumi up` builds the rest of the lab around it.
const host = new KMSHost(
  "kms",
  {
    key: { keyGroup: KeyGroup.WindowsServer2022, productKey: config.requireSecret("kmsHostKey") },
    os: OperatingSystem.WindowsServer2022,
    machine: { create },
    clientPrefixes: ["10.30.0.0/16"],
    zones: [{ zoneName: "lab.example", azurePrivateZoneId: zone.id }],
  },
  { protect: true, dependsOn: [link] },
);

const machines = new KMSClientGroup("machines", {
  hosts: [host],
  os: OperatingSystem.WindowsServer2022,
  edition: Edition.Datacenter,
  machines: { create: { ...create, count: 5 } },
});

export const kmsMachineId = host.machineId;
export const members = machines.members;
