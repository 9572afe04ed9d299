import type { FullOperationResponse, Mapper, Serializer } from "@azure/core-client";
import { isRestError } from "@azure/core-rest-pipeline";
import { LabError } from "../lab-error";
import type { ArmClients } from "./arm-clients";
import { isObject } from "./property-values";
import { elementOf, membersOf, resourceModel, withClientNames } from "./resource-model";
import { inputsOfId, pathInputs, type Properties, resourceId, type ResourceType } from "./resource-types";

/** Where requests go. */
export interface ArmTarget {
  subscriptionId: string;
  clients: ArmClients;
  signal: AbortSignal;
}

/** The lab answers at once, so the clients' usual two seconds between polls would be lost time. */
const pollMilliseconds = 20;

/** Outputs of a resource as ARM has it; undefined when there is none. */
export async function getResource(
  target: ArmTarget,
  type: ResourceType,
  id: string,
): Promise<Properties | undefined> {
  try {
    const { inputs } = inputsOfId(type, id);
    let text = "";
    const onResponse = ({ bodyAsText }: FullOperationResponse) => void (text = bodyAsText ?? "");
    await call(target, type, "get", [...Object.values(inputs), { ...optionsOf(target), onResponse }], id);
    const { response, serializer } = await resourceModel(type);
    const outputs = outputsOf(response, JSON.parse(text), serializer) as Properties;
    return { ...outputs, azureApiVersion: type.apiVersion };
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** What became of a create or update request. */
export interface PutResult {
  /** The ID as ARM writes it. */
  id: string;
  /** Why ARM, having accepted the request, did not finish the work. */
  failure?: LabError;
}

/** Creates or changes a resource; throws when ARM does not accept that. */
export async function putResource(
  target: ArmTarget,
  type: ResourceType,
  inputs: Properties,
  body: Properties,
): Promise<PutResult> {
  const id = resourceId(type, target.subscriptionId, inputs);
  const names = pathInputs(type).map((name) => inputs[name]);
  let accepted = false;
  const onResponse = ({ status }: FullOperationResponse) => void (accepted ||= status < 300);
  try {
    const { request, serializer } = await resourceModel(type);
    const args = [...names, withClientNames(request, body, serializer), { ...optionsOf(target), onResponse }];
    const answer = await call(target, type, "createOrUpdate", args, id);
    return { id: (answer as { id?: string } | undefined)?.id ?? id };
  } catch (error) {
    if (accepted && error instanceof LabError) {
      return { id, failure: error };
    }
    throw error;
  }
}

/** Deletes a resource; one that is gone already is as good. */
export async function deleteResource(target: ArmTarget, type: ResourceType, id: string): Promise<void> {
  try {
    const { inputs } = inputsOfId(type, id);
    await call(target, type, "delete", [...Object.values(inputs), optionsOf(target)], id);
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
}

const optionsOf = ({ signal }: ArmTarget) => ({ abortSignal: signal, updateIntervalInMs: pollMilliseconds });

const verbs = { createOrUpdate: "create or update", get: "read", delete: "delete" };

async function call(
  target: ArmTarget,
  type: ResourceType,
  operation: "createOrUpdate" | "get" | "delete",
  args: unknown[],
  id: string,
): Promise<unknown> {
  const operations = target.clients.operations(type);
  try {
    return await operations[type[operation]](...args);
  } catch (error) {
    const values = { operation: verbs[operation], id, reason: reasonOf(error) };
    throw new LabError("KMS7204", { values, cause: error });
  }
}

/** Azure's code and message; never the request, which may hold a password. */
function reasonOf(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, "");
  const code = isRestError(error) ? `${error.statusCode ?? ""} ${error.code ?? ""}`.trim() : "";
  return code === "" ? message : `${code}: ${message}`;
}

const isMissing = (error: unknown) =>
  error instanceof LabError && isRestError(error.cause) && error.cause.statusCode === 404;

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
