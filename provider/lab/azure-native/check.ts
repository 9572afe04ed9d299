import { KmsError } from "../../errors/kms-error";
import { type ArmTarget, getResource } from "./arm-resource";
import { defaultName, type NameRequest } from "./default-name";
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
import { isUnknown, unknownValue } from "./unknown-value";

/** Where a check looks for a default region. */
export interface RegionSource extends ArmTarget {
  /** Region of the provider's configuration. */
  location?: string;
}

/** Inputs with defaults filled in, and what is wrong with them. */
export interface CheckResult {
  inputs: Properties;
  failures: KmsError[];
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

function missingNames(type: ResourceType, inputs: Properties): KmsError[] {
  return pathInputs(type)
    .filter((name) => inputs[name] === undefined)
    .map((name) => new KmsError("KMS7208", { property: name, values: { given: type.token } }));
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
