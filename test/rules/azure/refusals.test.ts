import assert from "node:assert/strict";
import fc from "fast-check";
import { type AzureRuleName, azureRules } from "../../../provider/catalog/azure-rules";
import {
  portRangeRefusal,
  prefixCountRefusal,
  prefixListRefusal,
  priorityRefusal,
} from "../../../provider/rules/azure/address-prefixes";
import {
  adminPasswordRefusal,
  adminUsernameRefusal,
  computerNameRefusal,
} from "../../../provider/rules/azure/administrator";
import {
  locationRefusal,
  networkRegionRefusal,
  networkResourceNameRefusal,
  resourceGroupNameRefusal,
  virtualMachineNameRefusal,
} from "../../../provider/rules/azure/names";
import {
  recordCountRefusal,
  srvNumberRefusal,
  ttlRefusal,
  zoneNameRefusal,
} from "../../../provider/rules/azure/private-zones";
import { type AzureRefusal, azureAnswer } from "../../../provider/rules/azure/refusal";
import { capacityRefusal, imageRefusal, sizeRefusal } from "../../../provider/rules/azure/sizes";
import { delegatedSubnetRefusal, reservedSubnetRefusal } from "../../../provider/rules/azure/subnet-purposes";
import { tagCountRefusal, tagRefusals } from "../../../provider/rules/azure/tags";

type Refuse = (value: never) => AzureRefusal | undefined;

/** Values that a rule refuses, each with the rule, and values that are right: those at the edges. */
const tables: Record<
  string,
  [refuse: Refuse, wrong: [value: unknown, rule: AzureRuleName][], right: unknown[]]
