import { addressRange, coverage, isPublicPrefix, limits } from "./product";
import { type DeclaredResource, isAzureNative } from "./declared-resource";
import { policy, type Violation, violation } from "./policy";

/** The KMS port is for the own network, in network security groups and in rules of their own. */
export const kmsPortOpen = policy({
  name: "kms-port-open",
  description: "The KMS port is open to the allowed address prefixes only.",
  enforcementLevel: "mandatory",
  scope: "resource",
  parameters: {
    allowedPrefixes: {
      type: "array",
      uniqueItems: true,
      default: [],
      items: {
        type: "string",
        pattern:
          "^([0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2})?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(/[0-9]{1,3})?|[A-Z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)*)$",
      },
      description:
        "Address prefixes and service tags that may reach the KMS port, for example 10.20.0.0/16; if empty, every private prefix may",
    },
    port: {
      type: "integer",
      minimum: 1,
      maximum: 65535,
      default: limits.kmsPort,
      description: "TCP port of the KMS hosts, 1 to 65535",
    },
  },
  review: (resources, { allowedPrefixes, port }) =>
    resources.flatMap((resource) =>
      openingRules(resource, port).flatMap(({ rule, property }) =>
        sourcesOf(rule).flatMap((source): Violation[] => {
          if (allowedPrefixes.length === 0) {
            const values = { port, given: source };
            return isPublicPrefix(source) ? [violation(resource, "KMS8001", values, property)] : [];
          }
          const values = { port, given: source, allowed: allowedPrefixes.join(", ") };
          return isWithin(source, allowedPrefixes) ? [] : [violation(resource, "KMS8002", values, property)];
        }),
      ),
    ),
});

/** A rule that opens the port. */
interface OpeningRule {
  rule: SecurityRule;
  /** Path of the rule in its resource; "" where the rule is the resource. */
  property: string;
}

/** Rules that let somebody reach the port. */
function openingRules(resource: DeclaredResource, port: number): OpeningRule[] {
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

/** The members of a security rule that say who may reach what; what is not known yet is left out. */
interface SecurityRule {
  access?: string;
  direction?: string;
  /** Smaller numbers come first. */
  priority?: number;
  protocol?: string;
  destinationPortRange?: string;
  destinationPortRanges?: (string | undefined)[];
  sourcePortRange?: string;
  sourceAddressPrefix?: string;
  sourceAddressPrefixes?: (string | undefined)[];
  destinationAddressPrefix?: string;
}

/** Whether a rule lets its sources reach this TCP port. */
const allowsInbound = (rule: SecurityRule, port: number) =>
  is(rule.access, "allow") && concernsPort(rule, port);

/** Whether a rule keeps everybody from this TCP port, whatever comes behind it. */
const deniesEverybody = (rule: SecurityRule, port: number) =>
  is(rule.access, "deny") &&
  concernsPort(rule, port) &&
  sourcesOf(rule).some(isAnywhere) &&
  rule.sourcePortRange === "*" &&
  isAnywhere(rule.destinationAddressPrefix ?? "");

/** Address prefixes and service tags of a rule's sources, as far as they are known. */
const sourcesOf = ({ sourceAddressPrefix, sourceAddressPrefixes = [] }: SecurityRule): string[] =>
  [sourceAddressPrefix, ...sourceAddressPrefixes].filter((prefix) => prefix !== undefined);

const concernsPort = (rule: SecurityRule, port: number) =>
  is(rule.direction, "inbound") &&
  (is(rule.protocol, "tcp") || rule.protocol === "*") &&
  [rule.destinationPortRange, ...(rule.destinationPortRanges ?? [])].some((range) => includes(range, port));

/** A range is `*`, `1688` or `1024-65535`. */
function includes(range: string | undefined, port: number): boolean {
  if (range === undefined || range === "*") {
    return range === "*";
  }
  const [from, to = from] = range.split("-").map(Number);
  return from <= port && port <= to;
}

const isAnywhere = (prefix: string) => prefix === "*" || prefix === "0.0.0.0/0";

/** Azure takes these words in any case. */
const is = (word: string | undefined, expected: string) => word?.toLowerCase() === expected;

/** Whether an address prefix, or a service tag, lies within one of the allowed ones. */
const isWithin = (prefix: string, allowed: readonly string[]) =>
  allowed.some((one) => one.toLowerCase() === prefix.toLowerCase() || covers(one, prefix));

/** A service tag has no addresses to compare. */
function covers(outer: string, inner: string): boolean {
  const [wide, narrow] = [addressRange(outer), addressRange(inner)];
  return wide !== undefined && narrow !== undefined && coverage(wide, narrow) === "all";
}
