import {
  locationRefusal,
  networkResourceNameRefusal,
  tagCountRefusal,
  tagRefusals,
  unknownRegionRefusal,
} from "pulumi-windows-kms/bin/provider/testing";
import { ArmError } from "./arm-error";
import { parentId } from "./arm-path";
import type { ArmState, ResourceChange } from "./arm-state";
import type { Work } from "./async-operations";
import { behaviourOf } from "./behaviours";
import { checkPolicies, checkQuotas } from "./conditions";
import { checkPreconditions, newEtag, type Preconditions } from "./etags";
import { hasHidden, hiddenDigest, withoutHidden } from "./hidden-values";
import { type JsonObject, objectAt, objectsIn, textOf, valuesAt } from "./json";
import { refuse } from "./refuse";
import { checkNotInUse, checkReferences } from "./references";
import type { StoredResource } from "./resource-store";
import { findResourceType, type ResourceType } from "./resource-types";

/** What a write does. */
export interface ResourceWrite {
  type: ResourceType;
  id: string;
  name: string;
  body: JsonObject;
  /** Whether the request gave only a part of the body. */
  partial?: boolean;
  preconditions?: Preconditions;
}

/** An accepted write. */
export interface AcceptedWrite {
  resource: StoredResource;
  created: boolean;
  /** What is still to do before the resource is there. */
  work: Work;
  /** Marks the resource as failed; called instead of the work. */
  fail: () => void;
}

/** Creates or replaces a resource. @throws ArmError when Azure would refuse it */
export function writeResource(arm: ArmState, write: ResourceWrite): AcceptedWrite {
  const { type, name } = write;
  const previous = arm.store.get(write.id);
  const id = previous?.id ?? write.id;
  checkPreconditions(write.preconditions ?? {}, previous?.etag);
  const body = ownProperties(type, write.body);
  checkRequired(type, name, body);
  checkTags(body);
  if (previous === undefined && isNamedAsNetwork(type.type)) {
    refuse(networkResourceNameRefusal(name), "name");
  }
  checkPolicies(arm.conditions, type, name, body);
  checkQuotas(arm.conditions, arm.store, { id, type, body });
  checkReferences(arm.store, type, id, body);
  const digest = hasHidden(type, body) ? hiddenDigest(type, body) : previous?.hiddenDigest;
  const hiddenChanged = digest !== previous?.hiddenDigest;
  const { partial } = write;
  const change: ResourceChange = {
    id,
    name: previous?.name ?? name,
    body,
    previous,
    partial,
    hiddenChanged,
  };
  const work = behaviourOf(type.type).write?.(change, arm);
  const finished = work === undefined;
  const provisioningState = finished ? "Succeeded" : previous === undefined ? "Creating" : "Updating";
  const resource: StoredResource = {
    id,
    type: type.type,
    name: change.name,
    body: withState(type, withoutHidden(type, change.body), provisioningState),
    etag: newEtag(type),
    hiddenDigest: digest ?? "",
    ...(change.unseen !== undefined && { unseen: change.unseen }),
  };
  const embeddedWork = putWithChildren(arm, type, resource, write.body);
  touchParent(arm, resource);
  return {
    resource,
    created: previous === undefined,
    work: (timing) => {
      embeddedWork.forEach((each) => void each());
      return finish(arm, resource, () => work?.(timing));
    },
    fail: () => end(arm, resource, "Failed"),
  };
}

/** Stores the resource and the children in its body: all of them, or none when one is refused. */
function putWithChildren(
  arm: ArmState,
  type: ResourceType,
  resource: StoredResource,
  body: JsonObject,
): Work[] {
  const before = arm.store.tree(resource.id);
  try {
    const children = embeddedChildren(type, resource, body);
    removeEmbedded(arm, type, resource, children);
    arm.store.put(resource);
    return children.map((child) => writeResource(arm, child).work);
  } catch (error) {
    arm.store.remove(resource.id);
    before.forEach((old) => arm.store.put(old));
    throw error;
  }
}

/** At once, unless the work takes time. */
function finish(arm: ArmState, resource: StoredResource, work: Work): void | Promise<void> {
  const succeed = () => end(arm, resource, "Succeeded");
  const fail = (error: unknown) => {
    end(arm, resource, "Failed");
    throw error;
  };
  try {
    const pending = work();
    if (pending !== undefined) {
      return pending.then(succeed, fail);
    }
  } catch (error) {
    fail(error);
  }
  succeed();
}

/** Sets the state that a write ends in; the resource may have been deleted in the meantime. */
function end(arm: ArmState, { id, type }: StoredResource, provisioningState: string): void {
  const resource = arm.store.get(id);
  if (resource !== undefined) {
    arm.store.put({
      ...resource,
      body: withState(findResourceType(type)!, resource.body, provisioningState),
    });
  }
}

