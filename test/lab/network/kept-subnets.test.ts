import assert from "node:assert/strict";
import { type Arm, createInterface, createNetwork, machineProfiles, startArm } from "../arm/arm-fixture";
import { idOf, refusal } from "../arm/arm-names";

describe("lab/network refuses, as Azure does,", () => {
  let arm: Arm;
  beforeEach(async () => {
    arm = await startArm();
    await createNetwork(arm);
  });
  afterEach(() => arm.close());

  const subnet = async (name: string, serviceName?: string) => {
    const made = await arm.network.subnets.beginCreateOrUpdateAndWait("rg", "vnet", name, {
      addressPrefix: "10.0.2.0/24",
      ...(serviceName !== undefined && { delegations: [{ name: "service", serviceName }] }),
    });
    return made.id!;
  };
  const scaleSet = (subnetId: string) =>
    arm.compute.virtualMachineScaleSets.beginCreateOrUpdateAndWait("rg", "set", {
      location: "westeurope",
      orchestrationMode: "Flexible",
      platformFaultDomainCount: 1,
      sku: { name: "Standard_B2as_v2", capacity: 1 },
      virtualMachineProfile: {
        osProfile: { ...machineProfiles("set").osProfile, computerNamePrefix: "set" },
        storageProfile: {
          imageReference: machineProfiles("set").storageProfile.imageReference,
          osDisk: { createOption: "FromImage" },
        },
        networkProfile: {
          networkApiVersion: "2022-11-01",
          networkInterfaceConfigurations: [
            { name: "nic", primary: true, ipConfigurations: [{ name: "ip", subnet: { id: subnetId } }] },
          ],
        },
      },
    });

  it("machines in the subnet of a gateway or a firewall", async () => {
    const id = await subnet("AzureBastionSubnet");
    await assert.rejects(createInterface(arm, "nic", id), refusal(400, "AzureBastionSubnet"));
    await assert.rejects(createInterface(arm, "nic", id), {
      message: /'AzureBastionSubnet' can be used only for the Azure Bastion resource/,
    });
    await assert.rejects(scaleSet(id), refusal(400, "AzureBastionSubnet"));
  });

  it("machines in a subnet that a service has to itself", async () => {
    const id = await subnet("sql", "Microsoft.Sql/managedInstances");
    await assert.rejects(createInterface(arm, "nic", id), refusal(400, "SubnetHasDelegations"));
    await assert.rejects(scaleSet(id), refusal(400, "SubnetHasDelegations"));
  });

  it("a second link of a network to a zone of the same name, or that registers its machines", async () => {
    const link = (zone: string, name: string, registrationEnabled = false) =>
      arm.dns.virtualNetworkLinks.beginCreateOrUpdateAndWait("rg", zone, name, {
        location: "Global",
        virtualNetwork: { id: idOf("Microsoft.Network/virtualNetworks/vnet") },
        registrationEnabled,
      });
    for (const zone of ["corp.example", "ad.example"]) {
      await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", zone, { location: "Global" });
    }
    await link("corp.example", "first", true);
    await assert.rejects(link("corp.example", "second"), {
      ...refusal(400, "BadRequest"),
      message: /multiple zones with overlapping namespaces.*'corp\.example' and 'corp\.example' zones/,
    });
    await assert.rejects(link("ad.example", "other", true), {
      ...refusal(409, "Conflict"),
      message: /conflicting Private DNS zone is 'corp\.example'/,
    });
    await link("ad.example", "other");
  });

  it("a region that it does not have", async () => {
    await assert.rejects(
      arm.network.virtualNetworks.beginCreateOrUpdateAndWait("rg", "other", {
        location: "westeuropa",
        addressSpace: { addressPrefixes: ["10.9.0.0/16"] },
      }),
      refusal(400, "LocationNotAvailableForResourceType"),
    );
  });
});