> = {
  "the name of an administrator": [
    adminUsernameRefusal,
    [
      ["", "adminUsernameLength"],
      ["a".repeat(21), "adminUsernameLength"],
      ["kms@corp", "adminUsernameCharacters"],
      ["a\\b", "adminUsernameCharacters"],
      ["a\u0001b", "adminUsernameCharacters"],
      ["kms.", "adminUsernamePeriod"],
      ["Administrator", "adminUsernameReserved"],
      ["ROOT", "adminUsernameReserved"],
      ["support_388945a0", "adminUsernameReserved"],
    ],
    ["kmsadmin", "k.admin", "a".repeat(20), "admin3", "jürgen"],
  ],
  "the password of an administrator": [
    adminPasswordRefusal,
    [
      ["Aa1!aaa", "adminPasswordLength"],
      [`Aa1!${"a".repeat(120)}`, "adminPasswordLength"],
      ["aaaaaaaaaaaaaa", "adminPasswordClasses"],
      ["lower-and-other", "adminPasswordClasses"],
      ["UPPER4NUMBER", "adminPasswordClasses"],
      ["Aa1!aaa\n", "adminPasswordControl"],
      ["P@ssw0rd", "adminPasswordReserved"],
      ["PA$$word", "adminPasswordReserved"],
    ],
    ["Aa1aaaaa", "lower 4 other", `Aa1!${"a".repeat(119)}`],
  ],
  "a host name": [
    computerNameRefusal,
    [
      ["", "computerNameLength"],
      ["a-name-of-16-char", "computerNameLength"],
      ["kms 1", "computerNameCharacters"],
      ["kms_1", "computerNameCharacters"],
      ["12345", "computerNameDigits"],
    ],
    ["kms-1", "a-name-of-15-ch"],
  ],
  "a resource group": [
    resourceGroupNameRefusal,
    [
      ["", "resourceGroupName"],
      ["r".repeat(91), "resourceGroupName"],
      ["rg.", "resourceGroupName"],
      ["rg 1", "resourceGroupName"],
      ["rg/1", "resourceGroupName"],
    ],
    ["rg", "(rg)_1.a", "größe", "r".repeat(90)],
  ],
  "a network resource": [
    networkResourceNameRefusal,
    [
      ["kms host", "networkResourceName"],
      ["-kms", "networkResourceName"],
      ["kms.", "networkResourceName"],
      ["k".repeat(81), "networkResourceName"],
    ],
    ["k", "kms_", "0kms.a-b", "k".repeat(80)],
  ],
  "a virtual machine": [
    virtualMachineNameRefusal,
    [
      ["_kms", "virtualMachineName"],
      ["kms-", "virtualMachineName"],
      ["k".repeat(65), "virtualMachineName"],
    ],
    ["kms-vm0a1b2c3d", "k".repeat(64)],
  ],
  "a region of a network interface": [
    (region: string) => networkRegionRefusal(region, "West Europe"),
    [["northeurope", "networkRegion"]],
    ["westeurope", "West Europe", "WESTEUROPE"],
  ],
  "the name of a subnet for machines": [
    reservedSubnetRefusal,
    [
      ["GatewaySubnet", "subnetReserved"],
      ["azurefirewallsubnet", "subnetReserved"],
      ["RouteServerSubnet", "subnetReserved"],
    ],
    ["gateway", "GatewaySubnets", "servers"],
  ],
  "what a subnet for machines is delegated to": [
    delegatedSubnetRefusal,
    [[["Microsoft.Sql/managedInstances"], "subnetDelegated"]],
    [[], ["Microsoft.Netapp/volumes"]],
  ],
  "an image of one's own": [
    (image: { id?: string; sku?: string }) => imageRefusal(image, true),
    [
      [{ id: "/providers/Microsoft.Compute/images/gold" }, "imageTrustedLaunch"],
      [{ sku: "2022-datacenter" }, "imageGeneration"],
    ],
    [{ sku: "2022-datacenter-g2" }, { id: "/galleries/g/images/gold" }],
  ],
  "a region": [
    locationRefusal,
    [
      ["west-europe", "location"],
      ["Global", "location"],
      ["", "location"],
    ],
    ["westeurope", "West Europe", "usgovvirginia", "globalregion"],
  ],
  tags: [
    (tags: Record<string, string>) => tagRefusals(tags)[0],
    [
      [{ "": "a" }, "tagNameLength"],
      [{ ["n".repeat(513)]: "" }, "tagNameLength"],
      [{ "a/b": "" }, "tagNameCharacters"],
      [{ "a\tb": "" }, "tagNameCharacters"],
      [{ Env: "a", env: "b" }, "tagNameCase"],
      [{ a: "v".repeat(257) }, "tagValueLength"],
    ],
    [{}, { ["n".repeat(512)]: "v".repeat(256) }, { "cost centre": "<any>", "a:b": "" }],
  ],
  "the number of tags": [tagCountRefusal, [[51, "tagCount"]], [0, 50]],
  "the prefixes of a rule": [
    prefixListRefusal,
    [
      [["10.0.0.0/33"], "prefixForm"],
      [["10.0.0/0/16"], "prefixForm"],
      [["10.20.5.68/27"], "prefixHostBits"],
      [["fd00::1/64"], "prefixHostBits"],
      [["10.0.0.0/8", "fd00::/8"], "prefixFamily"],
      [["10.0.0.0/8", "10.1.0.0/16"], "prefixOverlap"],
      [["10.0.0.1", "10.0.0.1/32"], "prefixOverlap"],
      [["fd00::/48", "fd00:0:0:1::/64"], "prefixOverlap"],
      [["10.0.0.0/8", "VirtualNetwork"], "prefixTag"],
    ],
    [["VirtualNetwork"], ["*"], ["10.0.0.0/9", "10.128.0.0/9"], ["10.20.5.68"], ["0.0.0.0/0"], ["::/0"], []],
  ],
  "the number of prefixes": [prefixCountRefusal, [[4001, "prefixCount"]], [0, 4000]],
  "a priority": [
    priorityRefusal,
    [
      [99, "securityRulePriority"],
      [4097, "securityRulePriority"],
      [Number.NaN, "securityRulePriority"],
    ],
    [100, 4096],
  ],
  ports: [
    portRangeRefusal,
    [
      ["65536", "portRange"],
      ["2-1", "portRange"],
      ["1-2-3", "portRange"],
      ["", "portRange"],
    ],
    ["*", "0", "65535", "1688-1690"],
  ],
  "a number of instances": [
    capacityRefusal,
    [
      [1001, "scaleSetCapacity"],
      [-1, "scaleSetCapacity"],
      [0.5, "scaleSetCapacity"],
    ],
    [0, 1000],
  ],
  "a private DNS zone": [
    zoneNameRefusal,
    [
      ["corp", "zoneLabels"],
      [Array.from({ length: 35 }, () => "a").join("."), "zoneLabels"],
      ["Windows.net", "zoneReserved"],
    ],
    ["corp.example", "privatelink.windows.net", Array.from({ length: 34 }, () => "a").join(".")],
  ],
  "a time to live": [
    ttlRefusal,
    [
      [0, "recordTtl"],
      [2_147_483_648, "recordTtl"],
    ],
    [1, 2_147_483_647],
  ],
  "the number of records": [recordCountRefusal, [[21, "recordCount"]], [20]],
  "a number of an SRV record": [srvNumberRefusal, [[65_536, "srvNumber"]], [0, 65_535]],
  "a size": [
    (size: string) => sizeRefusal({ size, osDiskType: "Premium_LRS", trustedLaunch: true, generation: 2 }),
    [
      ["B2s", "sizeForm"],
      ["Standard_", "sizeForm"],
      ["Standard_D2ps_v5", "sizeArchitecture"],
      ["standard_b2pts_v2", "sizeArchitecture"],
      ["Standard_A2_v2", "sizeTrustedLaunch"],
      ["Basic_A1", "sizeTrustedLaunch"],
      ["Standard_D2_v3", "sizeTrustedLaunch"],
      ["Standard_D3_v2_Promo", "sizeTrustedLaunch"],
      ["Standard_EC4as_cc_v5", "sizeTrustedLaunch"],
      ["Standard_E2_v5", "sizePremium"],
      ["Standard_F4", "sizePremium"],
      ["Standard_D2ad_v5", "sizePremium"],
    ],
    [
      "Standard_B2as_v2",
      "Standard_B1ls",
      "Standard_D2s_v3",
      "Standard_DS1_v2",
      "Standard_E4-2s_v5",
      "Standard_M8-2ms_v2",
      "Standard_M128",
      "Standard_DC2s_v3",
      "Standard_NC24ads_A100_v4",
      "Standard_NV36adms_A10_v5",
      "Standard_PB6s",
      "Standard_M176ds_3_v3",
    ],
  ],
};

