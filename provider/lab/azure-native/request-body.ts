import { KmsError } from "../../errors/kms-error";
import { type ResourceModel, withClientNames } from "./resource-model";
import { pathInputs, type Properties, type ResourceType } from "./resource-types";
import { withStandIns } from "./stand-in";
import { unknownProperties } from "./unknown-properties";
import { isObject } from "./unknown-value";

/**
 * The body of a create or update request in the shape of Microsoft's client. An ID that an update takes out of a set
 * is sent as null, or ARM would keep it.
 */
export function requestBody(type: ResourceType, inputs: Properties, oldInputs: Properties = {}): Properties {
  const outside = new Set([...pathInputs(type), "azureApiVersion"]);
  const body = Object.fromEntries(
    Object.entries(inputs).filter(([name]) => !outside.has(name) && !name.startsWith("__")),
  );
  return type.idSets.reduce((result, path) => withIdSet(result, oldInputs, path.split(".")), body);
}

function withIdSet(inputs: Properties, oldInputs: unknown, [name, ...rest]: string[]): Properties {
  const value = inputs[name];
  const oldValue = isObject(oldInputs) ? oldInputs[name] : undefined;
  if (rest.length > 0) {
    return isObject(value) ? { ...inputs, [name]: withIdSet(value, oldValue, rest) } : inputs;
  }
  if (!Array.isArray(value)) {
    return inputs;
  }
  const ids = value as string[];
  const removed = Array.isArray(oldValue) ? (oldValue as string[]).filter((id) => !ids.includes(id)) : [];
  const entries = [...ids.map((id) => [id, {}] as const), ...removed.map((id) => [id, null] as const)];
  return { ...inputs, [name]: Object.fromEntries<unknown>(entries) };
}

/** Members whose value a message must not repeat, even when its type is wrong. */
const secretMember = /password|customData|secret|protected/i;

/** Everything in a body that ARM's model refuses; values that are not known yet pass. */
export function bodyProblems(type: ResourceType, body: Properties, model: ResourceModel): KmsError[] {
  const unknown = unknownProperties(model.request, body, model.serializer);
  return [...unknown, ...modelProblem(type, body, model)];
}

function modelProblem(type: ResourceType, body: Properties, model: ResourceModel): KmsError[] {
  try {
    const standIns = withStandIns(model.request, body, model.serializer);
    const named = withClientNames(model.request, standIns, model.serializer);
    model.serializer.serialize(model.request, named, type.token.split(":").at(-1));
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = secretMember.test(message) ? message.replace(/ with value .* must /s, " must ") : message;
    return [
      new KmsError("KMS7203", {
        values: { given: type.token, reason: reason.replace(/\.$/, "") },
        cause: error,
      }),
    ];
  }
}
