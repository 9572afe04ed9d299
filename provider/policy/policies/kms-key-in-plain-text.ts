import { keyEnding } from "../../catalog/product-key";
import { ownersOfSetupKey } from "../../catalog/setup-keys";
import type { DeclaredResource } from "../declared-resource";
import { keysInText } from "../keys-in-text";
import { type KmsPolicy, type Violation, violation } from "../policy";
import schema from "../schema/kms-key-in-plain-text.schema.json";

interface Parameters {
  /** Whether Microsoft's public client setup keys may stand in plain text. */
  allowSetupKeys: boolean;
}

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

/** `protectedSettings`, `protectedParameters`: Azure encrypts them and never gives them back. */
const isProtected = (member: string) => member.startsWith("protected");

/** A key that anybody with read access to the subscription sees is no secret any more. */
export const kmsKeyInPlainText: KmsPolicy<Parameters> = {
  name: "kms-key-in-plain-text",
  description: "No product key stands in plain text in scripts, first-boot data or tags.",
  enforcementLevel: "mandatory",
  scope: "resource",
  schema,
  review: (resources, { allowSetupKeys }) =>
    resources
      .filter(({ type }) => !type.startsWith("pulumi-"))
      .flatMap((resource) =>
        readableTexts(resource.values, "", false).flatMap(({ property, text }) =>
          keysInText(text).flatMap((key) => keyViolation(resource, property, key, allowSetupKeys)),
        ),
      ),
};

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

interface PlacedText {
  property: string;
  text: string;
}

function readableTexts(value: unknown, property: string, readable: boolean): PlacedText[] {
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
