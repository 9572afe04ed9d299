import Ajv, { type ValidateFunction } from "ajv";
import { KmsError } from "../errors/kms-error";
import { type LedgerDocument, ledgerVersion } from "./ledger-document";
import schema from "./schema/ledger.schema.json";

/** The text of a ledger document: readable, since people look into it. */
export function formatLedger(document: LedgerDocument): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/**
 * Reads a ledger document of this key.
 * @param place where it was found, for messages
 * @throws KmsError KMS6003 when it is damaged or none at all, KMS6004 when it is newer than this package, KMS6005 when
 * it is another key's
 */
export function parseLedger(text: string, place: string, keyFingerprint: string): LedgerDocument {
  const document = parseJson(text, place);
  const version = (document as { version?: unknown } | null)?.version;
  if (typeof version === "number" && version > ledgerVersion) {
    throw new KmsError("KMS6004", { values: { place, given: version, allowed: ledgerVersion } });
  }
  const isLedger = validator();
  if (!isLedger(document)) {
    throw damaged(place, firstFault(isLedger));
  }
  if (document.keyFingerprint !== keyFingerprint) {
    throw new KmsError("KMS6005", { values: { place, ending: document.keyEnding } });
  }
  if (new Set(document.hosts.map(({ machineId }) => machineId)).size < document.hosts.length) {
    throw damaged(place, "a machine is in it twice");
  }
  return document;
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(place, "it is no complete JSON document", error);
  }
}

const damaged = (place: string, reason: string, cause?: unknown) =>
  new KmsError("KMS6003", { values: { place, reason }, cause });

let compiled: ValidateFunction<LedgerDocument> | undefined;

/** Compiled when the first document is read: most uses of the package read none. */
function validator(): ValidateFunction<LedgerDocument> {
  compiled ??= new Ajv().compile<LedgerDocument>(schema);
  return compiled;
}

function firstFault({ errors }: ValidateFunction): string {
  const [first] = errors ?? [];
  const member =
    first.instancePath === "" ? "the document" : first.instancePath.slice(1).replaceAll("/", ".");
  return `${member} ${first.message ?? "is not allowed"}`;
}
