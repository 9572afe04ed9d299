import type { EnumMapper, Mapper, Serializer } from "@azure/core-client";
import { nearest } from "pulumi-windows-kms/bin/provider/testing";
import { LabError } from "../lab-error";
import { isObject, isUnknown } from "./property-values";
import { elementOf, membersOf, type ResourceModel, withClientNames } from "./resource-model";
import { pathInputs, type Properties, type ResourceType } from "./resource-types";

/**
 * The body of a create or update request in the shape of Microsoft's client. An ID that an update takes out of a set
 * is sent as null, or ARM would keep it.
 */
export function requestBody(type: ResourceType, inputs: Properties, oldInputs: Properties = {}): Properties {
  const outside = new Set([...pathInputs(type), "azureApiVersion"]);
  const body = Object.fromEntries(
    Object.entries(inputs).filter(([name]) => !outside.has(name) && !name.startsWith("__")),
  );
  return type.idSets.reduce((result, path) => withIdSet(result, oldInputs, path.split(".")), body);
}

function withIdSet(inputs: Properties, oldInputs: unknown, [name, ...rest]: string[]): Properties {
  const value = inputs[name];
  const oldValue = isObject(oldInputs) ? oldInputs[name] : undefined;
  if (rest.length > 0) {
    return isObject(value) ? { ...inputs, [name]: withIdSet(value, oldValue, rest) } : inputs;
  }
  if (!Array.isArray(value)) {
    return inputs;
  }
  const ids = value as string[];
  const removed = Array.isArray(oldValue) ? (oldValue as string[]).filter((id) => !ids.includes(id)) : [];
  const entries = [...ids.map((id) => [id, {}] as const), ...removed.map((id) => [id, null] as const)];
  return { ...inputs, [name]: Object.fromEntries<unknown>(entries) };
}

/** Members whose value a message must not repeat, even when its type is wrong. */
const secretMember = /password|customData|secret|protected/i;

/** Everything in a body that ARM's model refuses; values that are not known yet pass. */
export function bodyProblems(type: ResourceType, body: Properties, model: ResourceModel): LabError[] {
  const unknown = unknownProperties(model.request, body, model.serializer);
  return [...unknown, ...modelProblem(type, body, model)];
}

function modelProblem(type: ResourceType, body: Properties, model: ResourceModel): LabError[] {
  try {
    const standIns = withStandIns(model.request, body, model.serializer);
    const named = withClientNames(model.request, standIns, model.serializer);
    model.serializer.serialize(model.request, named, type.token.split(":").at(-1));
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = secretMember.test(message) ? message.replace(/ with value .* must /s, " must ") : message;
    return [
      new LabError("KMS7203", {
        values: { given: type.token, reason: reason.replace(/\.$/, "") },
        cause: error,
      }),
    ];
  }
}

/** A value with everything that is not known yet replaced by something the model accepts, so that the rest can be checked. */
function withStandIns(mapper: Mapper, value: unknown, serializer: Serializer): unknown {
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

/**
 * Properties that ARM's model does not have, and those that only Azure sets.
 * The client itself would leave them out without a word.
 */
function unknownProperties(mapper: Mapper, value: unknown, serializer: Serializer, path = ""): LabError[] {
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
): LabError[] {
  const mapper = Object.hasOwn(members, name) ? members[name] : undefined;
  if (mapper === undefined) {
    const allowed = writable(members);
    const [guess] = nearest(name, allowed);
    const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
    return [
      new LabError("KMS7201", { property: path, values: { given: name, allowed: allowed.join(", "), hint } }),
    ];
  }
  if (mapper.readOnly === true) {
    return [new LabError("KMS7202", { property: path, values: { given: name } })];
  }
  return unknownProperties(mapper, value, serializer, path);
}

const writable = (members: Record<string, Mapper>) =>
  Object.keys(members).filter((name) => members[name].readOnly !== true);
