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
