import assert from "node:assert/strict";
import { BlobServiceClient } from "@azure/storage-blob";
import { featurePermissions } from "../../provider/catalog/permissions";
import { openLedger } from "../../provider/ledger/open-ledger";
import { type Azurite, startAzurite } from "./azurite";
import { dataActionOf, type DenyingProxy, denyingProxy } from "./data-actions";
import { key } from "./ledgers";
import { storeContract } from "./store-contract";

const { dataActions = [] } = featurePermissions.find(({ feature }) => feature === "blobLedger")!;

describe("a ledger in Azure Blob Storage under the role that is printed for it", () => {
  let azurite: Azurite;
  let proxy: DenyingProxy;
  let opened = 0;

  const connectionBy = ({ endpoint }: Pick<DenyingProxy, "endpoint">) =>
    azurite.env.AZURE_STORAGE_CONNECTION_STRING.replace(/(BlobEndpoint=)http:\/\/[^/;]+/, `$1${endpoint}`);
  const blobService = () =>
    new URL(/BlobEndpoint=([^;]+)/.exec(azurite.env.AZURE_STORAGE_CONNECTION_STRING)![1]);

  before(async function () {
    this.timeout(60_000);
    azurite = await startAzurite();
    proxy = await denyingProxy(blobService().origin, dataActions);
  });
  after(async () => {
    await proxy?.close();
    await azurite.stop();
  });

  storeContract(async () => {
    opened += 1;
    const { account, container } = azurite;
    const env = { ...azurite.env, AZURE_STORAGE_CONNECTION_STRING: connectionBy(proxy) };
    const blob = BlobServiceClient.fromConnectionString(azurite.env.AZURE_STORAGE_CONNECTION_STRING)
      .getContainerClient(container)
      .getBlockBlobClient(`role-${opened}/${key.keyFingerprint}.json`);
    return {
      store: openLedger(`azblob://${container}?storage_account=${account}&prefix=role-${opened}`, { env }),
      env,
      put: async (text) => void (await blob.upload(text, text.length)),
      get: async () => (await blob.downloadToBuffer()).toString("utf8"),
    };
  }, 8);

  it("asks for all of its data actions, and for no other", () => {
    assert.deepEqual([...proxy.used].sort(), [...dataActions].sort());
  });

  it("is refused by name without one of them", async () => {
    const bare = await denyingProxy(blobService().origin, []);
    try {
      const { account, container } = azurite;
      const env = { ...azurite.env, AZURE_STORAGE_CONNECTION_STRING: connectionBy(bare) };
      const store = openLedger(`azblob://${container}?storage_account=${account}`, { env });
      await assert.rejects(store.read(key.keyFingerprint), {
        code: "KMS6007",
        message: /AuthorizationPermissionMismatch/,
      });
    } finally {
      await bare.close();
    }
  });

  it("counts each kind of request by the action that Azure documents for it", () => {
    const actionOf = (method: string, url: string) =>
      dataActionOf({ method, url }).replace(/.*containers\//, "");
    assert.deepEqual(
      [
        actionOf("GET", "/account/ledgers/key.json"),
        actionOf("PUT", "/account/ledgers/key.json"),
        actionOf("PUT", "/account/ledgers/key.json?comp=lease"),
        actionOf("DELETE", "/account/ledgers/key.json"),
        actionOf("GET", "/account/ledgers?restype=container&comp=list"),
        actionOf("PUT", "/account/ledgers?restype=container"),
      ],
      ["blobs/read", "blobs/write", "blobs/write", "blobs/delete", "blobs/read", "PUT"],
    );
  });
});
