import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { Discovery, Edition, KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const config = new pulumi.Config();
/** 1: the old host serves. 2: both run, and the clients move. 3: the old host leaves. 4: the clients look in DNS again. */
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
  // The KMS hosts need a way out for its activation. Where subnets have none by default, give the subnet a NAT gateway.
  defaultOutboundAccess: true,
});
const zone = new privatedns.PrivateZone("corp", {
  resourceGroupName,
  privateZoneName: "corp.example",
  location: "global",
});
const link = new privatedns.VirtualNetworkLink("corp", {
  resourceGroupName,
  privateZoneName: zone.name,
  location: "global",
  virtualNetwork: { id: vnet.id },
  registrationEnabled: false,
});
const create = { resourceGroupName, location, subnetId: subnet.id, adminPassword };

const host = (name: string, year: "2016" | "2025", priority: number) =>
  new KMSHost(
    name,
    {
      key: {
        keyGroup: KeyGroup[`WindowsServer${year}`],
        productKey: config.requireSecret(`kmsHostKey${year}`),
      },
      os: OperatingSystem[`WindowsServer${year}`],
      machine: { create },
      clientPrefixes: ["10.20.0.0/16"],
      zones: [{ zoneName: "corp.example", azurePrivateZoneId: zone.id, priority }],
    },
    { dependsOn: link },
  );
const oldHost = phase < 3 ? host("kms-2016", "2016", phase === 1 ? 0 : 10) : undefined;
const newHost = phase > 1 ? host("kms-2025", "2025", 0) : undefined;

export const { members } = new KMSClientGroup("servers", {
  hosts: [newHost ?? oldHost!],
  os: OperatingSystem.WindowsServer2016,
  edition: Edition.Datacenter,
  machines: { create: { ...create, count: 6 } },
  // A client keeps asking the host that it once found in DNS for as long as that host answers. Only a fixed name moves it.
  discovery: phase === 2 || phase === 3 ? Discovery.FixedHost : undefined,
});
