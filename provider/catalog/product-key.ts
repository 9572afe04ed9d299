import { createHash } from "node:crypto";

/** Five groups of five letters or digits. */
const format = /^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/;
/** What documentation has in place of a key. */
const placeholder = /^X{5}(-X{5}){4}$/;

/** A product key as Windows wants it: upper case, no spaces around it. */
export function normalizeProductKey(key: string): string {
  return key.trim().toUpperCase();
}

/** Whether the text has the form of a product key. */
export function isProductKey(text: string): boolean {
  const key = normalizeProductKey(text);
  return format.test(key) && !placeholder.test(key);
}

/** Dashes and other characters that texts have in place of a hyphen. */
const dashes = /[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]/;

/** What keeps a text from being a product key, as far as that can be said without repeating it; "" where nothing can. */
export function whyNoProductKey(text: string): string {
  const key = normalizeProductKey(text);
  if (dashes.test(key)) {
    return "its groups are separated by dashes in place of hyphens, as word processors write them";
  }
  if (/^["'`\u2018-\u201f\u00ab\u00bb].*["'`\u2018-\u201f\u00ab\u00bb]$/.test(key)) {
    return "it stands in quotation marks";
  }
  if (/^[0-9A-Z]{25}$/.test(key)) {
    return "its groups are not separated";
  }
  if (/^[0-9A-Z]{5}([\s_.][0-9A-Z]{5}){4}$/.test(key)) {
    return "its groups are separated by other characters than hyphens";
  }
  if (placeholder.test(key)) {
    return "it is the placeholder of documentation";
  }
  const groups = key.split("-");
  const odd = groups.findIndex((group) => group.length !== 5);
  if (/^[0-9A-Z]+(-[0-9A-Z]+)+$/.test(key)) {
    return groups.length === 5
      ? `its group ${odd + 1} is not five characters long`
      : "it does not have five groups";
  }
  return /^[\x21-\x7e]+$/.test(key) ? "" : "it has characters that no product key has";
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
