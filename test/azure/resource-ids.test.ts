import assert from "node:assert/strict";
import { parseAzureVmId, parsePrivateZoneId, parseScaleSetId } from "../../provider/azure/resource-ids";

const idOf = (type: string, name: string) => `/subscriptions/sub/resourceGroups/rg/providers/${type}/${name}`;

describe("azure/resource-ids", () => {
  it("takes IDs apart, in any case", () => {
    assert.deepEqual(parseAzureVmId(idOf("Microsoft.Compute/virtualMachines", "kms1")), {
      subscriptionId: "sub",
      resourceGroupName: "rg",
      vmName: "kms1",
    });
    assert.deepEqual(parseScaleSetId(idOf("microsoft.compute/virtualmachinescalesets", "web")), {
      subscriptionId: "sub",
      resourceGroupName: "rg",
      scaleSetName: "web",
    });
    assert.deepEqual(parsePrivateZoneId(idOf("Microsoft.Network/privateDnsZones", "corp.example")), {
      subscriptionId: "sub",
      resourceGroupName: "rg",
      zoneName: "corp.example",
    });
  });

  it("refuses the ID of anything else, and shows it", () => {
    const zone = idOf("Microsoft.Network/privateDnsZones", "corp.example");
    for (const [parse, code] of [
      [parseAzureVmId, "KMS3104"],
      [parseScaleSetId, "KMS3024"],
    ] as const) {
      assert.throws(() => parse(zone), { code, message: new RegExp(zone) });
    }
    for (const wrong of [
      `${zone}/A/kms01`,
      zone.slice(1),
      idOf("Microsoft.Network/dnsZones", "corp.example"),
    ]) {
      assert.throws(() => parsePrivateZoneId(wrong), { code: "KMS5019", message: new RegExp(wrong) });
    }
  });
});
