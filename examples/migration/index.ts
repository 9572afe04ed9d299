import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const config = new pulumi.Config();
/** 1: the old host serves. 2: both run, and the clients move. 3: the old host goes. 4: the clients look in DNS again. */
const phase = config.requireNumber("phase");
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
});
const zone = new privatedns.PrivateZone("corp", {
  resourceGroupName,
  privateZoneName: "corp.example",
  location: "global",
});
new privatedns.VirtualNetworkLink("corp", {
  resourceGroupName,
  privateZoneName: zone.name,
  location: "global",
  virtualNetwork: { id: vnet.id },
  registrationEnabled: false,
});
const vm = { resourceGroupName, location, subnetId: subnet.id, adminPassword };

const host = (name: string, year: "2016" | "2025", priority: number) =>
  new KMSHost(name, {
    keyGroup: KeyGroup[`WindowsServer${year}`],
    productKey: config.requireSecret(`kmsHostKey${year}`),
    os: OperatingSystem[`WindowsServer${year}`],
    vm,
    clientPrefixes: ["10.20.0.0/16"],
    srvRecords: [{ privateZone: { resourceGroupName, zoneName: zone.name }, priority }],
  });
// A client that looks for a host by itself asks the one of the lower priority first.
const oldHost = phase < 3 ? host("kms-2016", "2016", phase === 1 ? 0 : 10) : undefined;
const newHost = phase > 1 ? host("kms-2025", "2025", 0) : undefined;

const servers = new KMSClientGroup("servers", {
  hosts: [newHost ?? oldHost!],
  os: OperatingSystem.WindowsServer2016,
  edition: "Datacenter",
  vms: { ...vm, count: 6 },
  // A client asks the host that DNS told it once for as long as that one answers. Only a fixed name moves it.
  discovery: phase === 2 || phase === 3 ? "host" : undefined,
});
export const members = servers.members;
