import type {
  PolicyConfigSchema,
  PolicyResource,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { type DeclaredResource, declaredResource } from "./declared-resource";
import { parametersOf } from "./parameters";
import type { AnyKmsPolicy } from "./policies";
import type { ReviewContext } from "./policy";

/**
 * A policy in the engine's terms. The engine gives a resource's inputs as it declares it, and at the end the outputs
 * of all. Outputs of components are too few to judge by, so a stack's review looks at the inputs that came before.
 */
export function enginePolicy(
  policy: AnyKmsPolicy,
  context: ReviewContext,
): ResourceValidationPolicy | (ResourceValidationPolicy & StackValidationPolicy) {
  const { name, description, enforcementLevel, schema, review } = policy;
  const configSchema: PolicyConfigSchema = { properties: schema.properties };
  const common = { name, description, enforcementLevel, configSchema };
  if (policy.scope === "resource") {
    return {
      ...common,
      validateResource(args, report) {
        const parameters = parametersOf(policy, args.getConfig());
        review([declaredResource(args)], parameters, context).forEach(({ message }) => report(message));
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
      const parameters = parametersOf(policy, args.getConfig());
      const resources = withDependencies(declared, args.resources);
      review(resources, parameters, context).forEach(({ message, urn }) => report(message, urn));
    },
  };
}

function withDependencies(
  declared: ReadonlyMap<string, DeclaredResource>,
  seen: PolicyResource[],
): DeclaredResource[] {
  const bySeen = new Map(seen.map(({ urn, propertyDependencies }) => [urn, propertyDependencies]));
  return [...declared.values()].map((resource) => {
    const dependencies = Object.entries(bySeen.get(resource.urn) ?? {}).map(
      ([property, resources]) => [property, resources.map(({ urn }) => urn)] as const,
    );
    return { ...resource, dependencies: Object.fromEntries(dependencies) };
  });
}
