import Ajv, { type ErrorObject } from "ajv";
import { nearest } from "../catalog/find-by-name";
import { KmsError } from "../errors/kms-error";
import type { KmsPolicy } from "./policy";

type AnyPolicy = Pick<KmsPolicy<unknown>, "name" | "schema">;

const ajv = new Ajv({ useDefaults: true, verbose: true });

/**
 * A policy's parameters with their defaults. The engine itself refuses wrong values of the parameters, but takes
 * parameters that do not exist.
 * @throws KmsError KMS8090, KMS8091
 */
export function parametersOf({ name, schema }: AnyPolicy, given: object): object {
  const parameters = structuredClone(given);
  const validate = ajv.compile(schema);
  if (validate(parameters)) {
    return parameters;
  }
  const error = parameterError(name, schema, validate.errors![0]);
  // The policy server shows the stack, which says nothing to whoever wrote the configuration.
  error.stack = error.message;
  throw error;
}

function parameterError(policy: string, schema: AnyPolicy["schema"], error: ErrorObject): KmsError {
  if (error.keyword === "additionalProperties") {
    const given = String(error.params.additionalProperty);
    const names = Object.keys(schema.properties);
    const [guess] = nearest(given, names);
    const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
    return new KmsError("KMS8090", { values: { policy, given, allowed: names.join(", "), hint } });
  }
  const [, parameter = ""] = error.instancePath.split("/");
  const { description = "" } = schema.properties[parameter] as { description?: string };
  const values = { policy, given: JSON.stringify(error.data), allowed: description };
  return new KmsError("KMS8091", { property: parameter, values });
}
