import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { LabError } from "../lab-error";
import { type ArmTarget, deleteResource, getResource } from "./arm-resource";
import { checkInputs, type NameRequest } from "./check";
import { createResource, previewCreate, previewUpdate, readResource, updateResource } from "./crud";
import { diffAnswer } from "./diff";
import { fromStruct, toStruct } from "./property-values";
import { pathInputs, type Properties, resourceId, typeOfUrn, typeReadBy } from "./resource-types";
import type { Session } from "./sessions";

/** Inputs with defaults, and what is wrong with them. */
export async function check(request: proto.CheckRequest, session: Session): Promise<proto.CheckResponse> {
  const olds = fromStruct(request.getOlds());
  const { inputs, failures } = await checkInputs(
    session,
    nameRequest(request),
    olds,
    fromStruct(request.getNews()),
  );
  const response = new proto.CheckResponse();
  response.setInputs(toStruct(inputs));
  response.setFailuresList(failures.map(({ message }) => checkFailure(message)));
  return response;
}

/** Without a property name: the engine would print the property's value, which may be secret. */
function checkFailure(reason: string): proto.CheckFailure {
  const failure = new proto.CheckFailure();
  failure.setReason(reason);
  return failure;
}

function nameRequest(request: proto.CheckRequest): NameRequest {
  const options = request.getAutonaming();
  const modes = { 0: "propose", 1: "enforce", 2: "disable" } as const;
  return {
    urn: request.getUrn(),
    randomSeed: request.getRandomseed_asU8(),
    ...(options !== undefined && {
      autonaming: { mode: modes[options.getMode()], proposedName: options.getProposedName() },
    }),
  };
}

/** What changed between old and new inputs. */
export function diff(request: proto.DiffRequest): proto.DiffResponse {
  const type = typeOfUrn(request.getUrn());
  return diffAnswer(type, fromStruct(request.getOldInputs()), fromStruct(request.getNews()));
}

/** Creates a resource, or answers what a preview can know. */
export async function create(request: proto.CreateRequest, session: Session): Promise<proto.CreateResponse> {
  const type = typeOfUrn(request.getUrn());
  const inputs = fromStruct(request.getProperties());
  const response = new proto.CreateResponse();
  if (request.getPreview()) {
    response.setProperties(toStruct(await previewCreate(type, inputs)));
    return response;
  }
  const { id, outputs } = await createResource(session, type, inputs);
  response.setId(id);
  response.setProperties(toStruct(outputs));
  return response;
}

/** Reads a resource; an answer without ID says that it is gone. */
export async function read(request: proto.ReadRequest, session: Session): Promise<proto.ReadResponse> {
  const type = typeOfUrn(request.getUrn());
  const oldInputs = request.hasInputs() ? fromStruct(request.getInputs()) : undefined;
  const oldOutputs = fromStruct(request.getProperties());
  const found = await readResource(session, type, request.getId(), oldInputs, oldOutputs);
  const response = new proto.ReadResponse();
  if (found !== undefined) {
    response.setId(found.id);
    response.setProperties(toStruct(found.outputs));
    response.setInputs(toStruct(found.inputs));
  }
  return response;
}

/** Changes a resource, or answers what a preview can know. */
export async function update(request: proto.UpdateRequest, session: Session): Promise<proto.UpdateResponse> {
  const type = typeOfUrn(request.getUrn());
  const inputs = fromStruct(request.getNews());
  const response = new proto.UpdateResponse();
  if (request.getPreview()) {
    response.setProperties(toStruct(await previewUpdate(type, inputs, fromStruct(request.getOlds()))));
    return response;
  }
  const oldInputs = fromStruct(request.getOldInputs());
  const { outputs } = await updateResource(session, type, request.getId(), inputs, oldInputs);
  response.setProperties(toStruct(outputs));
  return response;
}

/** Deletes a resource. */
export async function remove(request: proto.DeleteRequest, session: Session): Promise<Empty> {
  await deleteResource(session, typeOfUrn(request.getUrn()), request.getId());
  return new Empty();
}

/** Calls a function. */
export async function invoke(request: proto.InvokeRequest, session: Session): Promise<proto.InvokeResponse> {
  const result = await invokeFunction(session, request.getTok(), fromStruct(request.getArgs()));
  const response = new proto.InvokeResponse();
  response.setReturn(toStruct(result));
  return response;
}

/** Answers a function call of azure-native: the reading functions of the served types, and who is asking. */
async function invokeFunction(
  target: ArmTarget & { tenantId: string },
  token: string,
  args: Properties,
): Promise<Properties> {
  if (token === "azure-native:authorization:getClientConfig") {
    const { subscriptionId, tenantId } = target;
    return { subscriptionId, tenantId, clientId: "", objectId: "" };
  }
  const type = typeReadBy(token);
  const missing = pathInputs(type).find((name) => args[name] === undefined);
  if (missing !== undefined) {
    throw new LabError("KMS7208", { property: missing, values: { given: token } });
  }
  const id = resourceId(type, target.subscriptionId, args);
  const found = await getResource(target, type, id);
  if (found === undefined) {
    throw new LabError("KMS7210", { values: { given: id } });
  }
  return found;
}
