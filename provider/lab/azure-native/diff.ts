import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { createBeforeDelete } from "./check";
import { isObject } from "./property-values";
import { pathInputs, type Properties, type ResourceType } from "./resource-types";

const kinds = {
  add: [PropertyDiff.Kind.ADD, PropertyDiff.Kind.ADD_REPLACE],
  delete: [PropertyDiff.Kind.DELETE, PropertyDiff.Kind.DELETE_REPLACE],
  update: [PropertyDiff.Kind.UPDATE, PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

/** The answer to the engine about a change from old to new inputs. */
export function diffAnswer(type: ResourceType, olds: Properties, news: Properties): DiffResponse {
  const changes = propertyChanges(olds, news, new Set([...pathInputs(type), ...type.forceNew]));
  const answer = new DiffResponse();
  answer.setHasdetaileddiff(true);
  const some = changes.size > 0;
  answer.setChanges(some ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE);
  answer.setDiffsList(topLevel([...changes.keys()]));
  const replacing = [...changes].filter(([, change]) => change.replace).map(([path]) => path);
  answer.setReplacesList(topLevel(replacing));
  answer.setDeletebeforereplace(replacing.length > 0 && olds[createBeforeDelete] !== true);
  const details = answer.getDetaileddiffMap();
  changes.forEach((change, path) => details.set(path, detail(change)));
  return answer;
}

function detail({ kind, replace }: PropertyChange): PropertyDiff {
  const message = new PropertyDiff();
  message.setKind(kinds[kind][replace ? 1 : 0]);
  message.setInputdiff(true);
  return message;
}

const topLevel = (paths: string[]) => [...new Set(paths.map((path) => path.split(/[.[]/)[0]))];

/** How one property changed. */
export interface PropertyChange {
  kind: "add" | "delete" | "update";
  /** Whether the change replaces the resource. */
  replace: boolean;
}

/** Changes by property path, such as `tags.owner` or `ipConfigurations[0].name`. */
export type PropertyChanges = Map<string, PropertyChange>;

/**
 * What changed between old and new inputs.
 *
 * @param replaceKeys top-level properties whose change replaces the resource
 */
function propertyChanges(
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
  replaceKeys: ReadonlySet<string>,
): PropertyChanges {
  const changes: PropertyChanges = new Map();
  for (const name of namesOf(olds, news)) {
    if (name.startsWith("__") || sameLocation(name, olds[name], news[name])) {
      continue;
    }
    compare(name, olds[name], news[name], replaceKeys.has(name), changes);
  }
  return changes;
}

function compare(
  path: string,
  old: unknown,
  value: unknown,
  replace: boolean,
  changes: PropertyChanges,
): void {
  if (old === undefined && value === undefined) {
    return;
  }
  if (old === undefined || value === undefined) {
    changes.set(path, { kind: old === undefined ? "add" : "delete", replace });
  } else if (isObject(old) && isObject(value)) {
    for (const name of namesOf(old, value)) {
      compare(`${path}.${name}`, old[name], value[name], replace, changes);
    }
  } else if (Array.isArray(old) && Array.isArray(value)) {
    for (let index = 0; index < Math.max(old.length, value.length); index++) {
      compare(`${path}[${index}]`, old[index], value[index], replace, changes);
    }
  } else if (old !== value) {
    changes.set(path, { kind: "update", replace });
  }
}

const namesOf = (olds: object, news: object) =>
  [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();

/** Azure writes one region as `westeurope`, `West Europe` or `westEurope`. */
function sameLocation(name: string, old: unknown, value: unknown): boolean {
  const normal = (location: string) => location.toLowerCase().replaceAll(" ", "");
  return (
    name === "location" &&
    typeof old === "string" &&
    typeof value === "string" &&
    normal(old) === normal(value)
  );
}
