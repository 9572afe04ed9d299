import assert from "node:assert/strict";
import { BlobServiceClient } from "@azure/storage-blob";
import { openLedger } from "../../provider/ledger/open-ledger";
import { type Azurite, startAzurite } from "./azurite";
import { key } from "./ledgers";
import { storeContract } from "./store-contract";

describe("ledger in Azure Blob Storage", () => {
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
