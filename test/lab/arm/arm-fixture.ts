import { ComputeManagementClient, type VirtualMachine } from "@azure/arm-compute";
import { NetworkManagementClient } from "@azure/arm-network";
import { PrivateDnsManagementClient } from "@azure/arm-privatedns";
import { type ArmServer, type ArmServerOptions, createArmServer } from "../../../provider/lab/arm/server";
import { labControl } from "../../../provider/lab/control/lab-control";
import { groupPath, subscriptionId, tenantId } from "./arm-names";

/** A running lab with Microsoft's clients for it. */
export async function startArm(options: Partial<ArmServerOptions> = {}) {
  const server: ArmServer = await createArmServer({ subscriptionId, tenantId, ...options });
  const { endpoint } = server;
  const settings = {
    endpoint,
    allowInsecureConnection: true,
    credential: undefined,
    retryOptions: { maxRetries: 0 },
  };
  const credential = { getToken: async () => null };
  const compute = new ComputeManagementClient(credential, subscriptionId, settings);
  const network = new NetworkManagementClient(credential, subscriptionId, settings);
  const dns = new PrivateDnsManagementClient(credential, subscriptionId, settings);
  for (const client of [compute, network, dns]) {
    client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
  }
  const group = async (name: string, method = "PUT", body?: object) =>
    fetch(`${endpoint}${groupPath(name)}?api-version=2024-03-01`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  await group("rg", "PUT", { location: "westeurope" });
  return { ...server, compute, network, dns, group, control: labControl(endpoint) };
}

/** What `startArm` gives. */
export type Arm = Awaited<ReturnType<typeof startArm>>;

/** Creates network `vnet` (10.0.0.0/16) with the subnet `hosts` (10.0.1.0/24); gives the subnet's ID. */
export async function createNetwork(arm: Arm, name = "vnet", space = "10.0"): Promise<string> {
  const network = await arm.network.virtualNetworks.beginCreateOrUpdateAndWait("rg", name, {
    location: "westeurope",
    addressSpace: { addressPrefixes: [`${space}.0.0/16`] },
    subnets: [{ name: "hosts", addressPrefix: `${space}.1.0/24` }],
  });
  return network.subnets![0].id!;
}

/** Creates a network interface; gives its ID. */
export async function createInterface(
  arm: Arm,
  name: string,
  subnetId: string,
  groupId?: string,
): Promise<string> {
  const nic = await arm.network.networkInterfaces.beginCreateOrUpdateAndWait("rg", name, {
    location: "westeurope",
    ipConfigurations: [{ name: "primary", subnet: { id: subnetId } }],
    ...(groupId !== undefined && { networkSecurityGroup: { id: groupId } }),
  });
  return nic.id!;
}

/** Invented; as strong as Azure wants it. */
export const administrator = { adminUsername: "kmsadmin", adminPassword: "Zq7!lab-Passw" };

/** Image of Windows Server 2022. */
export const serverImage = {
  publisher: "MicrosoftWindowsServer",
  offer: "windowsserver2022",
  sku: "2022-datacenter-g2",
  version: "latest",
};

/** What a virtual machine is made of, but for its network. */
export const machineProfiles = (computerName: string, imageReference = serverImage) => ({
  hardwareProfile: { vmSize: "Standard_B2as_v2" },
  osProfile: { computerName, ...administrator },
  storageProfile: {
    imageReference,
    osDisk: { createOption: "FromImage", deleteOption: "Delete" },
  },
});

/** The body of a virtual machine. */
export const machineBody = (computerName: string, interfaceId: string): VirtualMachine => ({
  location: "westeurope",
  ...machineProfiles(computerName),
  networkProfile: { networkInterfaces: [{ id: interfaceId, primary: true }] },
  securityProfile: {
    securityType: "TrustedLaunch",
    uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
  },
});

/** Creates a machine with an interface of its own; gives the machine's ID. */
export async function createMachine(
  arm: Arm,
  name: string,
  subnetId: string,
  groupId?: string,
  imageReference = serverImage,
): Promise<string> {
  const nic = await createInterface(arm, `${name}-nic`, subnetId, groupId);
  const body = machineBody(name, nic);
  body.storageProfile!.imageReference = imageReference;
  const vm = await arm.compute.virtualMachines.beginCreateOrUpdateAndWait("rg", name, body);
  return vm.id!;
}
