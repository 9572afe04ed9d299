/** Marks a secret in what `pulumi stack export` prints. Source: pulumi/pulumi, sdk/go/common/resource/sig. */
const signatureKey = "4dabf18193072939515e22adb298388d";

/** What stands in the place of a value that the program made a secret. */
const hidden = "[secret]";

/** Whether the engine keeps the value encrypted. */
export const isHidden = (value: unknown) =>
  typeof value === "object" && value !== null && signatureKey in value;

/** A stored text; "" for none. */
export function plainText(value: unknown): string {
  return typeof value === "string" ? value : isHidden(value) ? hidden : "";
}

/** A stored number; 0 for none. */
export const plainNumber = (value: unknown) =>
  typeof value === "number" && Number.isFinite(value) ? value : 0;

/** A stored list of texts. */
export const plainTexts = (value: unknown) => (Array.isArray(value) ? value.map(plainText) : []);
