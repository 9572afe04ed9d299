import { parentId } from "./arm-path";
import type { JsonObject } from "./json";

/** Resources by what they have in common, found without regard to case. */
export interface KeyedResources {
  /** Replaces the resource with the same ID, or adds the resource last. */
  add(resource: StoredResource, previous?: StoredResource): void;
  remove(resource: StoredResource): void;
  /** In the order in which they were added. */
  get(key: string): StoredResource[];
}

/** What is the same whatever its case, as IDs and types are in Azure. */
export const keyOf = (text: string) => text.toLowerCase();

/** Keeps no resource yet; each is then found by any of its keys. */
function createKeyedResources(keysOf: (resource: StoredResource) => string[]): KeyedResources {
  const byKey = new Map<string, Map<string, StoredResource>>();
  const removeFrom = (keys: string[], { id }: StoredResource) =>
    keys.forEach((key) => byKey.get(key)?.delete(keyOf(id)));
  const keys = (resource: StoredResource) => keysOf(resource).map(keyOf);
  return {
    add(resource, previous) {
      const wanted = keys(resource);
      if (previous !== undefined) {
        removeFrom(
          keys(previous).filter((key) => !wanted.includes(key)),
          previous,
        );
      }
      for (const key of wanted) {
        const same = byKey.get(key) ?? new Map<string, StoredResource>();
        byKey.set(key, same.set(keyOf(resource.id), resource));
      }
    },
    remove: (resource) => removeFrom(keys(resource), resource),
    get: (key) => [...(byKey.get(keyOf(key))?.values() ?? [])],
  };
}

/** A resource as the lab keeps it. */
export interface StoredResource {
  /** Azure resource ID in the writing of the first request. */
  id: string;
  /** Resource type in Azure's own writing. */
  type: string;
  name: string;
  /** What GET returns, without id, name, type and etag; without what stays hidden. */
  body: JsonObject;
  etag: string;
  /** Digest of the hidden values, to see whether a write changes them. */
  hiddenDigest: string;
  /** What DNS serves of it until a moment of the lab's clock: the body before the last write, or nothing. */
  unseen?: { until: number; before?: JsonObject };
}

/** A way to find resources by what they name, without a look at all of their types. */
export interface ResourceIndex {
  types: readonly string[];
  /** What a resource is found by. */
  keysOf(resource: StoredResource): string[];
}

/** All resources of the lab, found without regard to case. */
export interface ResourceStore {
  get(id: string): StoredResource | undefined;
  put(resource: StoredResource): void;
  /** Removes the resource and everything below it. */
  remove(id: string): void;
  all(): StoredResource[];
  ofType(type: string): StoredResource[];
  /** The resources with a key of an index; it is built when it is first used, and kept from then on. */
  find(index: ResourceIndex, key: string): StoredResource[];
  /** The direct children, of one type if it is given. */
  childrenOf(id: string, type?: string): StoredResource[];
  /** The resource itself and everything below it, children first. */
  tree(id: string): StoredResource[];
}

/** Creates an empty store. */
export function createResourceStore(): ResourceStore {
  const byId = new Map<string, StoredResource>();
  const byType = createKeyedResources(({ type }) => [type]);
  const byParent = createKeyedResources(({ id }) => [parentId(id) ?? ""]);
  const byIndex = new Map<ResourceIndex, KeyedResources>();

  const allKeyed = () => [byType, byParent, ...byIndex.values()];
  const childrenOf = (id: string, type?: string) =>
    byParent.get(id).filter((child) => type === undefined || keyOf(child.type) === keyOf(type));
  const tree = (id: string): StoredResource[] => {
    const resource = byId.get(keyOf(id));
    const below = childrenOf(id).flatMap((child) => tree(child.id));
    return resource === undefined ? below : [...below, resource];
  };
  const forget = (resource: StoredResource) => {
    byId.delete(keyOf(resource.id));
    allKeyed().forEach((keyed) => keyed.remove(resource));
  };
  const build = (index: ResourceIndex) => {
    const types = new Set(index.types.map(keyOf));
    const keyed = createKeyedResources((resource) =>
      types.has(keyOf(resource.type)) ? index.keysOf(resource) : [],
    );
    byId.forEach((resource) => keyed.add(resource));
    byIndex.set(index, keyed);
    return keyed;
  };

  return {
    get: (id) => byId.get(keyOf(id)),
    put: (resource) => {
      const previous = byId.get(keyOf(resource.id));
      byId.set(keyOf(resource.id), resource);
      allKeyed().forEach((keyed) => keyed.add(resource, previous));
    },
    remove: (id) => tree(id).forEach(forget),
    all: () => [...byId.values()],
    ofType: (type) => byType.get(type),
    find: (index, key) => (byIndex.get(index) ?? build(index)).get(key),
    childrenOf,
    tree,
  };
}
