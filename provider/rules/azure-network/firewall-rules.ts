import { azureKmsNamed } from "../../catalog/azure-kms";
import { addressRange, type AddressRange, both, type Coverage, coverageOfAll, most } from "./address-ranges";
import {
  type DeclaredResource,
  type DeclaredResources,
  hasUnknown,
  notKnown,
  objectsAt,
  stringAt,
  textsAt,
} from "./declared-resource";
import { isPortIn } from "./security-rules";

/** Addresses and service tags on one side of a rule. */
interface Side {
  texts: string[];
  /** Whether that is all. */
  complete: boolean;
}

/** One rule of an Azure Firewall. */
interface FirewallRule {
  name: string;
  kind: "network" | "application";
  allows: boolean;
  /** Smaller ones come first. */
  order: number;
  ports: string[];
  /** Whether the ports are all known. */
  portsComplete: boolean;
  sources: Side;
  destinations: Side;
  /** Host names among the destinations. */
  names: string[];
}

/** What the program's firewall does with requests to Azure's own KMS. */
export interface FirewallAnswer {
  /** How a message names the firewall. */
  words: string;
  /** Names of Azure's KMS of which some address is let through, or may be. */
  allowed: string[];
  /** Addresses that are not let through, of names whose other addresses are. */
  leftOut: string[];
  /** Application rules for the port, which accept the connection and cannot carry the request. */
  applicationRules: string[];
  /** Network rules that name the servers, which Azure refuses where the firewall is no DNS proxy. */
  refusedRules: string[];
  /** Whether it sends requests on from an address of its own; in forced tunnelling it does not. */
  hasOwnWayOut: boolean;
}

/**
 * What an Azure Firewall of the program does with requests to Azure's own KMS; undefined where its rules are not all known.
 * Source: learn.microsoft.com azure/firewall/rule-processing: network rules go before application rules.
 * @param sources addresses of the members, as far as they are known
 */
export function firewallAnswer(
  firewall: DeclaredResource,
  sources: readonly AddressRange[] | undefined,
  servers: readonly { name: string; addresses: string[] }[],
  port: number,
  all: DeclaredResources,
): FirewallAnswer | undefined {
  const rules = rulesOf(firewall, all);
  if (rules === undefined) {
    return undefined;
  }
  const network = rules.filter(
    ({ kind, ports, portsComplete }) =>
      kind === "network" && (!portsComplete || ports.some((one) => isPortIn(one, port))),
  );
  const servedBy = servers.map(({ name, addresses }) => ({
    name,
    denied: addresses.filter((address) => isDenied(network, sources, { name, address })),
    addresses,
  }));
  const served = servedBy.filter(({ denied, addresses }) => denied.length < addresses.length);
  const isNamed = ({ names }: FirewallRule) => servers.some(({ name }) => names.includes(name));
  return {
    words: `the Azure Firewall "${firewall.name}"`,
    allowed: served.map(({ name }) => name),
    leftOut: served.flatMap(({ denied }) => denied),
    applicationRules: rules
      .filter(
        (rule) =>
          rule.kind === "application" &&
          rule.ports.includes(String(port)) &&
          sourceCoverage(rule, sources) !== "none",
      )
      .map(({ name }) => name),
    refusedRules: takesNames(firewall, all) ? [] : network.filter(isNamed).map(({ name }) => name),
    hasOwnWayOut:
      firewall.values.managementIpConfiguration === undefined &&
      !hasUnknown(firewall, "managementIpConfiguration"),
  };
}

/** Whether a firewall of the program lets nothing of a connection to hosts of one's own through, for certain. */
export function isClosedByFirewall(
  firewall: DeclaredResource,
  sources: readonly AddressRange[] | undefined,
  destinations: readonly AddressRange[],
  port: number,
  all: DeclaredResources,
): boolean {
  const rules = rulesOf(firewall, all)?.filter(
    ({ kind, ports, portsComplete }) =>
      kind === "network" && (!portsComplete || ports.some((one) => isPortIn(one, port))),
  );
  return (
    rules !== undefined &&
    !rules.some(
      (rule) =>
        rule.allows &&
        both(
          sourceCoverage(rule, sources),
          most([
            sideCoverage(rule.destinations, destinations),
            rule.names.every((name) => azureKmsNamed(name) !== undefined) ? "none" : "some",
          ]),
        ) !== "none",
    )
  );
}

