/** A JSON value as it comes over the wire. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object; a missing member reads as undefined. */
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** Whether a value is a JSON object (no array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member of that name as an object; an empty one where it is missing or something else. */
export function objectAt(value: Json | undefined, ...path: string[]): JsonObject {
  const found = path.reduce<Json | undefined>((at, key) => (isObject(at) ? at[key] : undefined), value);
  return isObject(found) ? found : {};
}

/** The members of a list that are objects; none where there is no list. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The strings of a list; none where there is no list. */
export function stringsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The text, or undefined where the value is something else. */
export const textOf = (value: Json | undefined) => (typeof value === "string" ? value : undefined);

/** All values at a path such as `properties.ipConfigurations[].properties.subnet.id`; missing ones are left out. */
export function valuesAt(value: Json | undefined, path: string): Json[] {
  const [step, ...rest] = path.split(".");
  if (!isObject(value) || step === undefined) {
    return [];
  }
  const list = step.endsWith("[]");
  const found = value[list ? step.slice(0, -2) : step];
  const next = list
    ? Array.isArray(found)
      ? found
      : []
    : found === undefined || found === null
      ? []
      : [found];
  return rest.length === 0 ? next : next.flatMap((item) => valuesAt(item, rest.join(".")));
}

/** A copy in which each value at a path is replaced, or left out where the replacement is undefined. */
export function replaceAt(
  value: JsonObject,
  path: string,
  replacement: (old: Json) => Json | undefined,
): JsonObject {
  const [step, ...rest] = path.split(".");
  const list = step.endsWith("[]");
  const key = list ? step.slice(0, -2) : step;
  const old = value[key];
  if (old === undefined || old === null || (list && !Array.isArray(old))) {
    return value;
  }
  const change = (item: Json): Json | undefined => {
    if (rest.length === 0) {
      return replacement(item);
    }
    return isObject(item) ? replaceAt(item, rest.join("."), replacement) : item;
  };
  const changed = list ? (old as Json[]).map(change).filter((item) => item !== undefined) : change(old);
  const { [key]: _, ...others } = value;
  return changed === undefined ? others : { ...value, [key]: changed };
}

/** JSON merge patch (RFC 7396): objects are merged, null removes, everything else replaces. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: JsonObject = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete merged[key];
    } else {
      merged[key] = isObject(value) ? mergePatch(objectAt(merged[key]), value) : value;
    }
  }
  return merged;
}
