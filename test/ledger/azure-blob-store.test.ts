import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { BlobServiceClient } from "@azure/storage-blob";
import { blobContainer } from "../../provider/ledger/azure-blob-store";
import { emptyLedger } from "../../provider/ledger/document";
import { openLedger } from "../../provider/ledger/open-ledger";
import { type Azurite, startAzurite } from "./azurite";
import { key } from "./ledgers";
import { storeContract } from "./store-contract";

describe("ledger/azure-blob-store", () => {
  let azurite: Azurite;
  let opened = 0;

  before(async function () {
    this.timeout(60_000);
    azurite = await startAzurite();
  });

  after(() => azurite.stop());

  storeContract(async () => {
    opened += 1;
    const { account, container, env } = azurite;
    const blob = BlobServiceClient.fromConnectionString(env.AZURE_STORAGE_CONNECTION_STRING)
      .getContainerClient(container)
      .getBlockBlobClient(`test-${opened}/${key.keyFingerprint}.json`);
    const url = `azblob://${container}?storage_account=${account}&prefix=test-${opened}`;
    return {
      store: openLedger(url, { env }),
      env,
      put: async (text) => void (await blob.upload(text, text.length)),
      get: async () => (await blob.downloadToBuffer()).toString("utf8"),
    };
  });

  it("fails with the way to create the container when there is none", async () => {
    const url = `azblob://absent?storage_account=${azurite.account}`;
    await assert.rejects(openLedger(url, { env: azurite.env }).read(key.keyFingerprint), {
      code: "KMS6008",
      message: /az storage container create --name absent --account-name labaccount/,
    });
  });

  it("fails with the ways in when the account key is wrong", async () => {
    const [before, after] = azurite.env.AZURE_STORAGE_CONNECTION_STRING.split(/AccountKey=[^;]+/);
    const wrong = `${before}AccountKey=${Buffer.alloc(64).toString("base64")}${after}`;
    const url = `azblob://${azurite.container}?storage_account=${azurite.account}`;
    await assert.rejects(
      openLedger(url, { env: { AZURE_STORAGE_CONNECTION_STRING: wrong } }).read(key.keyFingerprint),
      { code: "KMS6007", message: /AuthorizationFailure|AuthenticationFailed/ },
    );
  });

  it("ends a request at once at the signal to stop", async () => {
    const stopping = new AbortController();
    const silent = createServer(() => stopping.abort());
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const store = openLedger("azblob://ledgers?storage_account=labaccount", {
      env: {
        AZURE_STORAGE_CONNECTION_STRING: connection("labaccount").replace("127.0.0.1:9", `127.0.0.1:${port}`),
      },
    });
    try {
      for (const work of [
        () => store.read(key.keyFingerprint, stopping.signal),
        () => store.write(key.keyFingerprint, emptyLedger(key), undefined, stopping.signal),
      ]) {
        await assert.rejects(work(), { code: "KMS6027" });
      }
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  });

  it("fails with the cause when nothing answers", async function () {
    this.timeout(20_000);
    const connection = `DefaultEndpointsProtocol=http;AccountName=labaccount;AccountKey=${Buffer.alloc(64).toString("base64")};BlobEndpoint=http://127.0.0.1:9/labaccount;`;
    const store = openLedger("azblob://ledgers?storage_account=labaccount", {
      env: { AZURE_STORAGE_CONNECTION_STRING: connection },
    });
    await assert.rejects(store.read(key.keyFingerprint), (error: Error & { code: string }) => {
      assert.equal(error.code, "KMS6002");
      assert.match(error.message, /ECONNREFUSED/);
      assert.ok(error.cause instanceof Error);
      return true;
    });
  });
});

const accountKey = Buffer.alloc(64).toString("base64");
const connection = (account: string) =>
  `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${accountKey};BlobEndpoint=http://127.0.0.1:9/${account};`;

const location = (account?: string) => ({
  url: "azblob://ledgers",
  container: "ledgers",
  prefix: "",
  ...(account !== undefined && { account }),
});

const urlOf = (account: string | undefined, env: Record<string, string>) =>
  blobContainer(location(account), env).url;

describe("ledger/azure-blob-store: the container", () => {
  it("takes account and key from the variables of Pulumi's own backend", () => {
    const env = { AZURE_STORAGE_ACCOUNT: "team", AZURE_STORAGE_KEY: accountKey };
    assert.equal(urlOf(undefined, env), "https://team.blob.core.windows.net/ledgers");
    assert.equal(blobContainer(location(), env).credential.constructor.name, "StorageSharedKeyCredential");
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
    assert.equal(blobContainer(location("team"), env).credential.constructor.name, "AzureCliCredential");
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
