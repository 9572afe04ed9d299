import {
  addressRange,
  type AddressRange,
  both,
  type Coverage,
  coverageOfAll,
  isPrivateRange,
  lastIpv4,
  most,
} from "./address-ranges";
import { applicationGroupsAt } from "./application-groups";
import {
  type DeclaredResource,
  type DeclaredResources,
  hasUnknown,
  type Maybe,
  notKnown,
  objectsAt,
  textsAt,
} from "./declared-resource";

/** One security rule of a program. */
export interface SecurityRule {
  /** How a message names it. */
  words: string;
  access?: string;
  direction?: string;
  priority?: number;
  protocol?: string;
  sources: string[];
  destinations: string[];
  ports: string[];
  sourcePorts: string[];
  /** Keys of the application security groups on a side, in place of prefixes. */
  sourceGroups?: readonly string[];
  destinationGroups?: readonly string[];
  /** Whether everything that decides is known. */
  certain: boolean;
}

/** A network security group with all its rules that the program declares. */
export interface SecurityGroup {
  /** How a message names it. */
  words: string;
  /** Smallest priority first. */
  rules: SecurityRule[];
  /** Whether these are all; another stack may add rules at any time, which nobody sees. */
  complete: boolean;
}

/** One end of a connection. */
export type Endpoint =
  /** Machines of a virtual network, with the keys of their application security groups where these are known. */
  | { kind: "network"; ranges?: readonly AddressRange[]; groups?: ReadonlySet<string> }
  /** Azure's own KMS at one of its addresses. */
  | { kind: "azureKms"; ranges: readonly AddressRange[] }
  /** Any host in the Internet. */
  | { kind: "internet" };

/** A TCP connection that security rules are asked about. */
export interface Connection {
  direction: "Inbound" | "Outbound";
  source: Endpoint;
  destination: Endpoint;
  port: number;
  /** Whether both ends are in one virtual network. */
  sameNetwork: boolean;
}

/** Azure takes all words of a rule in any case. */
const is = (word: string | undefined, expected: string) => word?.toLowerCase() === expected.toLowerCase();

/** The security group with its rules: those that stand in it, and those that are resources of their own. */
export function securityGroup(group: DeclaredResource, all: DeclaredResources): SecurityGroup {
  const words = `the network security group "${group.name}"`;
  const inline = objectsAt(group, "securityRules");
  const own = inline.objects.map(({ value, path }) =>
    securityRule(
      value,
      (name) => hasUnknown(group, `${path}.${name}`),
      (name) => applicationGroupsAt(group, `${path}.${name}`, all),
      `"${nameOf(value, path)}" of ${words}`,
    ),
  );
  const separate = all.of("network:SecurityRule").map((rule) => ({
    rule,
    of: all.referred(rule, "networkSecurityGroupName", "network:NetworkSecurityGroup"),
  }));
  const added = separate
    .filter(({ of }) => of === group)
    .map(({ rule }) =>
      securityRule(
        rule.values,
        (name) => hasUnknown(rule, name),
        (name) => applicationGroupsAt(rule, name, all),
        `"${rule.name}" of ${words}`,
      ),
    );
  return {
    words,
    rules: sorted([...own, ...added]),
    complete: inline.complete && !separate.some(({ of }) => of === notKnown),
  };
}

const sorted = (rules: SecurityRule[]) =>
  rules.sort((left, right) => (left.priority ?? Infinity) - (right.priority ?? Infinity));

const nameOf = (value: Record<string, unknown>, path: string) =>
  typeof value.name === "string" ? value.name : path;

/**
 * One rule by its inputs.
 * @param groupsAt application security groups of an input
 * @param words how a message names it, behind "the security rule"
 */
