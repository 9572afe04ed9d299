import {
  type BlockBlobClient,
  ContainerClient,
  type StoragePipelineOptions,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import { azureEndpoint, type Environment } from "../azure/cloud";
import { azureCredential } from "../azure/credential";
import { KmsError } from "../errors/kms-error";
import { formatLedger, parseLedger } from "./ledger-text";
import { interruptedLedger, type LedgerStore, unreachableLedger } from "./store";

/** Where ledgers are kept in Azure Blob Storage. */
export interface BlobLocation {
  /** What messages call it. */
  url: string;
  container: string;
  /** @default - the account that the environment variables name */
  account?: string;
  /** Folder inside the container; "" for none. */
  prefix: string;
}

/** Few retries, so that a failure is reported soon. */
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
 * storage account is skipped.
 * Source: gocloud.dev/blob/azureblob.
 * @throws KmsError KMS6007
 */
export function blobContainer(location: BlobLocation, env: Environment): ContainerClient {
  const account = location.account ?? (env.AZURE_STORAGE_ACCOUNT || undefined);
  const signed = account === undefined ? undefined : byKeyOrSignature(account, location, env);
  return signed ?? byConnection(account, location, env) ?? byLogin(account, location, env);
}

function byKeyOrSignature(
  account: string,
  { container }: BlobLocation,
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

/** The library's error is not kept as the cause: it was made from the connection string, which is secret. */
function byConnection(
  account: string | undefined,
  location: BlobLocation,
  env: Environment,
): ContainerClient | undefined {
  const connection = env.AZURE_STORAGE_CONNECTION_STRING;
  const itsAccount = /(?:^|;)\s*AccountName=([^;]+)/i.exec(connection ?? "")?.[1];
  if (!connection || (account !== undefined && itsAccount !== undefined && itsAccount !== account)) {
    return undefined;
  }
  try {
    return new ContainerClient(connection, location.container, options);
  } catch {
    // The cause may repeat the string, which has the account's key.
    throw noAccess(location, account ?? "", "AZURE_STORAGE_CONNECTION_STRING is malformed");
  }
}

function byLogin(account: string | undefined, location: BlobLocation, env: Environment): ContainerClient {
  if (account === undefined) {
    throw noAccess(location, "", "neither the URL nor AZURE_STORAGE_ACCOUNT names it");
  }
  const { authorityHost } = azureEndpoint(env);
  if (authorityHost === undefined) {
    throw noAccess(location, account, "there is no Azure login on loopback");
  }
  return new ContainerClient(
    containerUrl(account, location.container, env),
    azureCredential(env, authorityHost),
    options,
  );
}

function containerUrl(account: string, container: string, env: Environment): string {
  const { authorityHost } = azureEndpoint(env);
  const domain = env.AZURE_STORAGE_DOMAIN || blobDomains[authorityHost ?? ""] || "blob.core.windows.net";
  return `https://${account}.${domain}/${container}`;
}

const noAccess = ({ url }: BlobLocation, account: string, reason: string) =>
  new KmsError("KMS6007", { values: { url, account, reason } });

/** The members of a failed request's error. */
interface RequestFailure {
  code?: string;
  statusCode?: number;
}

/** Longest time of a request, retries included. */
const requestMilliseconds = 30_000;

/** Keeps ledgers in a container of Azure Blob Storage, one blob per key, for a team. @throws KmsError KMS6007 */
export function azureBlobStore(location: BlobLocation, env: Environment): LedgerStore {
  const pathOf = (keyFingerprint: string) =>
    `${location.prefix === "" ? "" : `${location.prefix}/`}${keyFingerprint}.json`;
  const container = blobContainer(location, env);
  const blobOf = (keyFingerprint: string) => container.getBlockBlobClient(pathOf(keyFingerprint));
  return {
    url: location.url,
    async read(keyFingerprint, stop) {
      const blob = blobOf(keyFingerprint);
      const stored = await limited(stop, (signal) => readBlob(blob, signal)).catch((error: unknown) =>
        failed(location, blob, error, stop),
      );
      return stored === undefined
        ? undefined
        : {
            document: parseLedger(stored.text, `${location.url} ${pathOf(keyFingerprint)}`, keyFingerprint),
            etag: stored.etag,
          };
    },
    async write(keyFingerprint, document, etag, stop) {
      const blob = blobOf(keyFingerprint);
      return limited(stop, (signal) => writeBlob(blob, formatLedger(document), etag, signal)).catch(
        (error: unknown) => failed(location, blob, error, stop),
      );
    },
  };
}

/** Ends a request after its time, and at the signal to stop. */
async function limited<T>(
  stop: AbortSignal | undefined,
  send: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, requestMilliseconds);
  stop?.addEventListener("abort", abort);
  if (stop?.aborted === true) {
    abort();
  }
  try {
    return await send(controller.signal);
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener("abort", abort);
  }
}

async function readBlob(
  blob: BlockBlobClient,
  abortSignal: AbortSignal,
): Promise<{ text: string; etag: string } | undefined> {
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
 * A request whose answer was lost is repeated and then finds its own blob. That is reported as a change by somebody else,
 * and the next read settles it.
 */
async function writeBlob(
  blob: BlockBlobClient,
  text: string,
  etag: string | undefined,
  abortSignal: AbortSignal,
): Promise<boolean> {
  const content = Buffer.from(text, "utf8");
  try {
    await blob.upload(content, content.length, {
      conditions: etag === undefined ? { ifNoneMatch: "*" } : { ifMatch: etag },
      blobHTTPHeaders: { blobContentType: "application/json; charset=utf-8" },
      abortSignal,
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

function failed(
  location: BlobLocation,
  blob: BlockBlobClient,
  cause: unknown,
  stop: AbortSignal | undefined,
): never {
  if (stop?.aborted === true) {
    throw interruptedLedger(location.url, cause);
  }
  const { code, statusCode } = cause as RequestFailure;
  const account = blob.accountName;
  if (code === "ContainerNotFound") {
    throw new KmsError("KMS6008", {
      values: { url: location.url, container: location.container, account },
      cause,
    });
  }
  if (statusCode === 401 || statusCode === 403) {
    const reason = code ?? `it answered ${statusCode}`;
    throw new KmsError("KMS6007", { values: { url: location.url, account, reason }, cause });
  }
  throw unreachableLedger(location.url, cause);
}
