import { ArmError } from "./arm-error";
import { type JsonObject, textOf, valuesAt } from "./json";
import type { ResourceStore, StoredResource } from "./resource-store";
import { type ResourceReference, type ResourceType, resourceTypes } from "./resource-types";

/**
 * Azure's codes and texts. Microsoft.Network itself answers 400 both here and for what is in use; the lab tells them
 * apart from wrong input by 404 and 409, as most other services do.
 * @throws ArmError 404 when the body names a resource that does not exist, 400 when it names none
 */
export function checkReferences(
  store: ResourceStore,
  type: ResourceType,
  id: string,
  body: JsonObject,
): void {
  for (const reference of type.references ?? []) {
    for (const named of valuesAt(body, reference.path)) {
      checkReference(store, reference, id, textOf(named) ?? "");
    }
  }
}

function checkReference(store: ResourceStore, reference: ResourceReference, id: string, named: string): void {
  if (!named.toLowerCase().startsWith("/subscriptions/")) {
    throw new ArmError(
      400,
      "LinkedInvalidPropertyId",
      `Property id '${named}' at path '${reference.path}' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.`,
      reference.path,
    );
  }
  const found = store.get(named);
  if (found === undefined || found.type !== reference.type) {
    throw new ArmError(
      404,
      "InvalidResourceReference",
      `Resource ${named} referenced by resource ${id} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
      reference.path,
    );
  }
}

/** @throws ArmError 409 when something outside the given resources still uses one of them */
export function checkNotInUse(store: ResourceStore, leaving: StoredResource[]): void {
  const ids = new Map(leaving.map((resource) => [resource.id.toLowerCase(), resource]));
  const types = new Set(leaving.map((resource) => resource.type));
  for (const { type, references = [] } of resourceTypes) {
    const relevant = references.filter((reference) => types.has(reference.type));
    if (relevant.length === 0) {
      continue;
    }
    for (const user of store.ofType(type).filter(({ id }) => !ids.has(id.toLowerCase()))) {
      relevant.forEach((reference) => checkUse(reference, user, ids));
    }
  }
}

function checkUse(
  reference: ResourceReference,
  user: StoredResource,
  leaving: Map<string, StoredResource>,
): void {
  if (reference.inUse === undefined) {
    return;
  }
  for (const named of valuesAt(user.body, reference.path)) {
    const used = leaving.get((textOf(named) ?? "").toLowerCase());
    if (used !== undefined) {
      throw new ArmError(409, reference.inUse, `${used.id} is in use by ${user.id} and cannot be deleted.`);
    }
  }
}