export function securityRule(
  values: Record<string, unknown>,
  isUnknown: (name: string) => boolean,
  groupsAt: (name: string) => Maybe<ReadonlySet<string>>,
  words: string,
): SecurityRule {
  const holder = { values, unknown: new Set<string>() };
  const text = (name: string) => (typeof values[name] === "string" ? values[name] : undefined);
  const texts = (...names: string[]) => textsAt(holder, ...names).texts;
  const [sourceGroups, destinationGroups] = [
    groupsAt("sourceApplicationSecurityGroups"),
    groupsAt("destinationApplicationSecurityGroups"),
  ];
  return {
    words: `the security rule ${words}`,
    access: text("access"),
    direction: text("direction"),
    priority: typeof values.priority === "number" ? values.priority : undefined,
    protocol: text("protocol"),
    sources: texts("sourceAddressPrefix", "sourceAddressPrefixes"),
    destinations: texts("destinationAddressPrefix", "destinationAddressPrefixes"),
    ports: texts("destinationPortRange", "destinationPortRanges"),
    sourcePorts: texts("sourcePortRange", "sourcePortRanges"),
    ...(typeof sourceGroups === "object" && { sourceGroups: [...sourceGroups] }),
    ...(typeof destinationGroups === "object" && { destinationGroups: [...destinationGroups] }),
    certain:
      !decidingMembers.some(isUnknown) &&
      sourceGroups !== notKnown &&
      destinationGroups !== notKnown &&
      typeof values.priority === "number",
  };
}

const decidingMembers = [
  "access",
  "direction",
  "priority",
  "protocol",
  "sourceAddressPrefix",
  "sourceAddressPrefixes",
  "destinationAddressPrefix",
  "destinationAddressPrefixes",
  "destinationPortRange",
  "destinationPortRanges",
  "sourcePortRange",
  "sourcePortRanges",
];

/** What a security group does with a connection, and the rule that decides; undefined where that is not certain. */
export interface Decision {
  allowed: boolean;
  /** Undefined where one of Azure's default rules decides. */
  rule?: SecurityRule;
}

/**
 * Decides as Azure does: the first rule by priority that covers the connection. A rule that covers a part of it, or that is
 * not known, leaves the answer open unless it would be the same.
 * Source: learn.microsoft.com network-security-groups-overview.
 */
export function decide(group: SecurityGroup, connection: Connection): Decision | undefined {
  if (!group.complete) {
    return undefined;
  }
  const open = new Set<boolean>();
  for (const rule of group.rules) {
    const covers = ruleCoverage(rule, connection);
    if (covers === "none") {
      continue;
    }
    const allowed = is(rule.access, "Allow");
    if (covers === "all" && rule.certain) {
      return open.has(!allowed) ? undefined : { allowed, rule };
    }
    if (rule.access === undefined) {
      return undefined;
    }
    open.add(allowed);
  }
  const allowed = defaultRule(connection);
  return allowed === undefined || open.has(!allowed) ? undefined : { allowed };
}

/**
 * Azure's default rules: inbound from the virtual network and its peers, outbound to these and to the Internet. Whether two
 * networks are peers is not seen here.
 */
const defaultRule = ({ direction, destination, sameNetwork }: Connection): boolean | undefined =>
  sameNetwork || (direction === "Outbound" && destination.kind !== "network") ? true : undefined;

/** How much of a connection a rule covers. */
export function ruleCoverage(rule: SecurityRule, connection: Connection): Coverage {
  const { direction, source, destination, port, sameNetwork } = connection;
  if (rule.direction !== undefined && !is(rule.direction, direction)) {
    return "none";
  }
  if (rule.protocol !== undefined && rule.protocol !== "*" && !is(rule.protocol, "Tcp")) {
    return "none";
  }
  // What a rule that is not wholly known leaves out may be anything.
  const side = (prefixes: string[], groups: readonly string[] | undefined, endpoint: Endpoint) =>
    groups !== undefined
      ? groupCoverage(groups, endpoint)
      : prefixes.length === 0 && !rule.certain
        ? "some"
        : prefixCoverage(prefixes, endpoint, sameNetwork);
  const ports = rule.ports.length === 0 && !rule.certain ? "some" : portCoverage(rule.ports, port);
  return both(
    side(rule.sources, rule.sourceGroups, source),
    side(rule.destinations, rule.destinationGroups, destination),
    ports,
    sourcePortCoverage(rule.sourcePorts),
  );
}

/** Ports that Windows sends from. Source: learn.microsoft.com default-dynamic-port-range-tcpip-chang. */
const dynamicPorts = { first: 49_152, last: 65_535 };

