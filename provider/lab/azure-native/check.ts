import { createHash } from "node:crypto";
import { LabError } from "../lab-error";
import { type ArmTarget, getResource } from "./arm-resource";
import { isUnknown, unknownValue } from "./property-values";
import { bodyProblems, requestBody } from "./request-body";
import { membersOf, resourceModel } from "./resource-model";
import {
  pathInputs,
  type Properties,
  resourceId,
  type ResourceType,
  resourceTypes,
  typeOfUrn,
} from "./resource-types";

/** Where a check looks for a default region. */
export interface RegionSource extends ArmTarget {
  /** Region of the provider's configuration. */
  location?: string;
}

/** Inputs with defaults filled in, and what is wrong with them. */
export interface CheckResult {
  inputs: Properties;
  failures: LabError[];
}

/** Fills in name, region and API version as the real plugin does, and holds the inputs against ARM's model. */
export async function checkInputs(
  source: RegionSource,
  request: NameRequest,
  olds: Properties,
  news: Properties,
): Promise<CheckResult> {
  const type = typeOfUrn(request.urn);
  const model = await resourceModel(type);
  const named = { ...news, ...defaultName(type, request, olds, news) };
  const located =
    "location" in (membersOf(model.request, model.serializer) ?? {}) && named.location === undefined
      ? { ...named, ...(await defaultLocation(source, olds, named)) }
      : named;
  const inputs = { azureApiVersion: type.apiVersion, ...located };
  const failures = [...missingNames(type, inputs), ...bodyProblems(type, requestBody(type, inputs), model)];
  return { inputs, failures };
}

function missingNames(type: ResourceType, inputs: Properties): LabError[] {
  return pathInputs(type)
    .filter((name) => inputs[name] === undefined)
    .map((name) => new LabError("KMS7208", { property: name, values: { given: type.token } }));
}

/** The old region, else that of the configuration, else that of the resource group. */
async function defaultLocation(
  source: RegionSource,
  olds: Properties,
  news: Properties,
): Promise<Properties> {
  const given = olds.location ?? source.location;
  if (given !== undefined) {
    return { location: given };
  }
  if (isUnknown(news.resourceGroupName)) {
    return { location: unknownValue };
  }
  const groupType = resourceTypes.find((type) => type.armType === "Microsoft.Resources/resourceGroups")!;
  const group =
    news.resourceGroupName === undefined
      ? undefined
      : await getResource(source, groupType, resourceId(groupType, source.subscriptionId, news));
  return group?.location === undefined ? {} : { location: group.location };
}

/** What the engine says about names: its own proposal, when autonaming is configured, and a seed. */
export interface NameRequest {
  urn: string;
  /** Same seed, same name: a preview shows the name that the update gives. */
  randomSeed: Uint8Array;
  autonaming?: { mode: "propose" | "enforce" | "disable"; proposedName: string };
}

/** An input that the real plugin keeps beside the others: whether a replacement can be created first. */
export const createBeforeDelete = "__createBeforeDelete";

/** Inputs that name the resource when the program does not; the old name stays. */
function defaultName(
  type: ResourceType,
  request: NameRequest,
  olds: Properties,
  news: Properties,
): Properties {
  const { property, kind } = type.autoName;
  if (news[property] !== undefined) {
    return {};
  }
  if (olds[property] !== undefined) {
    return {
      [property]: olds[property],
      ...(olds[createBeforeDelete] === true && { [createBeforeDelete]: true }),
    };
  }
  switch (request.autonaming?.mode) {
    case "disable":
      return {};
    case "enforce":
    case "propose":
      return { [property]: request.autonaming.proposedName, [createBeforeDelete]: true };
    default: {
      const name = request.urn.split("::").at(-1)!;
      return kind === "copy"
        ? { [property]: name }
        : { [property]: `${name}${suffix(request)}`, [createBeforeDelete]: true };
    }
  }
}

function suffix({ urn, randomSeed }: NameRequest): string {
  return createHash("sha256").update(randomSeed).update(urn).digest("hex").slice(0, 8);
}
