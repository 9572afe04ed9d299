import assert from "node:assert/strict";
import { azureCloud, azureEndpoint, findAzureCloud } from "../../provider/azure/cloud";

describe("azure/cloud", () => {
  it("is public Azure by default, else what ARM_ENVIRONMENT names, before AZURE_ENVIRONMENT", () => {
    assert.equal(azureCloud({}), "public");
    assert.equal(azureCloud({ ARM_ENVIRONMENT: "AzureCloud" }), "public");
    assert.equal(azureCloud({ ARM_ENVIRONMENT: "USGovernment", AZURE_ENVIRONMENT: "china" }), "usgovernment");
    assert.equal(azureCloud({ AZURE_ENVIRONMENT: "AzureChinaCloud" }), "china");
  });

  it("refuses another one with those that there are, or finds none", () => {
    const env = { ARM_ENVIRONMENT: "german" };
    assert.throws(() => azureCloud(env), { code: "KMS3102", message: /german.*public, usgovernment, china/ });
    assert.throws(() => azureCloud({ ARM_ENVIRONMENT: "constructor" }), { code: "KMS3102" });
    assert.equal(findAzureCloud(env), undefined);
  });
});

const variable = "PULUMI_WINDOWS_KMS_ARM_ENDPOINT";

describe("azure/cloud: the endpoint", () => {
  it("is public Azure by default, and the sovereign clouds by the names of the Azure Native provider", () => {
    const url = (env: Record<string, string>) => azureEndpoint(env).url;
    assert.equal(url({}), "https://management.azure.com");
    assert.equal(url({ ARM_ENVIRONMENT: "usgovernment" }), "https://management.usgovcloudapi.net");
    assert.equal(url({ ARM_ENVIRONMENT: "AzureUSGovernmentCloud" }), "https://management.usgovcloudapi.net");
    assert.equal(url({ AZURE_ENVIRONMENT: "china" }), "https://management.chinacloudapi.cn");
    assert.match(azureEndpoint({ ARM_ENVIRONMENT: "china" }).authorityHost!, /login\.chinacloudapi\.cn/);
  });

  it("refuses an unknown cloud", () => {
    assert.throws(() => azureEndpoint({ ARM_ENVIRONMENT: "germany" }), {
      code: "KMS3102",
      message: /germany.*public, usgovernment, china/,
    });
  });

  it("takes an endpoint on loopback, without an authority", () => {
    for (const given of [
      "http://127.0.0.1:4711",
      "http://localhost:1",
      "http://[::1]:9",
      "http://127.3.2.1",
    ]) {
      assert.deepEqual(azureEndpoint({ [variable]: given }), { url: given });
    }
  });

  it("refuses any other address there", () => {
    const others = [
      "http://10.0.0.1:80",
      "http://127.0.0.1.example.com",
      "http://127.0.0.1@example.com",
      "https://127.0.0.1",
      "file:///tmp",
      "nonsense",
    ];
    for (const given of others) {
      assert.throws(() => azureEndpoint({ [variable]: given }), { code: "KMS3101" }, given);
    }
  });
});
