import { ArmError, resourceNotFound } from "./arm-error";
import { parentId, resourceId } from "./arm-path";
import type { ArmState } from "./arm-state";
import { behaviourOf } from "./behaviours";
import { checkPreconditions } from "./etags";
import { type JsonObject, mergePatch, objectAt } from "./json";
import { checkRemovable, removeResource } from "./remove-resource";
import type { ArmAnswer, ArmRequest } from "./request";
import type { StoredResource } from "./resource-store";
import { findResourceType, type ResourceType } from "./resource-types";
import { writeResource } from "./write-resource";

/** A resource as GET returns it, with the children that also stand in their parent. */
export function resourceView(resource: StoredResource, arm: ArmState, expand?: string): JsonObject {
  const type = findResourceType(resource.type);
  const body = behaviourOf(resource.type).read?.(resource, arm, expand) ?? resource.body;
  const embedded = (type?.embedded ?? []).map(({ property, type: child }) => [
    property,
    arm.store.childrenOf(resource.id, `${resource.type}/${child}`).map((item) => resourceView(item, arm)),
  ]);
  return {
    id: resource.id,
    name: resource.name,
    type: resource.type,
    ...(type?.etag !== undefined && { etag: resource.etag }),
    ...body,
    ...(body.properties !== undefined && {
      properties: { ...objectAt(body.properties), ...(Object.fromEntries(embedded) as JsonObject) },
    }),
  };
}

/** GET, HEAD, PUT, PATCH and DELETE of one resource. */
export function resourceRoute(arm: ArmState, type: ResourceType, request: ArmRequest): ArmAnswer {
  const { subscriptionId, resourceGroup = "", names } = request.parsed;
  const id = resourceId(subscriptionId, resourceGroup, type.type, names);
  const target = { id, name: names.at(-1)!, group: resourceGroup };
  switch (request.method) {
    case "GET":
    case "HEAD":
      return read(arm, find(arm, type, target), request);
    case "PUT":
      checkParent(arm, type, id);
      return write(arm, type, target, request, request.body ?? {});
    case "PATCH": {
      const resource = find(arm, type, target);
      return write(arm, type, target, request, mergePatch(resourceView(resource, arm), request.body ?? {}));
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

interface Target {
  id: string;
  name: string;
  group: string;
}

function find(arm: ArmState, type: ResourceType, { id, name, group }: Target): StoredResource {
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
  target: Target,
  request: ArmRequest,
  body: JsonObject,
): ArmAnswer {
  const { id, name } = target;
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
  void work();
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
  const removing = behaviourOf(type.type).removing?.(resource, arm);
  return { status: 202, work: removing ?? (() => removeResource(arm, resource)) };
}
