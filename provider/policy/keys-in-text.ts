import { normalizeProductKey } from "../catalog/product-key";

/** Five groups of five letters or digits with no sixth; every product key has a digit, and few names of this form do. */
const keyForm = /(?<![0-9A-Z-])(?=[A-Z-]*[0-9])[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}(?![0-9A-Z-])/gi;

/** A product key in Base64 takes 39 characters at least, one of them for padding. */
const base64Form = /[A-Za-z0-9+/]{38,}={0,2}/g;

/** Base64 in lines, as tools print it. */
const wrappedBase64 = /^[A-Za-z0-9+/]+(?:\r?\n[A-Za-z0-9+/]+)+={0,2}\s*$/;

/** Product keys in a text, in clear or in Base64 of UTF-8 or UTF-16 as PowerShell's -EncodedCommand takes it. */
export function keysInText(text: string): string[] {
  const whole = wrappedBase64.test(text) ? [text] : [];
  const encoded = [...whole, ...(text.match(base64Form) ?? [])].map((part) => Buffer.from(part, "base64"));
  const texts = [text, ...encoded.flatMap((bytes) => [bytes.toString("utf8"), bytes.toString("utf16le")])];
  const keys = texts.flatMap((one) => one.match(keyForm) ?? []).map(normalizeProductKey);
  return [...new Set(keys)];
}
