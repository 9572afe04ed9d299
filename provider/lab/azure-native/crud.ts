import { isDeepStrictEqual } from "node:util";
import type { Mapper, Serializer } from "@azure/core-client";
import { LabError } from "../lab-error";
import { type ArmTarget, getResource, putResource, type PutResult } from "./arm-resource";
import { isObject, isUnknown, unknownValue } from "./property-values";
import { bodyProblems, requestBody } from "./request-body";
import { elementOf, membersOf, resourceModel } from "./resource-model";
import { inputsOfId, type Properties, resourceId, type ResourceType } from "./resource-types";

/** A resource as the engine keeps it. */
export interface ResourceState {
  id: string;
  outputs: Properties;
}

/** A resource exists, but ARM did not finish it: the engine keeps it, and the next update tries again. */
export class UnfinishedResource extends Error {
  constructor(
    readonly state: ResourceState,
    cause: LabError,
  ) {
    super(cause.message, { cause });
    this.name = "UnfinishedResource";
  }
}

/** Outputs that a preview of a creation can tell. */
export async function previewCreate(type: ResourceType, inputs: Properties): Promise<Properties> {
  const model = await resourceModel(type);
  return previewOutputs(model.response, inputs, model.serializer);
}

/** Outputs that a preview of an update can tell: name and region stay what they are. */
export async function previewUpdate(
  type: ResourceType,
  inputs: Properties,
  olds: Properties,
): Promise<Properties> {
  const { name, location } = olds;
  return {
    ...(await previewCreate(type, inputs)),
    ...(name !== undefined && { name }),
    ...(location !== undefined && { location }),
  };
}

/** Creates a resource; one that exists already is left alone. */
export async function createResource(
  target: ArmTarget,
  type: ResourceType,
  inputs: Properties,
): Promise<ResourceState> {
  const id = resourceId(type, target.subscriptionId, inputs);
  const body = await checkedBody(type, inputs);
  if ((await getResource(target, type, id)) !== undefined) {
    throw new LabError("KMS7205", { values: { given: id } });
  }
  return finished(target, type, await putResource(target, type, inputs, body));
}

/** Changes a resource; lists of child resources that the program does not give stay as they are. */
export async function updateResource(
  target: ArmTarget,
  type: ResourceType,
  id: string,
  inputs: Properties,
  oldInputs: Properties,
): Promise<ResourceState> {
  const body = await checkedBody(type, inputs, oldInputs);
  const unset = type.keptWhenUnset.filter((name) => inputs[name] === undefined);
  const present = unset.length === 0 ? undefined : await getResource(target, type, id);
  const kept = Object.fromEntries(unset.map((name) => [name, present?.[name]]));
  return finished(target, type, await putResource(target, type, inputs, { ...body, ...kept }));
}

/** Reads a resource and its inputs; undefined when it is gone. Without inputs it is an import. */
export async function readResource(
  target: ArmTarget,
  type: ResourceType,
  id: string,
  oldInputs: Properties | undefined,
  oldOutputs: Properties,
): Promise<(ResourceState & { inputs: Properties }) | undefined> {
  const outputs = await getResource(target, type, id);
  if (outputs === undefined) {
    return undefined;
  }
  const { request, serializer } = await resourceModel(type);
  const news = inputPart(request, outputs, serializer) as Properties;
  if (oldInputs === undefined) {
    return {
      id,
      outputs,
      inputs: { ...news, ...inputsOfId(type, id).inputs, azureApiVersion: type.apiVersion },
    };
  }
  const unset = type.keptWhenUnset.filter((name) => oldInputs[name] === undefined);
  const without = (properties: Properties) =>
    Object.fromEntries(Object.entries(properties).filter(([name]) => !unset.includes(name)));
  const olds = inputPart(request, oldOutputs, serializer) as Properties;
  const inputs = refreshedInputs(oldInputs, { olds: without(olds), news: without(news) }) as Properties;
  return { id, outputs, inputs };
}

async function checkedBody(
  type: ResourceType,
  inputs: Properties,
  oldInputs?: Properties,
): Promise<Properties> {
  const body = requestBody(type, inputs, oldInputs);
  const [problem] = bodyProblems(type, body, await resourceModel(type));
  if (problem !== undefined) {
    throw problem;
  }
  return body;
}

/** The answer to a write may differ from what a read gives, and refreshes compare with reads. */
async function finished(
  target: ArmTarget,
  type: ResourceType,
  { id, failure }: PutResult,
): Promise<ResourceState> {
  const outputs = await getResource(target, type, id);
  if (failure !== undefined) {
    throw outputs === undefined ? failure : new UnfinishedResource({ id, outputs }, failure);
  }
  return { id, outputs: outputs ?? {} };
}

/** Outputs that a preview can tell: what the program gives; all else is unknown, at every depth. */
function previewOutputs(mapper: Mapper, inputs: Record<string, unknown>, serializer: Serializer) {
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

/** Old and new outputs of a resource. */
export interface OutputChange {
  olds: unknown;
  news: unknown;
}

/** The part of outputs that a program can give: without what only Azure sets. */
function inputPart(mapper: Mapper, value: unknown, serializer: Serializer): unknown {
  const element = elementOf(mapper);
  if (Array.isArray(value)) {
    return element === undefined ? value : value.map((item) => inputPart(element, item, serializer));
  }
  const members = membersOf(mapper, serializer);
  if (!isObject(value) || members === undefined) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => members[name] !== undefined && members[name].readOnly !== true)
      .map(([name, member]) => [name, inputPart(members[name], member, serializer)]),
  );
}

/**
 * Inputs after a refresh: only what changed in Azure since the last update is taken over, so that defaults that Azure
 * filled in do not look like changes.
 */
function refreshedInputs(inputs: unknown, { olds, news }: OutputChange): unknown {
  if (isDeepStrictEqual(olds, news)) {
    return inputs;
  }
  if (Array.isArray(inputs) && Array.isArray(olds) && Array.isArray(news)) {
    return news.map((item, index) =>
      index < inputs.length && index < olds.length
        ? refreshedInputs(inputs[index], { olds: olds[index], news: item })
        : (item as unknown),
    );
  }
  if (!isObject(inputs) || !isObject(olds) || !isObject(news)) {
    return news;
  }
  const names = new Set([...Object.keys(inputs), ...Object.keys(olds), ...Object.keys(news)]);
  const merged = [...names].map((name) => [
    name,
    refreshedInputs(inputs[name], { olds: olds[name], news: news[name] }),
  ]);
  return Object.fromEntries(merged.filter(([, member]) => member !== undefined)) as unknown;
}
