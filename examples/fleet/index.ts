import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { Discovery, Edition, KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const config = new pulumi.Config();
const location = config.get("location") ?? "westeurope";
const adminPassword = config.requireSecret("adminPassword");

const resourceGroupName = new resources.ResourceGroup("fleet", { location }).name;
const vnet = new network.VirtualNetwork("corp", {
  resourceGroupName,
  location,
  addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
});
const subnet = new network.Subnet("machines", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.20.0.0/20",
  // The KMS hosts need a way out for its activation. Where subnets have none by default, give the subnet a NAT gateway.
  defaultOutboundAccess: true,
});
const create = { resourceGroupName, location, subnetId: subnet.id, adminPassword };

const key = { keyGroup: KeyGroup.WindowsServer2025, productKey: config.requireSecret("kmsHostKey") };
const hosts = ["kms1", "kms2"].map(
  (name) =>
    new KMSHost(name, {
      key,
      os: OperatingSystem.WindowsServer2025,
      machine: { create },
      clientPrefixes: ["10.20.0.0/16"],
    }),
);

const groups = [
  { name: "web", os: OperatingSystem.WindowsServer2025, edition: Edition.Datacenter, count: 16 },
  { name: "app", os: OperatingSystem.WindowsServer2022, edition: Edition.Datacenter, count: 10 },
  { name: "old", os: OperatingSystem.WindowsServer2016, edition: Edition.Datacenter, count: 6 },
  { name: "desk", os: OperatingSystem.Windows11, edition: Edition.Enterprise, count: 28 },
].map(
  ({ name, os, edition, count }) =>
    new KMSClientGroup(name, {
      hosts,
      os,
      edition,
      machines: { create: { ...create, count } },
      // Each member gets a fixed host, so that every host in use counts enough of them: 5 servers, 25 desktops.
      discovery: Discovery.FixedHost,
      rollout: { canary: 2, maxConcurrent: 4, maxFailures: 1 },
    }),
);

export const kmsHosts = hosts.map(({ fqdn, licenseStatus }) => ({ fqdn, licenseStatus }));
export const machinesMissing = groups.map((group) => group.machinesMissing);
