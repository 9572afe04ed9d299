import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { azureCredential } from "../../provider/azure/credential";
import { identityToken } from "../../provider/azure/credential";

const principal = { ARM_CLIENT_ID: "client", ARM_TENANT_ID: "tenant" };
const other = { AZURE_CLIENT_ID: "client", AZURE_TENANT_ID: "tenant" };
const kind = (env: Record<string, string>) =>
  azureCredential(env, "https://login.microsoftonline.com").constructor.name;

describe("azure/credential", () => {
  it("chooses the method in the order of the Azure Native provider", () => {
    const all = {
      ...principal,
      ARM_USE_DEFAULT_AZURE_CREDENTIAL: "true",
      ARM_CLIENT_CERTIFICATE_PATH: "client.pem",
      ARM_CLIENT_SECRET: "invented",
      ARM_USE_OIDC: "true",
      ARM_OIDC_TOKEN: "invented",
      ARM_USE_MSI: "true",
    };
    const chosen: string[] = [];
    const env: Record<string, string> = { ...all };
    for (const variable of Object.keys(all).filter(
      (name) => !(name in principal) && name !== "ARM_OIDC_TOKEN",
    )) {
      chosen.push(kind(env));
      delete env[variable];
    }
    chosen.push(kind(env));
    assert.deepEqual(chosen, [
      "DefaultAzureCredential",
      "ClientCertificateCredential",
      "ClientSecretCredential",
      "ClientAssertionCredential",
      "ManagedIdentityCredential",
      "AzureCliCredential",
    ]);
  });

  it("takes the variables of Azure's own SDKs after those, and the login of the Azure CLI last", () => {
    assert.equal(kind({ ...other, AZURE_CLIENT_SECRET: "invented" }), "ClientSecretCredential");
    assert.equal(kind({ ...other, AZURE_FEDERATED_TOKEN_FILE: "token" }), "ClientAssertionCredential");
    assert.equal(
      kind({ ...other, AZURE_CLIENT_SECRET: "invented", ARM_USE_MSI: "true" }),
      "ManagedIdentityCredential",
    );
    assert.equal(kind({}), "AzureCliCredential");
    assert.equal(kind({ ARM_SUBSCRIPTION_ID: "00000000-0000-0000-0000-000000000001" }), "AzureCliCredential");
    assert.equal(kind({ ARM_USE_OIDC: "false", ARM_USE_MSI: "0" }), "AzureCliCredential");
  });

  it("names what is missing", () => {
    const missing = (env: Record<string, string>, name: string) =>
      assert.throws(() => kind(env), { code: "KMS3103", message: new RegExp(`needs ${name}`) });
    missing({ ARM_CLIENT_SECRET: "invented" }, "ARM_TENANT_ID");
    missing({ ARM_CLIENT_SECRET: "invented", ARM_TENANT_ID: "tenant" }, "ARM_CLIENT_ID");
    missing({ ...principal, ARM_USE_OIDC: "true" }, "ARM_OIDC_TOKEN");
    missing({ AZURE_CLIENT_SECRET: "invented" }, "AZURE_TENANT_ID");
  });

  it("refuses a PFX file", () => {
    assert.throws(() => kind({ ...principal, ARM_CLIENT_CERTIFICATE_PATH: "client.PFX" }), {
      code: "KMS3105",
    });
  });
});

describe("azure/credential: the identity token", () => {
  it("is the token given, or what the file holds at the time", async () => {
    assert.equal(await identityToken({ ARM_OIDC_TOKEN: "given" }, "ARM")(), "given");
    const folder = await mkdtemp(path.join(tmpdir(), "identity-token-"));
    const file = path.join(folder, "token");
    const token = identityToken({ ARM_OIDC_TOKEN_FILE_PATH: file }, "ARM");
    await writeFile(file, "first\n");
    assert.equal(await token(), "first");
    await writeFile(file, "second\n");
    assert.equal(await token(), "second");
    assert.equal(await identityToken({ AZURE_FEDERATED_TOKEN_FILE: file }, "AZURE")(), "second");
    await rm(folder, { recursive: true });
  });

  it("is asked for from the pipeline's identity service", async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url, request.headers.authorization);
      response.statusCode = request.url!.startsWith("/refused") ? 403 : 200;
      response.end(JSON.stringify(request.url!.startsWith("/empty") ? {} : { value: "issued" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ask = (where: string) =>
      identityToken(
        { ACTIONS_ID_TOKEN_REQUEST_URL: base + where, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer" },
        "ARM",
      )();
    assert.equal(await ask("/token?v=1"), "issued");
    assert.deepEqual(seen, ["/token?v=1&audience=api%3A%2F%2FAzureADTokenExchange", "Bearer bearer"]);
    await assert.rejects(ask("/refused"), /status 403/);
    await assert.rejects(ask("/empty"), /without a token/);
    server.closeAllConnections();
    server.close();
  });
});
