import type { JsonObject } from "./json";
import { parentId } from "./arm-path";

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
}

/** All resources of the lab, found without regard to case. */
export interface ResourceStore {
  get(id: string): StoredResource | undefined;
  put(resource: StoredResource): void;
  /** Removes the resource and everything below it. */
  remove(id: string): void;
  all(): StoredResource[];
  ofType(type: string): StoredResource[];
  /** The direct children, of one type if it is given. */
  childrenOf(id: string, type?: string): StoredResource[];
  /** The resource itself and everything below it, children first. */
  tree(id: string): StoredResource[];
}

const keyOf = (text: string) => text.toLowerCase();

/** Creates an empty store. */
export function createResourceStore(): ResourceStore {
  const byId = new Map<string, StoredResource>();
  const byType = new Map<string, Map<string, StoredResource>>();
  const byParent = new Map<string, Map<string, StoredResource>>();

  const add = (index: Map<string, Map<string, StoredResource>>, key: string, resource: StoredResource) => {
    const group = index.get(key) ?? new Map<string, StoredResource>();
    group.set(keyOf(resource.id), resource);
    index.set(key, group);
  };
  const parentKey = (id: string) => keyOf(parentId(id) ?? "");

  const childrenOf = (id: string, type?: string) =>
    [...(byParent.get(keyOf(id))?.values() ?? [])].filter(
      (child) => type === undefined || keyOf(child.type) === keyOf(type),
    );
  const tree = (id: string): StoredResource[] => {
    const resource = byId.get(keyOf(id));
    const below = childrenOf(id).flatMap((child) => tree(child.id));
    return resource === undefined ? below : [...below, resource];
  };

  return {
    get: (id) => byId.get(keyOf(id)),
    put: (resource) => {
      byId.set(keyOf(resource.id), resource);
      add(byType, keyOf(resource.type), resource);
      add(byParent, parentKey(resource.id), resource);
    },
    remove: (id) => {
      for (const resource of tree(id)) {
        byId.delete(keyOf(resource.id));
        byType.get(keyOf(resource.type))?.delete(keyOf(resource.id));
        byParent.get(parentKey(resource.id))?.delete(keyOf(resource.id));
      }
    },
    all: () => [...byId.values()],
    ofType: (type) => [...(byType.get(keyOf(type))?.values() ?? [])],
    childrenOf,
    tree,
  };
}
