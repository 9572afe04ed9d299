import { KmsError } from "../errors/kms-error";

/** Algorithms of TSIG that are accepted, as BIND and Windows name them, with their names in Node.js. */
const hashes = { "hmac-sha256": "sha256", "hmac-sha384": "sha384", "hmac-sha512": "sha512" } as const;

/** An algorithm of TSIG. */
export type TsigAlgorithm = keyof typeof hashes;

/** A key that updates are signed with. */
export interface TsigKey {
  name: string;
  algorithm: TsigAlgorithm;
  secret: Buffer;
}

/** A key as a zone's address has it. */
interface WrittenKey {
  keyName?: string;
  keyAlgorithm?: string;
  /** Base64. */
  keySecret?: string;
}

/** The key of an address; undefined when updates are not signed. @throws KmsError KMS5015 */
export function tsigKey({ keyName, keyAlgorithm, keySecret }: WrittenKey): TsigKey | undefined {
  if (keyName === undefined && keySecret === undefined) {
    return undefined;
  }
  const algorithm = (keyAlgorithm ?? "hmac-sha256").toLowerCase();
  if (keyName === undefined || keySecret === undefined || !isBase64(keySecret) || !isAlgorithm(algorithm)) {
    const allowed = Object.keys(hashes).join(", ");
    throw new KmsError("KMS5015", { values: { keyName: keyName ?? "", algorithm, allowed } });
  }
  return { name: keyName, algorithm, secret: Buffer.from(keySecret, "base64") };
}

const isAlgorithm = (name: string): name is TsigAlgorithm => Object.hasOwn(hashes, name);

const isBase64 = (text: string) =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) && text !== "";

/** The hash function of an algorithm. */
export const hashOf = (algorithm: TsigAlgorithm) => hashes[algorithm];
