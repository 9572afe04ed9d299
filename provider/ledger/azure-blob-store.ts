import {
  type BlockBlobClient,
  ContainerClient,
  type StoragePipelineOptions,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import { azureEndpoint, type Environment } from "../azure/cloud";
import { azureCredential } from "../azure/credential";
import { KmsError } from "../errors/kms-error";
import { formatLedger, parseLedger } from "./document";
import { type LedgerStore, unreachableLedger } from "./store";

/** A place for ledgers in Azure Blob Storage. */
export interface BlobPlace {
  /** As the user gave it, for messages. */
  url: string;
  container: string;
  /** @default - the account that the environment variables name */
  account?: string;
  /** Folder inside the container; "" for none. */
  prefix: string;
}

/** Few and quick: whoever asks can tell a person sooner. */
const options: StoragePipelineOptions = {
  retryOptions: { maxTries: 3, retryDelayInMs: 500, maxRetryDelayInMs: 4_000 },
};

/** Domain of storage accounts per authority that vouches for callers. Source: learn.microsoft.com, storage account overview. */
const blobDomains: Record<string, string> = {
  "https://login.microsoftonline.us": "blob.core.usgovcloudapi.net",
  "https://login.chinacloudapi.cn": "blob.core.chinacloudapi.cn",
};

/**
 * The container, opened as Pulumi's azblob state backend opens it: by account key, shared access signature or
 * connection string from its environment variables, in this order, else by the Azure login. One that belongs to another
 * storage account is passed over.
 * Source: gocloud.dev/blob/azureblob.
 * @throws KmsError KMS6007
 */
export function blobContainer(place: BlobPlace, env: Environment): ContainerClient {
  const account = place.account ?? (env.AZURE_STORAGE_ACCOUNT || undefined);
  const signed = account === undefined ? undefined : byKeyOrSignature(account, place, env);
  return signed ?? byConnection(account, place, env) ?? byLogin(account, place, env);
}

function byKeyOrSignature(
  account: string,
  { container }: BlobPlace,
  env: Environment,
): ContainerClient | undefined {
  if (env.AZURE_STORAGE_ACCOUNT && env.AZURE_STORAGE_ACCOUNT !== account) {
    return undefined;
  }
  const endpoint = containerUrl(account, container, env);
  if (env.AZURE_STORAGE_KEY) {
    const credential = new StorageSharedKeyCredential(account, env.AZURE_STORAGE_KEY);
    return new ContainerClient(endpoint, credential, options);
  }
  const signature = env.AZURE_STORAGE_SAS_TOKEN?.replace(/^\?/, "");
  return signature ? new ContainerClient(`${endpoint}?${signature}`, undefined, options) : undefined;
}

/** The library's error is no cause to keep: it was made from the connection string, which is secret. */
function byConnection(
  account: string | undefined,
  place: BlobPlace,
  env: Environment,
): ContainerClient | undefined {
  const connection = env.AZURE_STORAGE_CONNECTION_STRING;
  const itsAccount = /(?:^|;)\s*AccountName=([^;]+)/i.exec(connection ?? "")?.[1];
  if (!connection || (account !== undefined && itsAccount !== undefined && itsAccount !== account)) {
    return undefined;
  }
  try {
    return new ContainerClient(connection, place.container, options);
  } catch {
    throw noAccess(place, account ?? "", "AZURE_STORAGE_CONNECTION_STRING is malformed");
  }
}

function byLogin(account: string | undefined, place: BlobPlace, env: Environment): ContainerClient {
  if (account === undefined) {
    throw noAccess(place, "", "neither the URL nor AZURE_STORAGE_ACCOUNT names it");
  }
  const { authorityHost } = azureEndpoint(env);
  if (authorityHost === undefined) {
    throw noAccess(place, account, "there is no Azure login on loopback");
  }
  return new ContainerClient(
    containerUrl(account, place.container, env),
    azureCredential(env, authorityHost),
    options,
  );
}

function containerUrl(account: string, container: string, env: Environment): string {
  const { authorityHost } = azureEndpoint(env);
  const domain = env.AZURE_STORAGE_DOMAIN || blobDomains[authorityHost ?? ""] || "blob.core.windows.net";
  return `https://${account}.${domain}/${container}`;
}

const noAccess = ({ url }: BlobPlace, account: string, reason: string) =>
  new KmsError("KMS6007", { values: { url, account, reason } });

/** What a failed request says of itself. */
interface RequestFailure {
  code?: string;
  statusCode?: number;
}

/** A request with its repetitions takes no longer. */
const patienceMilliseconds = 30_000;

/** Keeps ledgers in a container of Azure Blob Storage, one blob per key, for a team. @throws KmsError KMS6007 */
export function azureBlobStore(place: BlobPlace, env: Environment): LedgerStore {
  const pathOf = (keyFingerprint: string) =>
    `${place.prefix === "" ? "" : `${place.prefix}/`}${keyFingerprint}.json`;
  const container = blobContainer(place, env);
  const blobOf = (keyFingerprint: string) => container.getBlockBlobClient(pathOf(keyFingerprint));
  return {
    url: place.url,
    async read(keyFingerprint) {
      const blob = blobOf(keyFingerprint);
      const stored = await readBlob(blob).catch((error: unknown) => failed(place, blob, error));
      return stored === undefined
        ? undefined
        : {
            document: parseLedger(stored.text, `${place.url} ${pathOf(keyFingerprint)}`, keyFingerprint),
            etag: stored.etag,
          };
    },
    async write(keyFingerprint, document, etag) {
      const blob = blobOf(keyFingerprint);
      return writeBlob(blob, formatLedger(document), etag).catch((error: unknown) =>
        failed(place, blob, error),
      );
    },
  };
}

async function readBlob(blob: BlockBlobClient): Promise<{ text: string; etag: string } | undefined> {
  const abortSignal = AbortSignal.timeout(patienceMilliseconds);
  try {
    const answer = await blob.download(0, undefined, { abortSignal });
    const chunks: Buffer[] = [];
    for await (const chunk of answer.readableStreamBody ?? []) {
      chunks.push(Buffer.from(chunk));
    }
    return { text: Buffer.concat(chunks).toString("utf8"), etag: answer.etag ?? "" };
  } catch (error) {
    if ((error as RequestFailure).code === "BlobNotFound") {
      return undefined;
    }
    throw error;
  }
}

/**
 * A request whose answer was lost is repeated and then finds its own blob: also that is told as somebody else's change,
 * and the next read settles it.
 */
async function writeBlob(blob: BlockBlobClient, text: string, etag: string | undefined): Promise<boolean> {
  const content = Buffer.from(text, "utf8");
  try {
    await blob.upload(content, content.length, {
      conditions: etag === undefined ? { ifNoneMatch: "*" } : { ifMatch: etag },
      blobHTTPHeaders: { blobContentType: "application/json; charset=utf-8" },
      abortSignal: AbortSignal.timeout(patienceMilliseconds),
    });
    return true;
  } catch (error) {
    const { code, statusCode } = error as RequestFailure;
    if (statusCode === 412 || code === "BlobAlreadyExists") {
      return false;
    }
    throw error;
  }
}

function failed(place: BlobPlace, blob: BlockBlobClient, cause: unknown): never {
  const { code, statusCode } = cause as RequestFailure;
  const account = blob.accountName;
  if (code === "ContainerNotFound") {
    throw new KmsError("KMS6008", { values: { url: place.url, container: place.container, account }, cause });
  }
  if (statusCode === 401 || statusCode === 403) {
    const reason = code ?? `it answered ${statusCode}`;
    throw new KmsError("KMS6007", { values: { url: place.url, account, reason }, cause });
  }
  throw unreachableLedger(place.url, cause);
}
