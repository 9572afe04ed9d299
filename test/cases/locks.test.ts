import assert from "node:assert/strict";
import { type AzureResource, type KMSHostValues, validate } from "../../provider";
import { around, codes, createdHost, defaultRoute, idOf, network, ofAzure, subnet } from "./azure-program";
import { expectDiagnostics } from "./expect";

const lock = (kind: string, level: string, args: object): AzureResource => ({
  type: `azure-native:authorization:ManagementLock${kind}`,
  name: "keep",
  args: { level, ...args },
});
const zoneId = "/subscriptions/s/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/corp.example";
const zone: AzureResource = {
  type: "azure-native:privatedns:PrivateZone",
  name: "corp",
  args: { resourceGroupName: "dns", privateZoneName: "corp.example", location: "Global" },
};

describe("N10: locks over what the package writes into", () => {
  const of = (resources: AzureResource[], args: KMSHostValues = {}) =>
    validate({
      hosts: {
        kms: createdHost({ zones: [{ zoneName: "corp.example", azurePrivateZoneId: zoneId }], ...args }),
      },
      resources,
    });

  // Source: https://learn.microsoft.com/azure/dns/dns-protect-private-zones-recordsets
  it("keep the records out of a zone where they are read-only, at each level", () => {
    for (const given of [
      lock("AtResourceGroupLevel", "ReadOnly", { resourceGroupName: "dns" }),
      lock("AtSubscriptionLevel", "ReadOnly", {}),
      lock("ByScope", "ReadOnly", { scope: zoneId }),
      lock("AtResourceLevel", "ReadOnly", {
        resourceGroupName: "dns",
        resourceProviderNamespace: "Microsoft.Network",
        resourceType: "privateDnsZones",
        resourceName: "corp.example",
      }),
    ]) {
      for (const resources of [[zone, given], [given]]) {
        const found = of(resources).filter(({ code }) => code === "KMS2149");
        expectDiagnostics(found, [
          "warning",
          "KMS2149",
          "kms",
          /zones\[0\]: the lock "keep" lies over the private DNS zone corp\.example and is read-only: Azure refuses to write records there/,
        ]);
      }
    }
  });

  it("are as they should be where they protect a zone against deletion, or lie elsewhere", () => {
    assert.deepEqual(
      of([zone, lock("AtResourceGroupLevel", "CanNotDelete", { resourceGroupName: "dns" })]),
      [],
    );
    assert.deepEqual(
      of([zone, lock("AtResourceGroupLevel", "ReadOnly", { resourceGroupName: "other" })]),
      [],
    );
    const byWindows = { zones: [{ zoneName: "corp.example", publishedBy: "windows" as const }] };
    const locked = of(
      [zone, lock("AtResourceGroupLevel", "ReadOnly", { resourceGroupName: "dns" })],
      byWindows,
    );
    assert.ok(!codes(locked).includes("warning KMS2149"));
  });

  it("keep the routes out of a table", () => {
    const table = network("RouteTable", "spoke", { routeTableName: "spoke" });
    const tunnel = network("Route", "default", {
      routeTableName: "spoke",
      ...defaultRoute("VirtualNetworkGateway"),
    });
    const given = lock("AtResourceLevel", "ReadOnly", {
      resourceGroupName: "rg",
      resourceProviderNamespace: "Microsoft.Network",
      resourceType: "routeTables",
      resourceName: "spoke",
    });
    const azureKmsRouteTableId = idOf.network("routeTables", "spoke");
    expectDiagnostics(
      ofAzure([subnet("web", around.spoke), table, tunnel, given], { azureKmsRouteTableId }),
      [
        "warning",
        "KMS2149",
        "web",
        /azureKmsRouteTableId: the lock "keep" lies over the route table "spoke".*Azure refuses to write routes there/,
      ],
    );
  });

  it("are named for a scale set by what they do to it", () => {
    const setId =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/set";
    const set: AzureResource = {
      type: "azure-native:compute:VirtualMachineScaleSet",
      name: "set",
      args: { resourceGroupName: "rg", vmScaleSetName: "set", orchestrationMode: "Uniform" },
    };
    const given = lock("ByScope", "ReadOnly", { scope: setId });
    const found = validate({
      groups: {
        web: {
          azureKms: true,
          os: "Windows Server 2022",
          edition: "Datacenter",
          machines: { scaleSetId: setId },
        },
      },
      resources: [set, given],
    }).filter(({ code }) => code === "KMS2135");
    assert.equal(found.length, 1);
    assert.match(found[0].message, /refuses every run command and extension there/);
  });
});
