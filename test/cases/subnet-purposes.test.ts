import assert from "node:assert/strict";
import { type KMSClientGroupValues, validate } from "../../provider";
import {
  codes,
  createdHost,
  createdServers,
  idOf,
  network,
  ofHost,
  subnet,
  virtualNetwork,
} from "./azure-program";
import { expectDiagnostics } from "./expect";

const create = { resourceGroupName: "rg", adminPassword: "correct horse 7 battery" };

/** Created servers whose subnet has this name in Azure. */
const serversIn = (subnetId: string): KMSClientGroupValues => ({
  machines: { create: { ...create, count: 6, subnetId } },
});

describe("N01: subnets that Azure keeps for a service of its own", () => {
  const bastion = network("Subnet", "bastion", {
    virtualNetworkName: "vnet",
    subnetName: "AzureBastionSubnet",
    addressPrefix: "10.20.3.0/26",
  });

  // Source: https://github.com/Azure/ato-toolkit/issues/26
  it("take no machines that are created, whatever the resource is called in the program", () => {
    const servers = serversIn(idOf.subnet("AzureBastionSubnet"));
    expectDiagnostics(ofHost([subnet("hosts"), bastion], createdHost(), servers), [
      "error",
      "KMS2139",
      "web",
      /machines\.create\.subnetId: the subnet "bastion" is kept for the service Azure Bastion, and Azure refuses machines in it/,
    ]);
  });

  it("are known by the ID alone, in each of the three arguments", () => {
    const subnetId = idOf.subnet("GatewaySubnet");
    const scaleSet = { ...create, capacity: 6, orchestrationMode: "Flexible" as const, subnetId };
    const of = (args: KMSClientGroupValues) =>
      validate({
        hosts: { kms: createdHost({ machine: { create: { ...create, subnetId } } }) },
        groups: { web: createdServers({ hosts: ["kms"], ...args }) },
      }).filter(({ code }) => code === "KMS2139");
    assert.deepEqual(
      of(serversIn(subnetId)).map(({ resource, path }) => `${resource} ${path}`),
      ["kms machine.create.subnetId", "web machines.create.subnetId"],
    );
    assert.equal(of({ machines: { scaleSet } })[1].path, "machines.scaleSet.subnetId");
  });

  it("are named in place of the room in them", () => {
    const small = { ...bastion, args: { ...bastion.args, addressPrefix: "10.20.3.0/29" } };
    const servers = serversIn(idOf.subnet("AzureBastionSubnet"));
    assert.deepEqual(codes(ofHost([subnet("hosts"), small], createdHost(), servers)), ["error KMS2139"]);
  });
});

describe("N02: subnets that are delegated", () => {
  const delegatedTo = (serviceName: string) =>
    ofHost([subnet("hosts"), subnet("web", { delegations: [{ name: "service", serviceName }] })]);

  // Source: https://github.com/MicrosoftDocs/azure-docs/issues/18010
  it("take no machines where the service has them to itself", () => {
    expectDiagnostics(delegatedTo("Microsoft.ContainerInstance/containerGroups"), [
      "error",
      "KMS2139",
      "web",
      /the subnet "web" is kept for the service Microsoft\.ContainerInstance\/containerGroups, to which it is delegated/,
    ]);
  });

  // Source: https://learn.microsoft.com/azure/virtual-network/subnet-delegation-overview
  it("are doubtful with other services, which may share them", () => {
    expectDiagnostics(delegatedTo("Microsoft.Netapp/volumes"), ["warning", "KMS2139", "web", /may refuse/]);
  });

  it("are judged as well where they stand in their virtual network", () => {
    const whole = virtualNetwork({
      subnets: [
        { name: "hosts", addressPrefix: "10.20.1.0/24" },
        {
          name: "web",
          addressPrefix: "10.20.2.0/24",
          delegations: [{ name: "sql", serviceName: "Microsoft.Sql/managedInstances" }],
        },
      ],
    });
    const diagnostics = validate({
      hosts: { kms: createdHost() },
      groups: { web: createdServers({ hosts: ["kms"] }) },
      resources: [whole],
    });
    assert.ok(codes(diagnostics).includes("error KMS2139"), codes(diagnostics).join());
  });
});
