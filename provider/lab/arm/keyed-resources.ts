import type { StoredResource } from "./resource-store";

/** Resources by what they have in common, found without regard to case. */
export interface KeyedResources {
  /** Puts the resource in the place of the previous one with its ID, or last. */
  add(resource: StoredResource, previous?: StoredResource): void;
  remove(resource: StoredResource): void;
  /** In the order in which they were added. */
  get(key: string): StoredResource[];
}

/** What is the same whatever its case, as IDs and types are in Azure. */
export const keyOf = (text: string) => text.toLowerCase();

/** Keeps no resource yet; each is then found by any of its keys. */
export function createKeyedResources(keysOf: (resource: StoredResource) => string[]): KeyedResources {
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
