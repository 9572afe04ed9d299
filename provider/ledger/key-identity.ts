/** What a KMS host key is known by without being shown. */
export interface KeyIdentity {
  /** See `keyFingerprint`: names the ledger document. */
  keyFingerprint: string;
  /** Last five characters, which Windows shows too. */
  keyEnding: string;
  /** Microsoft's name of the product key group. */
  keyGroup: string;
}
