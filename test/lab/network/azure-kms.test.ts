import assert from "node:assert/strict";
import type { RouteNextHopType, Subnet } from "@azure/arm-network";
import { createFleet } from "../../../provider/lab/windows/fleet";
import type { LabNetwork } from "../../../provider/lab/windows/world";
import { type Arm, createMachine, createNetwork, startArm } from "../arm/arm-fixture";
import { refusal } from "../arm/arm-names";

const newName = "azkms.core.windows.net";
const oldName = "kms.core.windows.net";

describe("lab/arm way to Azure's own KMS", () => {
  let arm: Arm;
  let network: LabNetwork;
  let machine: string;
  let tableId: string;

  beforeEach(async () => {
    arm = await startArm({
      fleet: (given, clock) => {
        network = given;
        return createFleet({ network: given, clock });
      },
    });
    machine = (await createMachine(arm, "web", await createNetwork(arm))).toLowerCase();
    const table = await arm.network.routeTables.beginCreateOrUpdateAndWait("rg", "tunnel", {
      location: "westeurope",
      routes: [{ name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualNetworkGateway" }],
    });
    tableId = table.id!;
  });
  afterEach(() => arm.close());

  const reaches = (name: string, port = 1688) => network.reachesAzureKms(machine, name, port);
  const subnet = (changes: Subnet) =>
    arm.network.subnets.beginCreateOrUpdateAndWait("rg", "vnet", "hosts", {
      addressPrefix: "10.0.1.0/24",
      ...changes,
    });
  const route = (name: string, addressPrefix: string, nextHopType: RouteNextHopType = "Internet") =>
    arm.network.routes.beginCreateOrUpdateAndWait("rg", "tunnel", name, { addressPrefix, nextHopType });

  it("is open by default, by its names in the public cloud and on its port", () => {
    assert.equal(reaches(newName), true);
    assert.equal(reaches(`${oldName.toUpperCase()}.`), true);
    assert.equal(reaches(newName, 1689), false);
    assert.equal(reaches("azkms.core.usgovcloudapi.net"), false);
    assert.equal(network.reachesAzureKms("/none", newName, 1688), false);
    assert.equal(network.resolve(machine, newName), undefined);
  });

  it("is closed by forced tunnelling until each address of the name has a route", async () => {
    await subnet({ routeTable: { id: tableId } });
    assert.equal(reaches(newName), false);
    await route("first", "20.118.99.224/32");
    assert.equal(reaches(newName), false);
    await route("second", "40.83.235.53/32");
    assert.equal(reaches(newName), true);
    assert.equal(reaches(oldName), false);
    await route("third", "23.102.0.0/16");
    assert.equal(reaches(oldName), true);
    await route("closer", "23.102.135.246/32", "None");
    assert.equal(reaches(oldName), false);
  });

  it("needs an outbound method in a private subnet, which routes are not", async () => {
    await subnet({ defaultOutboundAccess: false });
    assert.equal(reaches(oldName), false);
    await route("third", "23.102.135.246/32");
    await subnet({ defaultOutboundAccess: false, routeTable: { id: tableId } });
    assert.equal(reaches(oldName), false);
    const address = await arm.network.publicIPAddresses.beginCreateOrUpdateAndWait("rg", "out", {
      location: "westeurope",
    });
    const gateway = await arm.network.natGateways.beginCreateOrUpdateAndWait("rg", "out", {
      location: "westeurope",
      publicIpAddresses: [{ id: address.id }],
    });
    await subnet({ defaultOutboundAccess: false, natGateway: { id: gateway.id } });
    assert.equal(reaches(oldName), true);
    await assert.rejects(
      arm.network.natGateways.beginDeleteAndWait("rg", "out"),
      refusal(409, "InUseNatGatewayCannotBeDeleted"),
    );
  });

  it("is held up by ordinary security rules only where a route for 0.0.0.0/0 leads away", async () => {
    const nsg = await arm.network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", "nsg", {
      location: "westeurope",
    });
    const rule = (priority: number, destinationAddressPrefix: string, access = "Deny") =>
      arm.network.securityRules.beginCreateOrUpdateAndWait("rg", "nsg", `out-${priority}`, {
        ...{ protocol: "*", direction: "Outbound", access, priority },
        ...{ sourceAddressPrefix: "*", sourcePortRange: "*", destinationAddressPrefix },
        destinationPortRange: "*",
      });
    await rule(300, "Internet");
    await subnet({ networkSecurityGroup: { id: nsg.id } });
    assert.equal(reaches(oldName), true);
    await route("third", "23.102.135.246/32");
    await subnet({ networkSecurityGroup: { id: nsg.id }, routeTable: { id: tableId } });
    assert.equal(reaches(oldName), false);
    await rule(200, "AzurePlatformLKM", "Allow");
    assert.equal(reaches(oldName), true);
    await rule(100, "AzurePlatformLKM");
    await subnet({ networkSecurityGroup: { id: nsg.id } });
    assert.equal(reaches(oldName), false);
  });

  it("is open to a machine with a public address of its own", async () => {
    await subnet({ defaultOutboundAccess: false });
    const address = await arm.network.publicIPAddresses.beginCreateOrUpdateAndWait("rg", "own", {
      location: "westeurope",
    });
    const nic = await arm.network.networkInterfaces.get("rg", "web-nic");
    nic.ipConfigurations![0].publicIPAddress = { id: address.id };
    await arm.network.networkInterfaces.beginCreateOrUpdateAndWait("rg", "web-nic", nic);
    assert.equal(reaches(newName), true);
  });

  it("keeps a route table that a subnet uses", async () => {
    await subnet({ routeTable: { id: tableId } });
    const remove = () => arm.network.routeTables.beginDeleteAndWait("rg", "tunnel");
    await assert.rejects(remove(), refusal(409, "InUseRouteTableCannotBeDeleted"));
    await subnet({});
    await remove();
  });

  it("has routes that Azure takes: each prefix once, a known hop, an address for an appliance", async () => {
    const { routes } = await arm.network.routeTables.get("rg", "tunnel");
    assert.deepEqual(
      routes?.map(({ name }) => name),
      ["default"],
    );
    await route("default", "0.0.0.0/0");
    await route("tag", "AzureMonitor");
    await assert.rejects(route("again", "0.0.0.0/0"), refusal(400, "RouteConflict"));
    await assert.rejects(route("wrong", "10.0.0.0/33"), refusal(400, "InvalidAddressPrefixFormat"));
    await assert.rejects(route("wrong", "10.0.0.0/8", "Elsewhere"), refusal(400, "InvalidRequestFormat"));
    await assert.rejects(
      route("wrong", "10.0.0.0/8", "VirtualAppliance"),
      refusal(400, "InvalidNextHopIpAddress"),
    );
  });
});
