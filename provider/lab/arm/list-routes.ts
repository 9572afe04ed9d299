import { recordTypes } from "../network/private-dns";
import { ArmError } from "./arm-error";
import { groupOf, resourceId } from "./arm-path";
import type { ArmState } from "./arm-state";
import { type JsonObject, objectAt, textOf } from "./json";
import type { ArmAnswer, ArmRequest } from "./request";
import { resourceView } from "./resource-routes";
import type { StoredResource } from "./resource-store";
import { findResourceType, type ResourceType } from "./resource-types";

const pageSize = 100;

/** A page of a list; `next` gives the address of the page that starts at that index. */
export function page(items: JsonObject[], { query }: ArmRequest, next: (start: number) => string): ArmAnswer {
  const start = Number(query.get("$skiptoken") ?? 0);
  const top = Number(query.get("$top") ?? pageSize);
  const size = Number.isInteger(top) && top > 0 ? Math.min(top, pageSize) : pageSize;
  const end = start + size;
  return {
    status: 200,
    body: { value: items.slice(start, end), ...(end < items.length && { nextLink: next(end) }) },
  };
}

/** Lists the resources of a type: of the subscription, of a resource group, or below a parent. */
export function listRoute(arm: ArmState, request: ArmRequest, next: (start: number) => string): ArmAnswer {
  const { parsed } = request;
  const listed = `${parsed.type}/${parsed.tail}`;
  const resources = allRecordSets(listed) ?? resourcesOf(arm, listed, request);
  const expand = request.query.get("$expand") ?? undefined;
  const machines = sameText(listed, virtualMachines);
  if (machines && expand !== undefined && request.query.get("$filter") === null) {
    throw new ArmError(400, "InvalidParameter", "The parameter $expand is only allowed with $filter.");
  }
  const view = machines && request.query.get("statusOnly") === "true" ? statusView : resourceView;
  return page(
    ofScaleSet(resources, request).map((resource) => view(resource, arm, expand)),
    request,
    next,
  );

  function allRecordSets(type: string): StoredResource[] | undefined {
    return /^Microsoft\.Network\/privateDnsZones\/ALL$/i.test(type)
      ? recordTypes.flatMap((recordType) => resourcesOf(arm, type.replace(/ALL$/i, recordType), request))
      : undefined;
  }
}

const virtualMachines = "Microsoft.Compute/virtualMachines";

/** A virtual machine in the list of run-time states, which says little else. */
function statusView(resource: StoredResource, arm: ArmState): JsonObject {
  const { id, name, type, properties } = resourceView(resource, arm, "instanceView");
  const { provisioningState, instanceView } = objectAt(properties);
  return {
    ...{ id, name, type },
    location: resource.body.location,
    properties: { provisioningState, instanceView: { statuses: objectAt(instanceView).statuses } },
  };
}

function resourcesOf(arm: ArmState, typeName: string, { parsed }: ArmRequest): StoredResource[] {
  const type = findResourceType(typeName);
  if (type === undefined) {
    throw new ArmError(404, "InvalidResourceType", `The resource type '${typeName}' could not be found.`);
  }
  if (parsed.names.length > 0) {
    return childrenOf(
      arm,
      type,
      resourceId(parsed.subscriptionId, parsed.resourceGroup!, parsed.type!, parsed.names),
    );
  }
  return arm.store
    .ofType(type.type)
    .filter(({ id }) => parsed.resourceGroup === undefined || sameText(groupOf(id), parsed.resourceGroup));
}

const sameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function childrenOf(arm: ArmState, type: ResourceType, parent: string): StoredResource[] {
  if (arm.store.get(parent) === undefined) {
    throw new ArmError(404, "ParentResourceNotFound", `The parent resource '${parent}' was not found.`);
  }
  return arm.store.childrenOf(parent, type.type);
}

/** The one filter of virtual machines. Source: Microsoft.Compute 2024-11-01, VirtualMachines_List. */
const scaleSetFilter = /^'virtualMachineScaleSet\/id' eq '([^']+)'$/;

function ofScaleSet(machines: StoredResource[], { query }: ArmRequest): StoredResource[] {
  const filter = query.get("$filter");
  if (filter === null) {
    return machines;
  }
  const wanted = scaleSetFilter.exec(filter)?.[1];
  if (wanted === undefined) {
    throw new ArmError(400, "InvalidParameter", `The value '${filter}' of parameter $filter is invalid.`);
  }
  return machines.filter(({ body }) =>
    sameText(textOf(objectAt(body.properties, "virtualMachineScaleSet").id) ?? "", wanted),
  );
}
