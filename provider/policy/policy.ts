import { formatError } from "../errors/kms-error";
import type { DeclaredResource } from "./declared-resource";

/** What a policy finds wrong with one resource. */
export interface Violation {
  /** The resource that it is about. */
  urn: string;
  /** Code, fact and fix in one text. */
  message: string;
}

/** What a policy knows beside the resources and its parameters. */
export interface ReviewContext {
  /** Day of the review, ISO 8601 date. */
  today: string;
  /** Ledger of a KMSHost that names none. */
  defaultLedger: string;
  /** Whether others can update the stack from elsewhere, as far as the environment tells. */
  sharedBackend: boolean;
}

/** JSON schema of a policy's parameters. */
export interface ParameterSchema {
  type: string;
  additionalProperties: boolean;
  properties: Record<string, object>;
}

/** One policy of the pack: a pure function of what the engine sees, and how it is configured. */
export interface KmsPolicy<Parameters> {
  /** Name in the configuration and in the engine's report. */
  name: string;
  /** One sentence that the engine shows above each violation. */
  description: string;
  /** Enforcement level without configuration. */
  enforcementLevel: "advisory" | "mandatory";
  /** Parameters with their defaults. */
  schema: ParameterSchema;
  /** `resource`: reviewed one by one, before each is made; `stack`: reviewed together, once all are declared. */
  scope: "resource" | "stack";
  /** What is wrong with these resources. */
  review(resources: DeclaredResource[], parameters: Parameters, context: ReviewContext): Violation[];
}

/** A violation whose text is the registry's, with these values. */
export function violation(
  { urn }: { urn: string },
  code: string,
  values: Record<string, string | number>,
  property?: string,
): Violation {
  return { urn, message: formatError(code, { property, values }) };
}
