import type { Mapper, Serializer } from "@azure/core-client";
import { elementOf, membersOf } from "./resource-model";
import { isObject, isUnknown, unknownValue } from "./unknown-value";

/** Outputs that a preview can tell: what the program gives; all else is unknown, at every depth. */
export function previewOutputs(mapper: Mapper, inputs: Record<string, unknown>, serializer: Serializer) {
  const members = membersOf(mapper, serializer) ?? {};
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, previewValue(member, inputs[name], serializer)]),
  );
}

function previewValue(mapper: Mapper, value: unknown, serializer: Serializer): unknown {
  if (value === undefined || isUnknown(value)) {
    return unknownValue;
  }
  const element = elementOf(mapper);
  switch (mapper.type.name) {
    case "Composite":
      return isObject(value) ? previewOutputs(mapper, value, serializer) : unknownValue;
    case "Sequence":
      return Array.isArray(value)
        ? value.map((item) => previewValue(element!, item, serializer))
        : unknownValue;
    case "Dictionary":
      return isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, item]) => [key, previewValue(element!, item, serializer)]),
          )
        : unknownValue;
    default:
      return value;
  }
}
