import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "./resource-types";

/** Properties of a request; absent ones are empty. Nulls are left out, as the real plugin does. */
export function fromStruct(struct: Struct | undefined): Properties {
  return struct === undefined ? {} : (plain(struct.toJavaScript()) as Properties);
}

/** Properties of an answer. */
export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(plain(properties) as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** A value without undefined and null members. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined && member !== null)
      .map(([name, member]) => [name, plain(member)]),
  );
}

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