/** Whether the rules deny a server for certain: the first that covers it decides, and without one it is denied. */
function isDenied(
  rules: FirewallRule[],
  sources: readonly AddressRange[] | undefined,
  server: { name: string; address: string },
): boolean {
  let mayBeAllowed = false;
  for (const rule of rules) {
    const covers = both(
      sourceCoverage(rule, sources),
      destinationCoverage(rule, server),
      rule.portsComplete ? "all" : "some",
    );
    if (covers === "all") {
      return !rule.allows && !mayBeAllowed;
    }
    mayBeAllowed ||= covers === "some" && rule.allows;
  }
  return !mayBeAllowed;
}

const sourceCoverage = ({ sources }: FirewallRule, members: readonly AddressRange[] | undefined): Coverage =>
  sources.complete && sources.texts.length === 0 ? "all" : sideCoverage(sources, members);

const destinationCoverage = (
  { destinations, names }: FirewallRule,
  { name, address }: { name: string; address: string },
): Coverage => (names.includes(name) ? "all" : sideCoverage(destinations, [addressRange(address)!]));

/** What a service tag stands for changes, and may include anything. */
function sideCoverage({ texts, complete }: Side, addresses: readonly AddressRange[] | undefined): Coverage {
  if (texts.includes("*")) {
    return "all";
  }
  const ranges = texts.map(addressRange);
  const known = ranges.filter((range) => range !== undefined);
  const isOpen = !complete || known.length < ranges.length;
  const covers =
    addresses === undefined ? (known.length > 0 ? "some" : "none") : coverageOfAll(known, addresses);
  return most([covers, isOpen ? "some" : "none"]);
}

/** Settings of a firewall without a policy, with which Azure takes names in network rules. */
const classicNameSettings = {
  "Network.DNS.EnableProxy": "true",
  "Network.DNS.RequireProxyForNetworkRules": "false",
};

/**
 * Whether a firewall takes names in network rules, or may do so. Source: learn.microsoft.com
 * fqdn-filtering-network-rules; Azure's answer: azure-sdk-for-go #11094.
 */
function takesNames(firewall: DeclaredResource, all: DeclaredResources): boolean {
  const policy = all.referred(firewall, "firewallPolicy", "network:FirewallPolicy");
  if (policy === notKnown) {
    return true;
  }
  if (policy !== undefined) {
    const { enableProxy, requireProxyForNetworkRules } = (policy.values.dnsSettings ?? {}) as Settings;
    const isTaken = enableProxy === true || requireProxyForNetworkRules === false;
    return !isBasic(policy) && (hasUnknown(policy, "dnsSettings") || isTaken);
  }
  const settings = (firewall.values.additionalProperties ?? {}) as Settings;
  return (
    hasUnknown(firewall, "additionalProperties") ||
    Object.entries(classicNameSettings).some(([name, value]) => String(settings[name]) === value)
  );
}

type Settings = Record<string, unknown>;

/** The SKU Basic has no DNS proxy. Source: learn.microsoft.com azure/firewall/features-by-sku. */
const isBasic = (resource: DeclaredResource) => stringAt(resource, "sku.tier")?.toLowerCase() === "basic";

/** All rules of a firewall in the order in which it asks them; undefined where some are not known. */
function rulesOf(firewall: DeclaredResource, all: DeclaredResources): FirewallRule[] | undefined {
  const policy = all.referred(firewall, "firewallPolicy", "network:FirewallPolicy");
  if (policy === notKnown) {
    return undefined;
  }
  return policy === undefined ? classicRules(firewall, all) : policyRules(policy, all);
}

function classicRules(firewall: DeclaredResource, all: DeclaredResources): FirewallRule[] | undefined {
  const network = objectsAt(firewall, "networkRuleCollections");
  const application = objectsAt(firewall, "applicationRuleCollections");
  if (!network.complete || !application.complete) {
    return undefined;
  }
  const collections = [
    ...network.objects.map((one) => ({ ...one, kind: "network" as const })),
    ...application.objects.map((one) => ({ ...one, kind: "application" as const })),
  ];
  const rules = collections.flatMap(({ value, path, kind }) => {
    const { objects, complete } = objectsAt(firewall, `${path}.rules`);
    const allows = (value.action as { type?: unknown } | undefined)?.type === "Allow";
    return [
      ...objects.map((rule) => firewallRule(firewall, rule, kind, allows, Number(value.priority ?? 0), all)),
      ...(complete ? [] : [unknownRule(kind)]),
    ];
  });
  return inOrder(rules);
}

/** The rules of a parent policy go before those of its child. Source: learn.microsoft.com azure/firewall-manager/rule-hierarchy. */
const ofParent = 1_000_000_000;

