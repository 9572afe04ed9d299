import assert from "node:assert/strict";
import { isIPv4 } from "node:net";
import {
  azureKmsAddresses,
  azureKmsEntries,
  azureKmsNamed,
  azureKmsOf,
  azureKmsPrefixes,
} from "../../provider/catalog/azure-kms";

describe("Azure's own KMS in the catalogue", () => {
  it("has names and addresses in each cloud, the newer name first", () => {
    const servers = azureKmsEntries().map(({ cloud, servers: [newer, older] }) => [
      cloud,
      newer.name,
      older.name,
    ]);
    assert.deepEqual(servers, [
      ["public", "azkms.core.windows.net", "kms.core.windows.net"],
      ["usgovernment", "azkms.core.usgovcloudapi.net", "kms.core.usgovcloudapi.net"],
      ["china", "azkms.core.chinacloudapi.cn", "kms.core.chinacloudapi.cn"],
    ]);
  });

  it("has the address of the older name before and after it moved", () => {
    assert.deepEqual(azureKmsAddresses(azureKmsOf("public")), [
      "20.118.99.224",
      "40.83.235.53",
      "23.102.135.246",
    ]);
  });

  it("has each address once, and whole", () => {
    const all = azureKmsEntries().flatMap(azureKmsAddresses);
    assert.equal(new Set(all).size, all.length);
    assert.deepEqual(
      all.filter((address) => !isIPv4(address)),
      [],
    );
  });

  it("is found by cloud, and by either name in any case", () => {
    assert.deepEqual(azureKmsPrefixes(azureKmsOf("china")), [
      "159.27.28.100/32",
      "163.228.64.161/32",
      "42.159.7.249/32",
    ]);
    assert.equal(azureKmsNamed("AZKMS.core.windows.net")?.cloud, "public");
    assert.equal(azureKmsNamed("kms.core.usgovcloudapi.net")?.cloud, "usgovernment");
    assert.equal(azureKmsNamed("kms.corp.example"), undefined);
  });
});
