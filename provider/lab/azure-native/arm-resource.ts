import type { FullOperationResponse } from "@azure/core-client";
import { isRestError } from "@azure/core-rest-pipeline";
import { KmsError } from "../../errors/kms-error";
import type { ArmClients } from "./arm-clients";
import { outputsOf } from "./outputs";
import { resourceModel, withClientNames } from "./resource-model";
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
  failure?: KmsError;
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
    if (accepted && error instanceof KmsError) {
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
    throw new KmsError("KMS7204", { values, cause: error });
  }
}

/** Azure's code and message; never the request, which may hold a password. */
function reasonOf(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, "");
  const code = isRestError(error) ? `${error.statusCode ?? ""} ${error.code ?? ""}`.trim() : "";
  return code === "" ? message : `${code}: ${message}`;
}

const isMissing = (error: unknown) =>
  error instanceof KmsError && isRestError(error.cause) && error.cause.statusCode === 404;
