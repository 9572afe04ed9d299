import { KmsError } from "../../errors/kms-error";
import { type ArmTarget, getResource, putResource, type PutResult } from "./arm-resource";
import { previewOutputs } from "./preview-outputs";
import { inputPart, refreshedInputs } from "./refreshed-inputs";
import { bodyProblems, requestBody } from "./request-body";
import { resourceModel } from "./resource-model";
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
    cause: KmsError,
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
    throw new KmsError("KMS7205", { values: { given: id } });
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
