import { keyEnding, normalizeProductKey, ownersOfSetupKey } from "./product";
import type { DeclaredResource } from "./declared-resource";
import { policy, type Violation, violation } from "./policy";

/** What Azure keeps and shows in clear, wherever it stands: scripts, their parameters, first-boot data and tags. */
const readableMembers = new Set([
  "additionalUnattendContent",
  "customData",
  "parameters",
  "settings",
  "source",
  "tags",
  "userData",
]);

/** `protectedSettings`, `protectedParameters`: Azure encrypts them and never returns them. */
const isProtected = (member: string) => member.startsWith("protected");

/** Dynamic resources, which Azure does not have, and those of pulumi-windows-kms, which keep keys secret. */
const isOwn = ({ type }: DeclaredResource) => type.startsWith("pulumi-") || type.startsWith("windows-kms:");

/** A key that anybody with read access to the subscription sees is no secret any more. */
export const kmsKeyInPlainText = policy({
  name: "kms-key-in-plain-text",
  description: "No product key stands in plain text in scripts, first-boot data or tags.",
  enforcementLevel: "mandatory",
  scope: "resource",
  parameters: {
    allowSetupKeys: {
      type: "boolean",
      default: false,
      description: "Whether Microsoft's public client setup keys (GVLKs) may appear in plain text",
    },
  },
  review: (resources, { allowSetupKeys }) =>
    resources
      .filter((resource) => !isOwn(resource))
      .flatMap((resource) =>
        readableTexts(resource.values, "", false).flatMap(({ property, text }) =>
          keysInText(text).flatMap((key) => keyViolation(resource, property, key, allowSetupKeys)),
        ),
      ),
});

/** A violation never holds more than a key's ending. */
function keyViolation(
  resource: DeclaredResource,
  property: string,
  key: string,
  allowSetupKeys: boolean,
): Violation[] {
  const [owner] = ownersOfSetupKey(key);
  const ending = keyEnding(key);
  if (owner === undefined) {
    return [violation(resource, "KMS8006", { ending }, property)];
  }
  const product = `${owner.product} ${owner.edition}`;
  return allowSetupKeys ? [] : [violation(resource, "KMS8007", { ending, product }, property)];
}

/** A text with its path in its resource. */
interface ReadableText {
  property: string;
  text: string;
}

function readableTexts(value: unknown, property: string, readable: boolean): ReadableText[] {
  if (typeof value === "string") {
    return readable ? [{ property, text: value }] : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => readableTexts(item, `${property}[${index}]`, readable));
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value)
    .filter(([member]) => !isProtected(member))
    .flatMap(([member, item]) =>
      readableTexts(
        item,
        property === "" ? member : `${property}.${member}`,
        readable || readableMembers.has(member),
      ),
    );
}

/**
 * Five groups of five letters or digits with no sixth; every product key has a digit, and few names of this form do.
 */
const keyForm = /(?<![0-9A-Z-])(?=[A-Z-]*[0-9])[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}(?![0-9A-Z-])/gi;

/** A product key in Base64 takes 39 characters at least, one of them for padding. */
const base64Form = /[A-Za-z0-9+/]{38,}={0,2}/g;

/** Base64 in lines, as tools print it. */
const wrappedBase64 = /^[A-Za-z0-9+/]+(?:\r?\n[A-Za-z0-9+/]+)+={0,2}\s*$/;

/** Product keys in a text, in clear or in Base64 of UTF-8 or UTF-16, which PowerShell's -EncodedCommand takes. */
function keysInText(text: string): string[] {
  const whole = wrappedBase64.test(text) ? [text] : [];
  const encoded = [...whole, ...(text.match(base64Form) ?? [])].map((found) => Buffer.from(found, "base64"));
  const texts = [text, ...encoded.flatMap((bytes) => [bytes.toString("utf8"), bytes.toString("utf16le")])];
  const keys = texts.flatMap((one) => one.match(keyForm) ?? []).map(normalizeProductKey);
  return [...new Set(keys)];
}