function policyRules(policy: DeclaredResource, all: DeclaredResources): FirewallRule[] | undefined {
  const groups = all
    .of("network:FirewallPolicyRuleCollectionGroup", "network:FirewallPolicyRuleGroup")
    .map((group) => ({ group, of: all.referred(group, "firewallPolicyName", "network:FirewallPolicy") }));
  const parent = all.referred(policy, "basePolicy", "network:FirewallPolicy");
  const inherited = typeof parent === "object" && parent !== policy ? policyRules(parent, all) : [];
  // A parent policy, and groups of policies that are not known, may have any rule.
  if (groups.some(({ of }) => of === notKnown) || parent === notKnown || inherited === undefined) {
    return undefined;
  }
  const own = groups.filter(({ of }) => of === policy).map(({ group }) => group);
  if (own.some((group) => !objectsAt(group, "ruleCollections").complete)) {
    return undefined;
  }
  const rules = own.flatMap((group) =>
    objectsAt(group, "ruleCollections").objects.flatMap(({ value, path }) => {
      const { objects, complete } = objectsAt(group, `${path}.rules`);
      const allows = (value.action as { type?: unknown } | undefined)?.type === "Allow";
      const order = Number(group.values.priority ?? 0) * 100_000 + Number(value.priority ?? 0);
      return [
        ...objects.flatMap((rule) => {
          const kind = ruleKind(rule.value.ruleType);
          return kind === undefined ? [] : [firewallRule(group, rule, kind, allows, order, all)];
        }),
        ...(complete ? [] : [unknownRule("network")]),
      ];
    }),
  );
  return inOrder([...inherited.map((rule) => ({ ...rule, order: rule.order - ofParent })), ...rules]);
}

const ruleKind = (type: unknown) =>
  type === "NetworkRule" ? "network" : type === "ApplicationRule" ? "application" : undefined;

const inOrder = (rules: FirewallRule[]) => rules.sort((left, right) => left.order - right.order);

const open: Side = { texts: [], complete: false };

const unknownRule = (kind: FirewallRule["kind"]): FirewallRule => ({
  name: "",
  kind,
  allows: true,
  order: 0,
  ports: [],
  portsComplete: false,
  sources: open,
  destinations: open,
  names: [],
});

function firewallRule(
  resource: DeclaredResource,
  { value, path }: { value: Record<string, unknown>; path: string },
  kind: FirewallRule["kind"],
  allows: boolean,
  order: number,
  all: DeclaredResources,
): FirewallRule {
  const at = (...names: string[]) => textsAt(resource, ...names.map((name) => `${path}.${name}`));
  const protocols = at("protocols", "ipProtocols").texts.map((one) => one.toLowerCase());
  const application = objectsAt(resource, `${path}.protocols`).objects.map(({ value: one }) =>
    String(one.port),
  );
  const names = at("destinationFqdns", "targetFqdns");
  const ports = at("destinationPorts");
  const isTcp = kind === "application" || protocols.some((one) => one === "tcp" || one === "any");
  const sideOf = (addresses: string, groups: string): Side => {
    const [own, grouped] = [at(addresses), groupedAddresses(resource, `${path}.${groups}`, all)];
    return { texts: [...own.texts, ...grouped.texts], complete: own.complete && grouped.complete };
  };
  const destinations = sideOf("destinationAddresses", "destinationIpGroups");
  return {
    name: typeof value.name === "string" ? value.name : path,
    kind,
    allows,
    order,
    ports: isTcp ? (kind === "application" ? application : ports.texts) : [],
    portsComplete: !isTcp || ports.complete,
    sources: sideOf("sourceAddresses", "sourceIpGroups"),
    destinations: { ...destinations, complete: destinations.complete && names.complete },
    names: names.texts.map((name) => name.toLowerCase()),
  };
}

/** The addresses of IP groups, as far as the program declares them. */
function groupedAddresses(resource: DeclaredResource, path: string, all: DeclaredResources): Side {
  const { texts, complete } = textsAt(resource, path);
  const linked = all.linked(resource, path, "network:IpGroup");
  const named = texts.map((_, index) => all.referred(resource, `${path}[${index}]`, "network:IpGroup"));
  const found = new Set([...linked, ...named.filter((group) => typeof group === "object")]);
  const addresses = [...found].map((group) => textsAt(group, "ipAddresses"));
  const areKnown = (complete || linked.length > 0) && named.every((group) => typeof group === "object");
  return {
    texts: addresses.flatMap((one) => one.texts),
    complete: areKnown && addresses.every((one) => one.complete),
  };
}
