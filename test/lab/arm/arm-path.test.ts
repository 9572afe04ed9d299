import assert from "node:assert/strict";
import { groupOf, nameOf, parentId, parseArmPath, resourceId } from "../../../provider/lab/arm/arm-path";

const group = "/subscriptions/s/resourceGroups/rg";

describe("lab/arm paths", () => {
  it("takes resources, children, lists and actions apart", () => {
    const base = { subscriptionId: "s", resourceGroup: "rg" };
    const zone = `${group}/providers/Microsoft.Network/privateDnsZones/corp.example`;
    assert.deepEqual(parseArmPath(zone), {
      ...base,
      type: "Microsoft.Network/privateDnsZones",
      names: ["corp.example"],
    });
    assert.deepEqual(parseArmPath(`${zone}/SRV/_vlmcs._tcp/`), {
      ...base,
      type: "Microsoft.Network/privateDnsZones/SRV",
      names: ["corp.example", "_vlmcs._tcp"],
    });
    assert.deepEqual(parseArmPath(`${zone}/A/%40`)?.names, ["corp.example", "@"]);
    assert.deepEqual(parseArmPath(`${zone}/ALL`), {
      ...base,
      type: "Microsoft.Network/privateDnsZones",
      names: ["corp.example"],
      tail: "ALL",
    });
  });

  it("takes resource groups apart", () => {
    assert.deepEqual(parseArmPath("/subscriptions/s/resourcegroups/rg"), {
      subscriptionId: "s",
      resourceGroup: "rg",
      names: [],
    });
    assert.deepEqual(parseArmPath("/subscriptions/s/resourcegroups"), {
      subscriptionId: "s",
      names: [],
      tail: "resourceGroups",
    });
  });

  it("knows what is no path of ARM", () => {
    for (const path of [
      "/",
      "/lab/machines",
      "/subscriptions",
      "/subscriptions//resourceGroups/rg",
      `${group}/providers/X`,
    ]) {
      assert.equal(parseArmPath(path), undefined, path);
    }
  });

  it("puts IDs together and names their parts", () => {
    const id = resourceId("s", "rg", "Microsoft.Network/virtualNetworks/subnets", ["v", "n"]);
    assert.equal(id, `${group}/providers/Microsoft.Network/virtualNetworks/v/subnets/n`);
    assert.equal(parentId(id), `${group}/providers/Microsoft.Network/virtualNetworks/v`);
    assert.equal(parentId(parentId(id)!), undefined);
    assert.equal(parentId(group), undefined);
    assert.deepEqual([nameOf(id), groupOf(id)], ["n", "rg"]);
  });
});
