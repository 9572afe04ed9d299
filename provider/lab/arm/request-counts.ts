import type { ArmPath } from "./arm-path";
import { resourceGroupType } from "./remove-resources";
import { findResourceType } from "./resource-types";

/** How many requests of a method a resource type got. */
export interface RequestCount {
  method: string;
  /** Resource type; `operations` for polls of asynchronous operations. */
  type: string;
  count: number;
}

/** Counts requests since the last reset. */
export interface RequestCounts {
  add(method: string, path: ArmPath): void;
  list(): RequestCount[];
  reset(): void;
}

/** Creates counts at zero. */
export function createRequestCounts(): RequestCounts {
  const counts = new Map<string, RequestCount>();
  return {
    add(method, path) {
      const type = countedType(path);
      const entry = counts.get(`${method} ${type}`) ?? { method, type, count: 0 };
      counts.set(`${method} ${type}`, { ...entry, count: entry.count + 1 });
    },
    list: () => [...counts.values()],
    reset: () => counts.clear(),
  };
}

function countedType({ type, tail }: ArmPath): string {
  if (type === undefined) {
    return resourceGroupType;
  }
  const listed = tail === undefined ? undefined : findResourceType(`${type}/${tail}`);
  const known = listed ?? findResourceType(type);
  return known?.type ?? (type.endsWith("/operations") ? "operations" : type);
}
