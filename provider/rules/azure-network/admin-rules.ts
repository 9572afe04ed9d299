import {
  type DeclaredResource,
  type DeclaredResources,
  hasUnknown,
  type Maybe,
  notKnown,
  objectsAt,
} from "./declared-resource";
import { type Connection, ruleCoverage, type SecurityRule, securityRule } from "./security-rules";

/** What the program's Azure Virtual Network Manager does with a connection before any security group is asked. */
export interface AdminDecision {
  /** The rule that drops it. */
  closes?: SecurityRule;
  /** Whether a rule lets it through past the security groups, or may do so. */
  mayPass: boolean;
}

/**
 * Security admin rules come before security groups: what they deny is dropped, what they always allow is not shown to a
 * security group. They count in the networks of their network groups, once the configuration is deployed there.
 * Source: learn.microsoft.com virtual-network-manager/concept-security-admins.
 * @param network at the end of the connection whose direction is asked about
 */
export function adminDecision(
  connection: Connection,
  network: Maybe<DeclaredResource>,
  all: DeclaredResources,
): AdminDecision {
  const rules = all
    .of("network:AdminRule")
    .map((resource) => ({ resource, rule: adminRule(resource) }))
    .sort((one, other) => (one.rule.priority ?? Infinity) - (other.rule.priority ?? Infinity));
  for (const { resource, rule } of rules) {
    const covers = ruleCoverage(rule, connection);
    if (covers === "none") {
      continue;
    }
    const access = rule.access?.toLowerCase();
    if (access === "deny") {
      const counts = covers === "all" && rule.certain && isFor(resource, network, all);
      return { ...(counts && { closes: rule }), mayPass: false };
    }
    if (access !== "allow") {
      return { mayPass: true };
    }
  }
  return { mayPass: false };
}

/** Names of what a security rule has, among the inputs of a security admin rule. */
const inputs: Record<string, string> = {
  sourceAddressPrefixes: "sources",
  destinationAddressPrefixes: "destinations",
};

function adminRule(resource: DeclaredResource): SecurityRule {
  const { protocol, destinationPortRanges = ["*"] } = resource.values;
  const prefixes = (path: string) =>
    objectsAt(resource, path).objects.map(({ value }) => value.addressPrefix);
  return securityRule(
    {
      ...resource.values,
      protocol: protocol === "Any" ? "*" : protocol,
      sourceAddressPrefixes: prefixes("sources"),
      destinationAddressPrefixes: prefixes("destinations"),
      destinationPortRanges,
    },
    (name) => hasUnknown(resource, inputs[name] ?? name),
    () => undefined,
    `"${resource.name}" of Azure Virtual Network Manager`,
  );
}

/** Whether a rule is for a virtual network that is listed in a network group of the rule's collection. */
function isFor(rule: DeclaredResource, network: Maybe<DeclaredResource>, all: DeclaredResources): boolean {
  const collection = all.referred(rule, "ruleCollectionName", "network:AdminRuleCollection");
  if (typeof collection !== "object" || typeof network !== "object") {
    return false;
  }
  const groups = objectsAt(collection, "appliesToGroups").objects.map(({ path }) =>
    all.referred(collection, `${path}.networkGroupId`, "network:NetworkGroup"),
  );
  return all.of("network:StaticMember").some((member) => {
    const group = all.referred(member, "networkGroupName", "network:NetworkGroup");
    return (
      group !== notKnown &&
      groups.includes(group) &&
      all.referred(member, "resourceId", "network:VirtualNetwork") === network
    );
  });
}
