import assert from "node:assert/strict";
import { azureCloud, findAzureCloud } from "../../provider/azure/cloud";

describe("azure/azure-cloud", () => {
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
