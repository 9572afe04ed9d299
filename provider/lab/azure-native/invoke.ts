import { KmsError } from "../../errors/kms-error";
import { type ArmTarget, getResource } from "./arm-resource";
import { pathInputs, type Properties, resourceId, typeReadBy } from "./resource-types";

/** Answers a function call of azure-native: the reading functions of the served types, and who is asking. */
export async function invokeFunction(
  target: ArmTarget & { tenantId: string },
  token: string,
  args: Properties,
): Promise<Properties> {
  if (token === "azure-native:authorization:getClientConfig") {
    const { subscriptionId, tenantId } = target;
    return { subscriptionId, tenantId, clientId: "", objectId: "" };
  }
  const type = typeReadBy(token);
  const missing = pathInputs(type).find((name) => args[name] === undefined);
  if (missing !== undefined) {
    throw new KmsError("KMS7208", { property: missing, values: { given: token } });
  }
  const id = resourceId(type, target.subscriptionId, args);
  const found = await getResource(target, type, id);
  if (found === undefined) {
    throw new KmsError("KMS7210", { values: { given: id } });
  }
  return found;
}
