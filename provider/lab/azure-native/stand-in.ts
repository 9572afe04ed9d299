import type { EnumMapper, Mapper, Serializer } from "@azure/core-client";
import { elementOf, membersOf } from "./resource-model";
import { isObject, isUnknown } from "./unknown-value";

/** A value with everything that is not known yet replaced by something the model accepts, so that the rest can be checked. */
export function withStandIns(mapper: Mapper, value: unknown, serializer: Serializer): unknown {
  if (isUnknown(value)) {
    return standIn(mapper, serializer);
  }
  const element = elementOf(mapper);
  if (Array.isArray(value)) {
    return element === undefined ? value : value.map((item) => withStandIns(element, item, serializer));
  }
  if (!isObject(value)) {
    return value;
  }
  const members = membersOf(mapper, serializer);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const memberMapper = members?.[name] ?? element;
      return [name, memberMapper === undefined ? member : withStandIns(memberMapper, member, serializer)];
    }),
  );
}

function standIn(mapper: Mapper, serializer: Serializer): unknown {
  switch (mapper.type.name) {
    case "Number":
      return mapper.constraints?.InclusiveMinimum ?? 0;
    case "Boolean":
      return false;
    case "Sequence":
      return [];
    case "Dictionary":
      return {};
    case "Enum":
      return (mapper as EnumMapper).type.allowedValues[0];
    case "Date":
    case "DateTime":
      return new Date(0);
    case "Composite":
      return requiredStandIns(membersOf(mapper, serializer) ?? {}, serializer);
    default:
      return "unknown";
  }
}

function requiredStandIns(members: Record<string, Mapper>, serializer: Serializer) {
  const required = Object.entries(members).filter(([, mapper]) => mapper.required === true);
  return Object.fromEntries(required.map(([name, mapper]) => [name, standIn(mapper, serializer)]));
}
