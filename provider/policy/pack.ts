import type {
  PolicyConfigSchema,
  PolicyResource,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { kmsHostProtected, kmsLedgerShared } from "./activations";
import { kmsHostsPerKey, kmsHostSupport, kmsRedundancy, kmsUnacknowledgedWarnings } from "./components";
import { type DeclaredResource, declaredResource, isComponent, knownPart } from "./declared-resource";
import { kmsNetwork } from "./network";
import { kmsKeyInPlainText } from "./plain-text-keys";
import { type KmsPolicy, type ReviewContext, valuesOf } from "./policy";
import { kmsPortOpen } from "./port-open";
import { kmsSrvUnknownHost } from "./srv-records";

/** The policies of the pack, in the order of the documentation. */
export const kmsPolicies: readonly KmsPolicy[] = [
  kmsPortOpen,
  kmsHostsPerKey,
  kmsKeyInPlainText,
  kmsRedundancy,
  kmsHostSupport,
  kmsHostProtected,
  kmsSrvUnknownHost,
  kmsLedgerShared,
  kmsNetwork,
  kmsUnacknowledgedWarnings,
];

/**
 * A policy in the engine's terms. The engine passes a resource's inputs when the program declares it, and at the end the
 * outputs of all; the review of a stack gets both.
 */
export function enginePolicy(
  policy: KmsPolicy,
  context: ReviewContext,
): ResourceValidationPolicy | (ResourceValidationPolicy & StackValidationPolicy) {
  const { name, description, enforcementLevel, parameters, review } = policy;
  const configSchema = { properties: parameters } as unknown as PolicyConfigSchema;
  const common = { name, description, enforcementLevel, configSchema };
  if (policy.scope === "resource") {
    return {
      ...common,
      validateResource(args, report) {
        const values = valuesOf(policy, args.getConfig());
        review([declaredResource(args)], values, context).forEach(({ message }) => report(message));
      },
    };
  }
  const declared = new Map<string, DeclaredResource>();
  return {
    ...common,
    validateResource(args) {
      declared.set(args.urn, declaredResource(args));
    },
    validateStack(args, report) {
      const values = valuesOf(policy, args.getConfig());
      const resources = completed(declared, args.resources);
      review(resources, values, context).forEach(({ message, urn }) => report(message, urn));
    },
  };
}

/** The declared resources with what is known of them at the end. */
function completed(
  declared: ReadonlyMap<string, DeclaredResource>,
  seen: readonly PolicyResource[],
): DeclaredResource[] {
  const bySeen = new Map(seen.map((resource) => [resource.urn, resource]));
  return [...declared.values()].map((resource) => {
    const { propertyDependencies = {}, props = {} } = bySeen.get(resource.urn) ?? {};
    const dependencies = Object.entries(propertyDependencies).map(
      ([property, resources]) => [property, resources.map(({ urn }) => urn)] as const,
    );
    const hasOutputs = isComponent(resource, "KMSHost") || isComponent(resource, "KMSClientGroup");
    return {
      ...resource,
      dependencies: Object.fromEntries(dependencies),
      outputs: hasOutputs ? knownPart(props).values : {},
    };
  });
}
