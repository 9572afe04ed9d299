import { addressRange, coverageOfAll } from "./address-ranges";
import {
  type DeclaredResource,
  type DeclaredResources,
  hasUnknown,
  notKnown,
  objectsAt,
  textsAt,
} from "./declared-resource";
import { isPortIn } from "./security-rules";

/** One rule of an Azure Firewall. */
interface FirewallRule {
  name: string;
  kind: "network" | "application";
  allows: boolean;
  /** Smaller ones come first. */
  order: number;
  ports: string[];
  /** Addresses, service tags and names. */
  destinations: string[];
  /** Whether it is for TCP, and all of it is known; IP groups are not. */
  certain: boolean;
}

/** What the program's firewall does with requests to Azure's own KMS. */
export interface FirewallAnswer {
  /** How a message names the firewall. */
  words: string;
  /** Names of Azure's KMS that network rules let through, by name or by all addresses. */
  allowed: string[];
  /** Application rules for the port, which accept the connection and cannot carry the request. */
  applicationRules: string[];
  /** Whether it sends requests on from an address of its own; in forced tunnelling it does not. */
  hasOwnWayOut: boolean;
}

/**
 * What an Azure Firewall of the program does with requests to Azure's own KMS; undefined where its rules are not all known.
 * Source: learn.microsoft.com azure/firewall/rule-processing: network rules go before application rules.
 */
export function firewallAnswer(
  firewall: DeclaredResource,
  servers: readonly { name: string; addresses: string[] }[],
  port: number,
  all: DeclaredResources,
): FirewallAnswer | undefined {
  const rules = rulesOf(firewall, all);
  if (rules === undefined) {
    return undefined;
  }
  const network = rules.filter(
    ({ kind, ports }) => kind === "network" && ports.some((one) => isPortIn(one, port)),
  );
  const answers = servers.map(({ name, addresses }) => {
    const deciding = network.find(({ destinations }) => reaches(destinations, name, addresses));
    return { name, deciding };
  });
  if (network.some(({ certain }) => !certain)) {
    return undefined;
  }
  return {
    words: `the Azure Firewall "${firewall.name}"`,
    allowed: answers.filter(({ deciding }) => deciding?.allows === true).map(({ name }) => name),
    applicationRules: rules
      .filter(({ kind, ports }) => kind === "application" && ports.includes(String(port)))
      .map(({ name }) => name),
    hasOwnWayOut:
      firewall.values.managementIpConfiguration === undefined &&
      !hasUnknown(firewall, "managementIpConfiguration"),
  };
}

const reaches = (destinations: string[], name: string, addresses: string[]) =>
  destinations.some((one) => one === "*" || one.toLowerCase() === name) ||
  coverageOfAll(
    destinations.flatMap((one) => addressRange(one) ?? []),
    addresses.map((address) => addressRange(address)!),
  ) === "all";

/** All rules of a firewall in the order in which it asks them; undefined where some are not known. */
function rulesOf(firewall: DeclaredResource, all: DeclaredResources): FirewallRule[] | undefined {
  const policy = all.referred(firewall, "firewallPolicy", "network:FirewallPolicy");
  if (policy === notKnown) {
    return undefined;
  }
  return policy === undefined ? classicRules(firewall) : policyRules(policy, all);
}

function classicRules(firewall: DeclaredResource): FirewallRule[] | undefined {
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
      ...objects.map((rule) => firewallRule(firewall, rule, kind, allows, Number(value.priority ?? 0))),
      ...(complete ? [] : [unknownRule(kind)]),
    ];
  });
  return inOrder(rules);
}

function policyRules(policy: DeclaredResource, all: DeclaredResources): FirewallRule[] | undefined {
  const groups = all
    .of("network:FirewallPolicyRuleCollectionGroup", "network:FirewallPolicyRuleGroup")
    .map((group) => ({ group, of: all.referred(group, "firewallPolicyName", "network:FirewallPolicy") }));
  // A parent policy, and groups of policies that are not known, may have any rule.
  if (
    groups.some(({ of }) => of === notKnown) ||
    policy.values.basePolicy !== undefined ||
    hasUnknown(policy, "basePolicy")
  ) {
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
          return kind === undefined ? [] : [firewallRule(group, rule, kind, allows, order)];
        }),
        ...(complete ? [] : [unknownRule("network")]),
      ];
    }),
  );
  return inOrder(rules);
}

const ruleKind = (type: unknown) =>
  type === "NetworkRule" ? "network" : type === "ApplicationRule" ? "application" : undefined;

const inOrder = (rules: FirewallRule[]) => rules.sort((left, right) => left.order - right.order);

const unknownRule = (kind: FirewallRule["kind"]): FirewallRule => ({
  name: "",
  kind,
  allows: true,
  order: 0,
  ports: ["*"],
  destinations: [],
  certain: false,
});

function firewallRule(
  resource: DeclaredResource,
  { value, path }: { value: Record<string, unknown>; path: string },
  kind: FirewallRule["kind"],
  allows: boolean,
  order: number,
): FirewallRule {
  const at = (...names: string[]) => textsAt(resource, ...names.map((name) => `${path}.${name}`));
  const protocols = at("protocols", "ipProtocols").texts.map((one) => one.toLowerCase());
  const application = objectsAt(resource, `${path}.protocols`).objects.map(({ value: one }) =>
    String(one.port),
  );
  const destinations = at("destinationAddresses", "destinationFqdns", "targetFqdns");
  const groups = at("destinationIpGroups");
  const ports = at("destinationPorts");
  const isTcp = kind === "application" || protocols.some((one) => one === "tcp" || one === "any");
  return {
    name: typeof value.name === "string" ? value.name : path,
    kind,
    allows,
    order,
    ports: isTcp ? (kind === "application" ? application : ports.texts) : [],
    destinations: destinations.texts,
    certain: destinations.complete && ports.complete && groups.complete && groups.texts.length === 0,
  };
}
