import assert from "node:assert/strict";
import { type AzureResource, type KMSHostValues, validate } from "../../provider";
import { codes, createdHost, createdServers, idOf, subnet, virtualNetwork } from "./azure-program";
import { expectDiagnostics } from "./expect";

const zone = (name: string, zoneName: string, group = "rg"): AzureResource => ({
  type: "azure-native:privatedns:PrivateZone",
  name,
  args: { resourceGroupName: group, privateZoneName: zoneName, location: "Global" },
});
const zoneId = (zoneName: string, group = "rg") =>
  `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Network/privateDnsZones/${zoneName}`;
const link = (
  name: string,
  privateZoneName: string,
  registrationEnabled = false,
  vnet = "vnet",
): AzureResource => ({
  type: "azure-native:privatedns:VirtualNetworkLink",
  name,
  args: {
    resourceGroupName: "rg",
    privateZoneName,
    location: "Global",
    registrationEnabled,
    virtualNetwork: { id: idOf.network("virtualNetworks", vnet) },
  },
});
const published = (name: string): KMSHostValues =>
  createdHost({ zones: [{ zoneName: name, azurePrivateZoneId: zoneId(name) }] });

const of = (
  resources: AzureResource[],
  hosts: Record<string, KMSHostValues> = { kms: published("corp.example") },
) =>
  validate({
    hosts,
    groups: { web: createdServers({ hosts: Object.keys(hosts) }) },
    resources: [
      virtualNetwork(),
      subnet("hosts"),
      subnet("web"),
      zone("corp", "corp.example"),
      zone("ad", "ad.example"),
      ...resources,
    ],
  }).filter(({ code }) => code !== "KMS2226");

describe("N03: links of private zones of which Azure refuses one", () => {
  // Source: https://github.com/Azure/terraform-azurerm-caf-enterprise-scale/issues/157
  it("are named where both register the machines of a network", () => {
    expectDiagnostics(of([link("kms-link", "corp.example", true), link("ad-link", "ad.example", true)]), [
      "error",
      "KMS2294",
      "kms",
      /zones\[0\]: the links "kms-link" and "ad-link" link the virtual network "vnet" to two zones with registrationEnabled true/,
    ]);
    const one = [link("kms-link", "corp.example", true), link("ad-link", "ad.example")];
    assert.deepEqual(of(one), []);
    const other = virtualNetwork({ virtualNetworkName: "other" });
    const apart = [link("kms-link", "corp.example", true), link("ad-link", "ad.example", true, "other")];
    assert.deepEqual(of([{ ...other, name: "other" }, ...apart]), [], "one zone for each network");
  });

  // Source: https://github.com/MicrosoftDocs/azure-aks-docs/issues/212
  it("are named where one zone, or two of one name, are linked to a network", () => {
    const twice = [link("first", "corp.example"), link("second", "corp.example")];
    expectDiagnostics(of(twice), ["error", "KMS2294", "kms", /to the zone "corp" twice/, /Keep one/]);
  });

  it("are reported once, for the first host, and left alone where no host is in the zones", () => {
    const registered = [link("kms-link", "corp.example", true), link("ad-link", "ad.example", true)];
    const hosts = { kms: published("corp.example"), kms2: published("corp.example") };
    const found = of(registered, hosts).filter(({ code }) => code === "KMS2294");
    assert.deepEqual(
      found.map(({ resource }) => resource),
      ["kms"],
    );
    assert.ok(!codes(of(registered, { kms: createdHost() })).includes("error KMS2294"));
  });
});
