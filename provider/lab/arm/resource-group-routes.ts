import { resourceGroupNameRefusal } from "pulumi-windows-kms/bin/provider/testing";
import { ArmError } from "./arm-error";
import type { ArmState } from "./arm-state";
import { checkPreconditions } from "./etags";
import { type JsonObject, mergePatch, objectAt, textOf } from "./json";
import { page } from "./list-routes";
import { refuse } from "./refuse";
import { removeGroup, resourceGroupType, resourcesOfGroup } from "./remove-resource";
import type { ArmAnswer, ArmRequest } from "./request";
import { methodNotAllowed, resourceView } from "./resource-routes";
import type { StoredResource } from "./resource-store";
import { checkTags } from "./write-resource";

/** API versions of Microsoft.Resources that the lab takes. */
export const groupApiVersions = ["2024-03-01"];

/** Resource groups: one, all, or the resources of one. */
export function groupRoute(arm: ArmState, request: ArmRequest, next: (start: number) => string): ArmAnswer {
  const { resourceGroup, tail } = request.parsed;
  if (tail?.toLowerCase() !== expectedTail(resourceGroup, tail)) {
    throw new ArmError(404, "NotFound", `There is nothing at ${request.path}.`);
  }
  if (resourceGroup === undefined) {
    return page(
      arm.store.ofType(resourceGroupType).map((group) => resourceView(group, arm)),
      request,
      next,
    );
  }
  if (tail?.toLowerCase() === "resources") {
    findGroup(arm, request);
    return page(
      resourcesOfGroup(arm, resourceGroup).map((resource) => resourceView(resource, arm)),
      request,
      next,
    );
  }
  return oneGroup(arm, request);
}

/** A group's path ends in its name or in `resources`; without a group it is the list of groups. */
function expectedTail(resourceGroup: string | undefined, tail: string | undefined): string | undefined {
  if (resourceGroup === undefined) {
    return "resourcegroups";
  }
  return tail === undefined ? undefined : "resources";
}

/** @throws ArmError 404 when there is no such resource group */
export function findGroup(arm: ArmState, { parsed }: ArmRequest): StoredResource {
  const group = arm.store.get(groupId(parsed.subscriptionId, parsed.resourceGroup ?? ""));
  if (group === undefined) {
    throw new ArmError(
      404,
      "ResourceGroupNotFound",
      `Resource group '${parsed.resourceGroup}' could not be found.`,
    );
  }
  return group;
}

const groupId = (subscriptionId: string, name: string) =>
  `/subscriptions/${subscriptionId}/resourceGroups/${name}`;

function oneGroup(arm: ArmState, request: ArmRequest): ArmAnswer {
  switch (request.method) {
    case "HEAD":
      findGroup(arm, request);
      return { status: 204 };
    case "GET":
      return { status: 200, body: resourceView(findGroup(arm, request), arm) };
    case "PUT":
      return putGroup(arm, request, request.body ?? {});
    case "PATCH":
      return putGroup(arm, request, mergePatch(findGroup(arm, request).body, request.body ?? {}));
    case "DELETE": {
      const group = findGroup(arm, request);
      return { status: 202, work: () => removeGroup(arm, group) };
    }
    default:
      throw methodNotAllowed(request);
  }
}

function putGroup(arm: ArmState, { parsed, preconditions }: ArmRequest, body: JsonObject): ArmAnswer {
  const name = parsed.resourceGroup!;
  const previous = arm.store.get(groupId(parsed.subscriptionId, name));
  checkPreconditions(preconditions, previous?.etag);
  refuse(resourceGroupNameRefusal(name), "resourceGroupName");
  checkTags(body);
  const location = textOf(body.location) ?? "";
  if (location === "") {
    throw new ArmError(
      400,
      "LocationRequired",
      "The location property is required for this definition.",
      "location",
    );
  }
  if (previous !== undefined && textOf(previous.body.location) !== location) {
    throw new ArmError(
      409,
      "InvalidResourceGroupLocation",
      `Invalid resource group location '${location}'. The Resource group already exists in location '${textOf(previous.body.location)}'.`,
    );
  }
  const group: StoredResource = {
    id: previous?.id ?? groupId(parsed.subscriptionId, name),
    type: resourceGroupType,
    name: previous?.name ?? name,
    body: { ...body, properties: { ...objectAt(body.properties), provisioningState: "Succeeded" } },
    etag: "",
    hiddenDigest: "",
  };
  arm.store.put(group);
  return { status: previous === undefined ? 201 : 200, body: resourceView(group, arm) };
}