/** A body without what the resource itself has, and without the children that are kept beside it. */
function ownProperties(type: ResourceType, body: JsonObject): JsonObject {
  const { id: _id, name: _name, type: _type, etag: _etag, ...own } = body;
  if (own.properties === undefined) {
    return own;
  }
  const properties = { ...objectAt(own.properties) };
  for (const { property } of type.embedded ?? []) {
    delete properties[property];
  }
  return { ...own, properties };
}

/** Record sets are the one kind of resource without a provisioning state. */
function withState(type: ResourceType, body: JsonObject, provisioningState: string): JsonObject {
  return type.asynchronous === true
    ? { ...body, properties: { ...objectAt(body.properties), provisioningState } }
    : body;
}

/** A parent that shows its children changes with them. */
function touchParent(arm: ArmState, resource: StoredResource): void {
  const parent = arm.store.get(parentId(resource.id) ?? "");
  const type = parent && findResourceType(parent.type);
  if (parent !== undefined && type?.embedded !== undefined) {
    arm.store.put({ ...parent, etag: newEtag(type) });
  }
}

/** @throws ArmError 400 when the body lacks something that every resource of its type has */
function checkRequired(type: ResourceType, name: string, body: JsonObject): void {
  checkLocation(type, name, textOf(body.location));
  for (const path of type.required ?? []) {
    if (valuesAt(body, path).length === 0) {
      const property = path.slice(path.lastIndexOf(".") + 1);
      throw new ArmError(
        400,
        type.type.startsWith("Microsoft.Compute") ? "InvalidParameter" : "InvalidRequestFormat",
        `Required parameter '${property}' is missing (null).`,
        path,
      );
    }
  }
}

/** @throws ArmError 400 for tags that Azure refuses */
export function checkTags(body: JsonObject): void {
  const tags = objectAt(body.tags);
  refuse(tagCountRefusal(Object.keys(tags).length), "tags");
  const texts = Object.entries(tags).map(([name, value]) => [name, textOf(value)] as const);
  refuse(tagRefusals(Object.fromEntries(texts))[0], "tags");
}

/** Zones and their records have names of DNS. */
const isNamedAsNetwork = (type: string) =>
  type.startsWith("Microsoft.Network/") && !type.startsWith("Microsoft.Network/privateDnsZones");

function checkLocation(type: ResourceType, name: string, location: string | undefined): void {
  if (type.location === undefined) {
    return;
  }
  if (location === undefined || location === "") {
    throw new ArmError(
      400,
      "LocationRequired",
      "The location property is required for this definition.",
      "location",
    );
  }
  if (type.location === "region") {
    refuse(locationRefusal(location) ?? unknownRegionRefusal(location), "location");
  }
  if (type.location === "global" && location.toLowerCase() !== "global") {
    throw new ArmError(
      400,
      "LocationNotAvailableForResourceType",
      `The provided location '${location}' is not available for resource type '${type.type}' (resource '${name}'). List of available regions for the resource type is 'global'.`,
      "location",
    );
  }
}

/** A child that stands in the body of its parent. */
export interface EmbeddedChild {
  type: ResourceType;
  id: string;
  name: string;
  body: JsonObject;
}

/** The children that a parent's body lists. */
function embeddedChildren(type: ResourceType, parent: StoredResource, body: JsonObject): EmbeddedChild[] {
  return (type.embedded ?? []).flatMap(({ property, type: segment }) =>
    objectsIn(objectAt(body.properties)[property]).map((item) => {
      const name = textOf(item.name);
      if (name === undefined) {
        throw new ArmError(
          400,
          "InvalidRequestFormat",
          `An item of ${property} of ${parent.id} has no name.`,
          property,
        );
      }
      const childType = findResourceType(`${type.type}/${segment}`)!;
      return { type: childType, id: `${parent.id}/${segment}/${name}`, name, body: item };
    }),
  );
}

/**
 * Takes the old children out, so that the listed ones are checked against each other only. What is not listed stays
 * away: a PUT of a virtual network without its subnets deletes them, unless they are in use.
 */
function removeEmbedded(
  arm: ArmState,
  type: ResourceType,
  parent: StoredResource,
  kept: EmbeddedChild[],
): void {
  const keptIds = new Set(kept.map(({ id }) => id.toLowerCase()));
  for (const { type: segment } of type.embedded ?? []) {
    const old = arm.store.childrenOf(parent.id, `${type.type}/${segment}`);
    checkNotInUse(
      arm.store,
      old.filter(({ id }) => !keptIds.has(id.toLowerCase())),
    );
    old.forEach(({ id }) => arm.store.remove(id));
  }
}
