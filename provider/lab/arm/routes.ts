import { machineActionRoute, scaleSetActionRoute } from "../compute/routes";
import { ArmError } from "./arm-error";
import { type ArmPath, isOperation } from "./arm-path";
import type { ArmState } from "./arm-state";
import type { AsyncOperations } from "./async-operations";
import { checkAuthorization } from "./authorization";
import { listRoute } from "./list-routes";
import { checkLocks, lockRoute } from "./locks";
import type { ArmAnswer, ArmRequest } from "./request";
import { findGroup, groupApiVersions, groupRoute } from "./resource-group-routes";
import { methodNotAllowed, resourceRoute } from "./resource-routes";
import { findResourceType } from "./resource-types";

/** Answers a request to the simulated ARM. @throws ArmError when Azure would refuse it */
export function armRoute(
  arm: ArmState,
  operations: AsyncOperations,
  request: ArmRequest,
  next: (start: number) => string,
): ArmAnswer {
  const { parsed } = request;
  const asked = parsed.subscriptionId.toLowerCase();
  if (!arm.subscriptionIds.some((id) => id.toLowerCase() === asked)) {
    throw new ArmError(
      404,
      "SubscriptionNotFound",
      `The subscription '${parsed.subscriptionId}' could not be found.`,
    );
  }
  checkAuthorization(arm.roles, arm.store, request);
  const lock = lockRoute(arm, request);
  if (lock !== undefined) {
    return lock;
  }
  checkLocks(arm, request);
  if (isOperation(parsed)) {
    return poll(operations, parsed.names.at(-1) ?? "");
  }
  if (parsed.type === undefined) {
    checkApiVersion(request, "Microsoft.Resources/resourceGroups", groupApiVersions);
    return groupRoute(arm, request, next);
  }
  return typedRoute(arm, request, next);
}

/** Path of an operation, as the Azure-AsyncOperation header names it: each service has operations of its own. */
export function operationPath({ subscriptionId, resourceGroup, type }: ArmPath, id: string): string {
  const subscription = `/subscriptions/${subscriptionId}`;
  if (type === undefined) {
    return `${subscription}/operationresults/${id}`;
  }
  const [namespace] = type.split("/");
  return /^Microsoft\.Network\/privateDnsZones/i.test(type)
    ? `${subscription}/resourceGroups/${resourceGroup}/providers/${namespace}/privateDnsOperationStatuses/${id}`
    : `${subscription}/providers/${namespace}/locations/lab/operations/${id}`;
}

function poll(operations: AsyncOperations, id: string): ArmAnswer {
  const body = operations.status(id);
  if (body === undefined) {
    throw new ArmError(404, "NotFound", `The operation '${id}' was not found.`);
  }
  return { status: 200, body };
}

function typedRoute(arm: ArmState, request: ArmRequest, next: (start: number) => string): ArmAnswer {
  const { parsed, method } = request;
  const type = findResourceType(parsed.type!);
  const listed = parsed.tail === undefined ? undefined : findResourceType(`${parsed.type}/${parsed.tail}`);
  checkApiVersion(request, parsed.type!, (type ?? listed)?.apiVersions);
  if (parsed.resourceGroup !== undefined) {
    findGroup(arm, request);
  }
  if (parsed.tail === undefined) {
    if (type === undefined || parsed.resourceGroup === undefined) {
      throw new ArmError(
        404,
        "InvalidResourceType",
        `The resource type '${parsed.type}' could not be found.`,
      );
    }
    return resourceRoute(arm, type, request);
  }
  const answer = machineActionRoute(arm, request) ?? scaleSetActionRoute(arm, request);
  if (answer !== undefined) {
    return answer;
  }
  if (method !== "GET") {
    throw methodNotAllowed(request);
  }
  return listRoute(arm, request, next);
}

function checkApiVersion({ apiVersion }: ArmRequest, type: string, supported: string[] | undefined): void {
  if (apiVersion === "") {
    throw new ArmError(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  if (supported !== undefined && !supported.includes(apiVersion)) {
    throw new ArmError(
      400,
      "NoRegisteredProviderFound",
      `No registered resource provider found for API version '${apiVersion}' for type '${type}'. The supported api-versions are '${supported.join(", ")}'.`,
    );
  }
}
