import { ArmError, resourceNotFound } from "../arm-error";
import { parentId, resourceId } from "../arm-path";
import type { ArmState } from "../arm-state";
import { checkPreconditions } from "../etags";
import { mergePatch, type JsonObject } from "../json";
import { checkRemovable, removeResource } from "../remove-resources";
import type { StoredResource } from "../resource-store";
import type { ResourceType } from "../resource-types";
import { resourceView } from "../resource-view";
import { writeResource } from "../write-resource";
import type { ArmAnswer, ArmRequest } from "./arm-request";

/** GET, HEAD, PUT, PATCH and DELETE of one resource. */
export function resourceRoute(arm: ArmState, type: ResourceType, request: ArmRequest): ArmAnswer {
  const { subscriptionId, resourceGroup = "", names } = request.parsed;
  const id = resourceId(subscriptionId, resourceGroup, type.type, names);
  const place = { id, name: names.at(-1)!, group: resourceGroup };
  switch (request.method) {
    case "GET":
    case "HEAD":
      return read(arm, find(arm, type, place), request);
    case "PUT":
      checkParent(arm, type, id);
      return write(arm, type, place, request, request.body ?? {});
    case "PATCH": {
      const resource = find(arm, type, place);
      return write(arm, type, place, request, mergePatch(resourceView(resource, arm), request.body ?? {}));
    }
    case "DELETE":
      return remove(arm, type, id, request);
    default:
      throw methodNotAllowed(request);
  }
}

/** What Azure answers to a method that the path does not have. */
export const methodNotAllowed = ({ method, path }: ArmRequest) =>
  new ArmError(
    405,
    "MethodNotAllowed",
    `The requested resource ${path} does not support http method '${method}'.`,
  );

interface Place {
  id: string;
  name: string;
  group: string;
}

function find(arm: ArmState, type: ResourceType, { id, name, group }: Place): StoredResource {
  checkParent(arm, type, id);
  const resource = arm.store.get(id);
  if (resource === undefined) {
    throw resourceNotFound(type.type, name, group);
  }
  return resource;
}

function checkParent(arm: ArmState, type: ResourceType, id: string): void {
  const parent = parentId(id);
  if (parent !== undefined && arm.store.get(parent) === undefined) {
    const nested = type.type.slice(type.type.indexOf("/") + 1);
    throw new ArmError(
      404,
      "ParentResourceNotFound",
      `Failed to perform requested operation on nested resource of type '${nested}'. The parent resource '${parent}' was not found.`,
    );
  }
}

function read(arm: ArmState, resource: StoredResource, { query }: ArmRequest): ArmAnswer {
  return {
    status: 200,
    body: resourceView(resource, arm, query.get("$expand") ?? undefined),
    etag: resource.etag,
  };
}

function write(
  arm: ArmState,
  type: ResourceType,
  place: Place,
  request: ArmRequest,
  body: JsonObject,
): ArmAnswer {
  const { id, name } = place;
  const { resource, created, work, fail } = writeResource(arm, {
    type,
    id,
    name,
    body,
    partial: request.method === "PATCH",
    preconditions: request.preconditions,
  });
  const answer = { status: created ? 201 : 200, body: resourceView(resource, arm), etag: resource.etag };
  if (type.asynchronous === true) {
    return { ...answer, work, fail };
  }
  work();
  return answer;
}

/** Deleting what is not there succeeds. */
function remove(arm: ArmState, type: ResourceType, id: string, request: ArmRequest): ArmAnswer {
  const resource = arm.store.get(id);
  if (resource === undefined) {
    if (request.preconditions.ifMatch !== undefined) {
      checkPreconditions(request.preconditions, undefined);
    }
    return { status: 204 };
  }
  checkPreconditions(request.preconditions, resource.etag);
  checkRemovable(arm, resource);
  if (type.asynchronous !== true) {
    removeResource(arm, resource);
    return { status: 200 };
  }
  return { status: 202, work: () => removeResource(arm, resource) };
}
