import type { LedgerDocument } from "./ledger-document";

/** A document and what tells whether it was changed meanwhile. */
export interface StoredLedger {
  document: LedgerDocument;
  etag: string;
}

/** Keeps one document per key and changes it only when nobody else did meanwhile. */
export interface LedgerStore {
  /** As the user gave it. */
  readonly url: string;
  /** The document of this key, if there is one. @throws KmsError KMS6002 to KMS6008 */
  read(keyFingerprint: string): Promise<StoredLedger | undefined>;
  /**
   * Puts the document in the place of the one that `etag` tells, or of none. False when another is there by now, or is
   * just being written.
   * A failure leaves the outcome open, so that transitions must bear being applied again.
   * @throws KmsError KMS6002, KMS6007, KMS6008
   */
  write(keyFingerprint: string, document: LedgerDocument, etag: string | undefined): Promise<boolean>;
}
