import type { Mapper, Serializer } from "@azure/core-client";
import { nearest } from "../../catalog/find-by-name";
import { KmsError } from "../../errors/kms-error";
import { elementOf, membersOf } from "./resource-model";
import { isObject } from "./unknown-value";

/**
 * Properties that ARM's model does not have, and those that only Azure sets.
 * The client itself would leave them out without a word.
 */
export function unknownProperties(
  mapper: Mapper,
  value: unknown,
  serializer: Serializer,
  path = "",
): KmsError[] {
  const element = elementOf(mapper);
  if (element !== undefined && Array.isArray(value)) {
    return value.flatMap((item, index) => unknownProperties(element, item, serializer, `${path}[${index}]`));
  }
  if (!isObject(value)) {
    return [];
  }
  if (element !== undefined) {
    return Object.entries(value).flatMap(([key, item]) =>
      unknownProperties(element, item, serializer, `${path}["${key}"]`),
    );
  }
  const members = membersOf(mapper, serializer);
  if (members === undefined) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) =>
    memberProblems(members, name, member, serializer, path === "" ? name : `${path}.${name}`),
  );
}

function memberProblems(
  members: Record<string, Mapper>,
  name: string,
  value: unknown,
  serializer: Serializer,
  path: string,
): KmsError[] {
  const mapper = Object.hasOwn(members, name) ? members[name] : undefined;
  if (mapper === undefined) {
    const allowed = writable(members);
    const [guess] = nearest(name, allowed);
    const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
    return [
      new KmsError("KMS7201", { property: path, values: { given: name, allowed: allowed.join(", "), hint } }),
    ];
  }
  if (mapper.readOnly === true) {
    return [new KmsError("KMS7202", { property: path, values: { given: name } })];
  }
  return unknownProperties(mapper, value, serializer, path);
}

const writable = (members: Record<string, Mapper>) =>
  Object.keys(members).filter((name) => members[name].readOnly !== true);