/** A rule for the source port 1688 is a frequent slip: requests come from any dynamic port. */
function sourcePortCoverage(ranges: readonly string[]): Coverage {
  const each = ranges.map((range): Coverage => {
    const { first, last } = dynamicPorts;
    const [from, to = from] = range.trim() === "*" ? [first, last] : range.split("-").map(Number);
    return to < first || from > last ? "none" : from <= first && to >= last ? "all" : "some";
  });
  return ranges.length === 0 ? "all" : most(each);
}

/** Application security groups cover the machines that are in one of them. */
function groupCoverage(groups: readonly string[], endpoint: Endpoint): Coverage {
  if (endpoint.kind !== "network") {
    return "none";
  }
  return endpoint.groups === undefined
    ? "some"
    : groups.some((one) => endpoint.groups!.has(one))
      ? "all"
      : "none";
}

const portCoverage = (ranges: string[], port: number): Coverage =>
  ranges.some((range) => isPortIn(range, port)) ? "all" : "none";

/** A range is `*`, `1688` or `1024-65535`. */
export function isPortIn(range: string, port: number): boolean {
  if (range.trim() === "*") {
    return true;
  }
  const [from, to = from] = range.split("-").map(Number);
  return from <= port && port <= to;
}

/** How much of an end of a connection prefixes and service tags cover. */
export function prefixCoverage(
  prefixes: readonly string[],
  endpoint: Endpoint,
  sameNetwork: boolean,
): Coverage {
  const ranges = prefixes.map(addressRange).filter((range) => range !== undefined);
  const tags = prefixes.filter((prefix) => addressRange(prefix) === undefined);
  return most([
    ...tags.map((tag) => tagCoverage(tag, endpoint, sameNetwork)),
    rangesCoverage(ranges, endpoint),
  ]);
}

function rangesCoverage(ranges: AddressRange[], endpoint: Endpoint): Coverage {
  if (ranges.some(({ family, from, to }) => family === 4 && from === 0n && to === lastIpv4)) {
    return "all";
  }
  if (endpoint.kind === "internet") {
    return ranges.some((range) => !isPrivateRange(range)) ? "some" : "none";
  }
  return endpoint.ranges === undefined || endpoint.ranges.length === 0
    ? ranges.length === 0
      ? "none"
      : "some"
    : coverageOfAll(ranges, endpoint.ranges);
}

/** Service tag of Azure's own KMS. Source: learn.microsoft.com service-tags-overview. */
const licensingTag = "AzurePlatformLKM";

/** What the service tags stand for, as far as that is certain. */
function tagCoverage(tag: string, { kind }: Endpoint, sameNetwork: boolean): Coverage {
  if (tag === "*" || is(tag, "Any")) {
    return "all";
  }
  if (is(tag, "VirtualNetwork")) {
    return kind !== "network" ? "none" : sameNetwork ? "all" : "some";
  }
  if (kind === "network") {
    return "none";
  }
  if (is(tag, "Internet")) {
    return "all";
  }
  return is(tag, licensingTag) ? (kind === "azureKms" ? "all" : "none") : "some";
}

/**
 * The rule that switches licensing off: ordinary rules do not apply to Azure's own KMS, those for its service tag do.
 * Source: learn.microsoft.com network-security-groups-overview, Azure platform considerations.
 */
export function licensingDenied(
  group: SecurityGroup,
  port: number,
  source: Endpoint,
): SecurityRule | undefined {
  const coverageOf = (rule: SecurityRule) =>
    rule.sourceGroups === undefined
      ? prefixCoverage(rule.sources, source, false)
      : groupCoverage(rule.sourceGroups, source);
  const first = group.rules.find(
    (rule) =>
      rule.certain &&
      coverageOf(rule) !== "none" &&
      is(rule.direction, "Outbound") &&
      (rule.protocol === "*" || is(rule.protocol, "Tcp")) &&
      rule.ports.some((range) => isPortIn(range, port)) &&
      rule.destinations.some((destination) => is(destination, licensingTag)),
  );
  return group.complete && is(first?.access, "Deny") ? first : undefined;
}
