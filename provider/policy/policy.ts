import Ajv, { type ErrorObject } from "ajv";
import { formatError, KmsError, nearest } from "./product";
import type { DeclaredResource } from "./declared-resource";

/** What a policy finds wrong with one resource. */
export interface Violation {
  /** The resource that it is about. */
  urn: string;
  /** Code, fact and remedy in one text. */
  message: string;
}

/** What a policy knows beside the resources and its parameters. */
export interface ReviewContext {
  /** Day of the review, ISO 8601 date. */
  today: string;
  /** Whether others can update a stack of this organization from elsewhere, as far as the environment tells. */
  isSharedBackend(organization: string): boolean;
}

/** One parameter of a policy, as JSON schema; the description also says which values are allowed. */
export type Parameter = { description: string } & (
  | { type: "boolean"; default?: boolean }
  | { type: "integer"; minimum: number; maximum?: number; default: number }
  | {
      type: "array";
      uniqueItems: true;
      items: { type: "string"; minLength?: number; pattern?: string };
      default: readonly string[];
    }
);

/** Parameters by name. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** Value of a parameter; one without a default may have none. */
type Value<One> =
  | (One extends { type: "boolean" } ? boolean : One extends { type: "integer" } ? number : readonly string[])
  | (One extends { default: unknown } ? never : undefined);

/** Values of a policy's parameters. */
export type Values<All extends Parameters> = { readonly [Name in keyof All]: Value<All[Name]> };

/** One policy of the pack: a pure function of what the engine sees, and how it is configured. */
export interface KmsPolicy<All extends Parameters = Parameters> {
  /** Name in the configuration and in the engine's report. */
  name: string;
  /** One sentence that the engine shows above each violation. */
  description: string;
  /** Enforcement level without configuration. */
  enforcementLevel: "advisory" | "mandatory";
  parameters: All;
  /** `resource`: reviewed one by one, before each is made; `stack`: reviewed together, once all are declared. */
  scope: "resource" | "stack";
  /** What is wrong with these resources. */
  review(resources: readonly DeclaredResource[], values: Values<All>, context: ReviewContext): Violation[];
}

/** A policy, whose parameters say of what types their values are. */
export const policy = <const All extends Parameters>(definition: KmsPolicy<All>): KmsPolicy<All> =>
  definition;

/** A violation whose text is the registry's, with these values. */
export function violation(
  { urn }: { urn: string },
  code: string,
  values: Record<string, string | number>,
  property?: string,
): Violation {
  return { urn, message: formatError(code, { property, values }) };
}

const ajv = new Ajv({ useDefaults: true, verbose: true });

/**
 * Values of a policy's parameters, with their defaults. The engine itself refuses wrong values, but takes parameters that
 * do not exist.
 * @throws KmsError KMS8090, KMS8091
 */
export function valuesOf<All extends Parameters>(
  { name, parameters }: Pick<KmsPolicy<All>, "name" | "parameters">,
  given: object,
): Values<All> {
  const values = structuredClone(given);
  const validate = ajv.compile({ type: "object", additionalProperties: false, properties: parameters });
  if (validate(values)) {
    return values as Values<All>;
  }
  const error = parameterError(name, parameters, validate.errors![0]);
  // The policy server shows the stack, which says nothing to whoever wrote the configuration.
  error.stack = error.message;
  throw error;
}

function parameterError(policyName: string, parameters: Parameters, error: ErrorObject): KmsError {
  if (error.keyword === "additionalProperties") {
    const given = String(error.params.additionalProperty);
    const names = Object.keys(parameters);
    const [guess] = nearest(given, names);
    const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
    return new KmsError("KMS8090", {
      values: { policy: policyName, given, allowed: names.join(", "), hint },
    });
  }
  const [, property = ""] = error.instancePath.split("/");
  const { description = "" } = parameters[property] ?? {};
  const values = { policy: policyName, given: JSON.stringify(error.data), allowed: description };
  return new KmsError("KMS8091", { property, values });
}
