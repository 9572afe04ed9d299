import { constants, createPublicKey, publicEncrypt } from "node:crypto";
import { KmsError } from "../errors/kms-error";

/** The public part of a pair of RSA keys that a machine made for its product key, in base64. */
export interface PublicKey {
  modulus: string;
  exponent: string;
}

/** Bits of a key that is worth anything. */
const fewestBits = 2048;

/**
 * A product key that only the machine can read, in base64: managed run commands put their parameters on a command line,
 * protected ones included. RSA-OAEP with SHA-1, which the machine's RSACryptoServiceProvider reads in every version of .NET.
 * @throws KmsError KMS3035 where what the machine sent is no such key
 */
export function sealProductKey(
  productKey: string,
  machine: string,
  { modulus, exponent }: PublicKey,
): string {
  try {
    const base64url = (text: string) => Buffer.from(text, "base64").toString("base64url");
    const key = createPublicKey({
      key: { kty: "RSA", n: base64url(modulus), e: base64url(exponent) },
      format: "jwk",
    });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits < fewestBits) {
      throw new Error(`a key of ${bits} bits`);
    }
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    return publicEncrypt({ key, padding, oaepHash: "sha1" }, Buffer.from(productKey, "ascii")).toString(
      "base64",
    );
  } catch (cause) {
    const detail = (cause as Error).message;
    throw new KmsError("KMS3035", { values: { machine, given: detail }, cause });
  }
}
