import { isPublicPrefix } from "../../rules/network";
import type { DeclaredResource } from "../declared-resource";
import { type KmsPolicy, type Violation, violation } from "../policy";
import { isAzureNative } from "../resource-types";
import { type SecurityRule, allowsInbound, deniesEverybody, sourcesOf } from "../security-rule";
import { isWithin } from "../within-prefix";
import schema from "../schema/kms-port-open.schema.json";

interface Parameters {
  /** Prefixes and service tags that may reach the port; empty for every private one. */
  allowedPrefixes: string[];
  port: number;
}

/** The KMS port is for the own network (R006), in network security groups and in rules of their own. */
export const kmsPortOpen: KmsPolicy<Parameters> = {
  name: "kms-port-open",
  description: "The KMS port is open to the allowed address prefixes only.",
  enforcementLevel: "mandatory",
  scope: "resource",
  schema,
  review: (resources, parameters) =>
    resources.flatMap((resource) =>
      placedRules(resource, parameters.port).flatMap(({ rule, property }) =>
        sourcesOf(rule).flatMap((source) => sourceViolation(resource, property, source, parameters)),
      ),
    ),
};

function sourceViolation(
  resource: DeclaredResource,
  property: string,
  source: string,
  { allowedPrefixes, port }: Parameters,
): Violation[] {
  if (allowedPrefixes.length > 0) {
    const values = { port, given: source, allowed: allowedPrefixes.join(", ") };
    return isWithin(source, allowedPrefixes) ? [] : [violation(resource, "KMS8002", values, property)];
  }
  return isPublicPrefix(source) ? [violation(resource, "KMS8001", { port, given: source }, property)] : [];
}

interface PlacedRule {
  rule: SecurityRule;
  /** Path of the rule in its resource; "" where the rule is the resource. */
  property: string;
}

/** Rules that let somebody reach the port. */
function placedRules(resource: DeclaredResource, port: number): PlacedRule[] {
  if (isAzureNative(resource, "network", "SecurityRule")) {
    return [{ rule: resource.values as SecurityRule, property: "" }].filter(({ rule }) =>
      allowsInbound(rule, port),
    );
  }
  if (!isAzureNative(resource, "network", "NetworkSecurityGroup")) {
    return [];
  }
  const { securityRules = [] } = resource.values as { securityRules?: (SecurityRule | undefined)[] };
  const rules = securityRules.map((rule = {}, index) => ({ rule, property: `securityRules[${index}]` }));
  const closedFrom = Math.min(
    ...rules.flatMap(({ rule }) => (deniesEverybody(rule, port) ? [rule.priority ?? Infinity] : [])),
  );
  return rules.filter(({ rule }) => allowsInbound(rule, port) && (rule.priority ?? 0) < closedFrom);
}
