import type { BlockBlobClient } from "@azure/storage-blob";
import type { Environment } from "../azure/environment";
import { KmsError } from "../errors/kms-error";
import { type BlobPlace, blobContainer } from "./blob-container";
import { formatLedger, parseLedger } from "./document-text";
import type { LedgerStore } from "./ledger-store";
import { unreachableLedger } from "./unreachable-ledger";

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
