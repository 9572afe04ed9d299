import assert from "node:assert/strict";
import { azureClients } from "../../provider/azure/clients";

describe("azure/clients", () => {
  const env = { PULUMI_WINDOWS_KMS_ARM_ENDPOINT: "http://127.0.0.1:4711" };

  it("makes one client per subscription and environment", () => {
    const client = azureClients(env).compute("one");
    assert.equal(azureClients({ ...env, PATH: "/bin" }).compute("one"), client);
    assert.notEqual(azureClients(env).compute("two"), client);
    assert.notEqual(
      azureClients({ PULUMI_WINDOWS_KMS_ARM_ENDPOINT: "http://127.0.0.1:4712" }).compute("one"),
      client,
    );
    assert.equal(azureClients(env).privateDns("one"), azureClients(env).privateDns("one"));
  });

  it("sends neither a token nor anything through a proxy on loopback", () => {
    for (const client of [azureClients(env).compute("one"), azureClients(env).privateDns("one")]) {
      const names = client.pipeline.getOrderedPolicies().map(({ name }) => name);
      assert.ok(!names.includes("bearerTokenAuthenticationPolicy"));
      assert.ok(!names.includes("proxyPolicy"));
    }
    const real = azureClients({ ARM_CLIENT_ID: "c", ARM_TENANT_ID: "t", ARM_CLIENT_SECRET: "s" }).compute(
      "one",
    );
    assert.ok(
      real.pipeline.getOrderedPolicies().some(({ name }) => name === "bearerTokenAuthenticationPolicy"),
    );
  });
});