describe("what Azure refuses", () => {
  for (const [title, [refuse, wrong, right]] of Object.entries(tables)) {
    it(`of ${title}: each by its rule, and nothing at the edges`, () => {
      for (const [value, rule] of wrong) {
        assert.equal(refuse(value as never)?.rule, rule, JSON.stringify(value));
      }
      for (const value of right) {
        assert.equal(refuse(value as never), undefined, JSON.stringify(value));
      }
    });
  }

  it("has a value for every rule but those that another test is about", () => {
    const covered = new Set(Object.values(tables).flatMap(([, wrong]) => wrong.map(([, rule]) => rule)));
    assert.deepEqual(
      Object.keys(azureRules).filter((rule) => !covered.has(rule as AzureRuleName)),
      ["tagNameReserved", "sizeGeneration", "linkTwice", "linkRegistration"],
    );
    const hardware = { size: "Standard_A2_v2", trustedLaunch: false, generation: 2 as const };
    assert.equal(sizeRefusal(hardware)?.rule, "sizeGeneration");
    assert.equal(sizeRefusal({ ...hardware, generation: 1 }), undefined);
  });

  it("depends on the disk and the image", () => {
    const machine = { size: "Standard_E2_v5", trustedLaunch: true, generation: 2 as const };
    assert.equal(sizeRefusal({ ...machine, osDiskType: "StandardSSD_LRS" }), undefined);
    assert.equal(sizeRefusal({ ...machine, osDiskType: "Premium_ZRS" })?.rule, "sizePremium");
    assert.equal(sizeRefusal({ size: "Standard_D2_v3", trustedLaunch: false, generation: 2 }), undefined);
  });

  it("is answered in Azure's words, which never repeat a password", () => {
    const { code, message } = azureAnswer(adminPasswordRefusal("aaaaaaaaaaaaaa")!);
    assert.equal(code, "InvalidParameter");
    assert.match(message, /8-123 characters/);
    const { message: prefix } = azureAnswer(prefixListRefusal(["10.0.0.1/8"])!, { id: "/rules/allow" });
    assert.equal(prefix, "Security rule /rules/allow has invalid Address prefix. Value provided: 10.0.0.1/8");
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (password) => {
        const refusal = adminPasswordRefusal(`#${password}#`);
        assert.ok(
          refusal === undefined || !JSON.stringify([refusal, azureAnswer(refusal)]).includes(`#${password}#`),
        );
      }),
      { seed: 1 },
    );
  });
});
