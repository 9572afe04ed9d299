import type { StoredResource } from "./resource-store";

/** Resources by what they have in common, found without regard to case. */
export interface ResourceGroups {
  /** Puts the resource in the place of the previous one with its ID, or last. */
  add(resource: StoredResource, previous?: StoredResource): void;
  remove(resource: StoredResource): void;
  /** In the order in which they were added. */
  get(key: string): StoredResource[];
}

const keyOf = (text: string) => text.toLowerCase();

/** Creates empty groups; a resource is in the group of each of its keys. */
export function createGroups(keysOf: (resource: StoredResource) => string[]): ResourceGroups {
  const groups = new Map<string, Map<string, StoredResource>>();
  const removeFrom = (keys: string[], { id }: StoredResource) =>
    keys.forEach((key) => groups.get(key)?.delete(keyOf(id)));
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
        const group = groups.get(key) ?? new Map<string, StoredResource>();
        groups.set(key, group.set(keyOf(resource.id), resource));
      }
    },
    remove: (resource) => removeFrom(keys(resource), resource),
    get: (key) => [...(groups.get(keyOf(key))?.values() ?? [])],
  };
}
