import assert from "node:assert/strict";
import { blobContainer } from "../../provider/ledger/azure-blob-store";

const accountKey = Buffer.alloc(64).toString("base64");
const connection = (account: string) =>
  `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${accountKey};BlobEndpoint=http://127.0.0.1:9/${account};`;

const place = (account?: string) => ({
  url: "azblob://ledgers",
  container: "ledgers",
  prefix: "",
  ...(account !== undefined && { account }),
});

const urlOf = (account: string | undefined, env: Record<string, string>) =>
  blobContainer(place(account), env).url;

describe("blobContainer", () => {
  it("takes account and key from the variables of Pulumi's own backend", () => {
    const env = { AZURE_STORAGE_ACCOUNT: "team", AZURE_STORAGE_KEY: accountKey };
    assert.equal(urlOf(undefined, env), "https://team.blob.core.windows.net/ledgers");
    assert.equal(blobContainer(place(), env).credential.constructor.name, "StorageSharedKeyCredential");
  });

  it("takes a shared access signature with or without its question mark", () => {
    for (const signature of ["sv=2024&sig=x", "?sv=2024&sig=x"]) {
      const env = { AZURE_STORAGE_SAS_TOKEN: signature };
      assert.equal(urlOf("team", env), "https://team.blob.core.windows.net/ledgers?sv=2024&sig=x");
    }
  });

  it("takes a connection string of the account", () => {
    const env = { AZURE_STORAGE_CONNECTION_STRING: connection("team") };
    assert.equal(urlOf("team", env), "http://127.0.0.1:9/team/ledgers");
    assert.equal(urlOf(undefined, env), "http://127.0.0.1:9/team/ledgers");
  });

  it("passes over what opens another account, for the Azure login", () => {
    const env = {
      AZURE_STORAGE_ACCOUNT: "other",
      AZURE_STORAGE_KEY: accountKey,
      AZURE_STORAGE_SAS_TOKEN: "sig=x",
      AZURE_STORAGE_CONNECTION_STRING: connection("other"),
    };
    assert.equal(urlOf("team", env), "https://team.blob.core.windows.net/ledgers");
    assert.equal(blobContainer(place("team"), env).credential.constructor.name, "AzureCliCredential");
  });

  it("follows the cloud, or the domain that is given", () => {
    assert.equal(
      urlOf("team", { ARM_ENVIRONMENT: "usgovernment" }),
      "https://team.blob.core.usgovcloudapi.net/ledgers",
    );
    assert.equal(
      urlOf("team", { AZURE_STORAGE_DOMAIN: "blob.storage.example" }),
      "https://team.blob.storage.example/ledgers",
    );
  });

  it("fails when nothing names the account", () => {
    assert.throws(() => urlOf(undefined, {}), { code: "KMS6007", message: /neither the URL nor/ });
  });

  it("fails for a malformed connection string without repeating it", () => {
    const env = { AZURE_STORAGE_CONNECTION_STRING: "AccountKey=c2VjcmV0" };
    assert.throws(
      () => urlOf("team", env),
      (error: Error & { code: string }) =>
        error.code === "KMS6007" && !error.message.includes("c2VjcmV0") && error.cause === undefined,
    );
  });
});
