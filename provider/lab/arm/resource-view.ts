import type { ArmState } from "./arm-state";
import { behaviourOf } from "./behaviours";
import { objectAt, type JsonObject } from "./json";
import type { StoredResource } from "./resource-store";
import { findResourceType } from "./resource-types";

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
