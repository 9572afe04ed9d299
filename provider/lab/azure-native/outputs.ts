import type { Mapper, Serializer } from "@azure/core-client";
import { elementOf, membersOf } from "./resource-model";
import { isObject } from "./unknown-value";

/**
 * A body that ARM answered, in the shape of outputs: what ARM nests under `properties` is one level up, and what the
 * model lacks is left out. The clients' own reading would also fill in defaults that ARM never sent.
 */
export function outputsOf(mapper: Mapper, body: unknown, serializer: Serializer): unknown {
  const element = elementOf(mapper);
  if (Array.isArray(body)) {
    return element === undefined ? body : body.map((item) => outputsOf(element, item, serializer));
  }
  if (!isObject(body)) {
    return body;
  }
  if (element !== undefined) {
    return mapMembers(body, (value) => outputsOf(element, value, serializer));
  }
  const members = membersOf(mapper, serializer);
  return members === undefined
    ? body
    : mapMembers(members, (member) => {
        const value = valueAt(body, member.serializedName ?? "");
        return value === undefined || value === null ? undefined : outputsOf(member, value, serializer);
      });
}

function mapMembers<Value>(members: Record<string, Value>, convert: (value: Value) => unknown) {
  const converted = Object.entries(members).map(([name, value]) => [name, convert(value)] as const);
  return Object.fromEntries(converted.filter(([, value]) => value !== undefined));
}

/** `properties.osProfile` is a path; a period of the name itself is escaped. */
function valueAt(body: unknown, serializedName: string): unknown {
  return serializedName
    .split(/(?<!\\)\./)
    .map((part) => part.replaceAll("\\.", "."))
    .reduce<unknown>((value, part) => (isObject(value) ? value[part] : undefined), body);
}
