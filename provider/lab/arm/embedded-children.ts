import { ArmError } from "./arm-error";
import type { ArmState } from "./arm-state";
import { objectAt, objectsIn, textOf, type JsonObject } from "./json";
import { checkNotInUse } from "./references";
import type { StoredResource } from "./resource-store";
import { findResourceType, type ResourceType } from "./resource-types";

/** A child that stands in the body of its parent. */
export interface EmbeddedChild {
  type: ResourceType;
  id: string;
  name: string;
  body: JsonObject;
}

/** The children that a parent's body lists. */
export function embeddedChildren(
  type: ResourceType,
  parent: StoredResource,
  body: JsonObject,
): EmbeddedChild[] {
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
export function removeEmbedded(
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
