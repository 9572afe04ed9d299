/** What the engine sends in place of a value that is not known yet. Source: @pulumi/pulumi runtime/rpc. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is not known yet. */
export const isUnknown = (value: unknown): boolean => value === unknownValue;

/** Whether a value is, or holds at any depth, one that is not known yet. */
export function containsUnknown(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(containsUnknown);
  }
  return isUnknown(value);
}

/** Whether a value is an object with members. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
