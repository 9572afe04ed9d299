import { createHash } from "node:crypto";

/** Five groups of five letters or digits. */
const format = /^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/;

/** A product key as Windows wants it: upper case, no spaces around it. */
export function normalizeProductKey(key: string): string {
  return key.trim().toUpperCase();
}

/** Whether the text has the form of a product key. */
export function isProductKey(text: string): boolean {
  return format.test(normalizeProductKey(text));
}

/** The only part of a product key that may be shown: Windows itself shows it. */
export function keyEnding(key: string): string {
  return normalizeProductKey(key).slice(-5);
}

/**
 * Recognises a key in another stack without holding it. A product key has more than 100 bits, so that the hash
 * cannot be searched for, not even with the last five characters known.
 */
export function keyFingerprint(key: string): string {
  return createHash("sha256")
    .update(`pulumi-windows-kms:${normalizeProductKey(key)}`)
    .digest("hex")
    .slice(0, 32);
}
