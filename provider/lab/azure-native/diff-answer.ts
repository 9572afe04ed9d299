import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { createBeforeDelete } from "./default-name";
import { type PropertyChange, propertyChanges } from "./property-diff";
import { pathInputs, type Properties, type ResourceType } from "./resource-types";

const kinds = {
  add: [PropertyDiff.Kind.ADD, PropertyDiff.Kind.ADD_REPLACE],
  delete: [PropertyDiff.Kind.DELETE, PropertyDiff.Kind.DELETE_REPLACE],
  update: [PropertyDiff.Kind.UPDATE, PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

/** What the engine is told of a change from old to new inputs. */
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
