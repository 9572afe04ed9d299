import {
  allowedNames,
  dayAfter,
  type Diagnostic,
  findOperatingSystem,
  type GroupFacts,
  type HostFacts,
  type HostKey,
  hostKeysOf,
  hostOs,
  hostsAllowed,
  isProductKey,
  isReadOnly,
  keyEnding,
  keyFingerprint,
  limits,
  memberCount,
} from "./product";
import { type DeclaredResource, isComponent } from "./declared-resource";
import { policy, type Violation, violation } from "./policy";

/*
 * Policies on what KMSHosts and KMSClientGroups declare.
 */

/** Facts of a component with the resource that they are of. */
interface Declared<Facts> {
  resource: DeclaredResource;
  facts: Facts;
}

/** The KMS hosts among the resources, in the order of the program. */
export const declaredHosts = (resources: readonly DeclaredResource[]): Declared<HostFacts>[] =>
  resources
    .filter((resource) => isComponent(resource, "KMSHost"))
    .map((resource) => {
      const { name, values, unknown } = resource;
      return { resource, facts: { name, args: values, unknown } };
    });

/** The KMS hosts that the stack itself manages. */
const managedHosts = (resources: readonly DeclaredResource[]) =>
  declaredHosts(resources).filter(({ facts }) => !isReadOnly(facts));

/** The client groups among the resources, in the order of the program. The engine sees their hosts as URNs. */
export const declaredGroups = (resources: readonly DeclaredResource[]): Declared<GroupFacts>[] =>
  resources
    .filter((resource) => isComponent(resource, "KMSClientGroup"))
    .map((resource) => {
      const { name, values, unknown } = resource;
      const { hosts = [], ...others } = values as { hosts?: unknown[] };
      const names = hosts.flatMap((urn) => (typeof urn === "string" ? nameIn(urn) : []));
      return { resource, facts: { name, args: { ...others, hosts: names }, unknown } };
    });

const nameIn = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);

/** A key on one of its hosts. */
interface Holder extends HostKey {
  resource: DeclaredResource;
}

/**
 * A KMS host key, of Windows or of Office, activates a limited number of hosts, unless Microsoft granted an
 * exception. A key that is not known yet is compared once it is.
 */
export const kmsHostsPerKey = policy({
  name: "kms-hosts-per-key",
  description: "No KMS host key is used for more hosts than it may activate.",
  enforcementLevel: "mandatory",
  scope: "stack",
  parameters: {
    hostsPerKey: {
      type: "integer",
      minimum: 1,
      default: limits.hostsPerKey,
      description:
        "KMS hosts that one key may have in the stack, 1 or more; a key's hostLimitException raises it",
    },
  },
  review(resources, { hostsPerKey }) {
    const byKey = new Map<string, Holder[]>();
    for (const { resource, facts } of declaredHosts(resources)) {
      for (const key of hostKeysOf(facts).filter(({ productKey }) => isProductKey(productKey))) {
        const fingerprint = keyFingerprint(key.productKey);
        byKey.set(fingerprint, [...(byKey.get(fingerprint) ?? []), { ...key, resource }]);
      }
    }
    return [...byKey.values()].flatMap((holders) => tooMany(holders, hostsPerKey));
  },
});

function tooMany(holders: Holder[], hostsPerKey: number): Violation[] {
  const allowed = hostsAllowed(holders, hostsPerKey);
  const names = allowedNames(holders, allowed);
  return holders.slice(allowed).map(({ resource, path, productKey }, index) => {
    const values = { given: allowed + index + 1, ending: keyEnding(productKey), allowed, names };
    return violation(resource, "KMS8003", values, `${path}.productKey`);
  });
}

/** Above 50 clients two KMS hosts are recommended. */
export const kmsRedundancy = policy({
  name: "kms-redundancy",
  description: "Many clients have more than one KMS host.",
  enforcementLevel: "advisory",
  scope: "stack",
  parameters: {
    clients: {
      type: "integer",
      minimum: 0,
      default: limits.redundancyClients,
      description: "Clients that may depend on fewer KMS hosts, 0 or more",
    },
    hosts: {
      type: "integer",
      minimum: 2,
      default: limits.recommendedHosts,
      description: "KMS hosts that more clients need, 2 or more",
    },
  },
  review(resources, { clients, hosts }) {
    const clientsOf = clientsByHost(
      declaredGroups(resources).map(({ facts }) => facts),
      hosts,
    );
    return managedHosts(resources).flatMap(({ resource }): Violation[] => {
      const given = clientsOf.get(resource.name) ?? 0;
      return given > clients ? [violation(resource, "KMS8004", { given, clients, allowed: hosts })] : [];
    });
  },
});

/** Machines of all groups that name a host and too few others beside it. */
function clientsByHost(groups: readonly GroupFacts[], neededHosts: number): Map<string, number> {
  const clients = new Map<string, number>();
  for (const group of groups) {
    const { hosts = [], azureKms } = group.args;
    if (hosts.length < neededHosts && azureKms !== true) {
      hosts.forEach((host) => clients.set(host, (clients.get(host) ?? 0) + (memberCount(group) ?? 0)));
    }
  }
  return clients;
}

/** A KMS host gets updates, or is moved in time. */
export const kmsHostSupport = policy({
  name: "kms-host-support",
  description: "KMS hosts run an operating system with support.",
  enforcementLevel: "advisory",
  scope: "resource",
  parameters: {
    daysLeft: {
      type: "integer",
      minimum: 0,
      maximum: 3650,
      default: 0,
      description: "Days of support that the operating system must have left, 0 to 3650",
    },
  },
  review: (resources, { daysLeft }, { today }) =>
    managedHosts(resources).flatMap(({ resource, facts }): Violation[] => {
      const system = findOperatingSystem(hostOs(facts) ?? "");
      const end = system?.endOfSupport;
      const until = dayAfter(today, daysLeft);
      return system !== undefined && end !== undefined && end < until
        ? [violation(resource, "KMS8005", { given: system.name, end, until }, "os")]
        : [];
    }),
});

/** Whoever accepts a warning acknowledges it in the program. Each component has its diagnostics as an output. */
export const kmsUnacknowledgedWarnings = policy({
  name: "kms-unacknowledged-warnings",
  description: "Warnings of KMS hosts and client groups are acknowledged in the program.",
  enforcementLevel: "advisory",
  scope: "stack",
  parameters: {
    ignore: {
      type: "array",
      uniqueItems: true,
      default: [],
      items: { type: "string", pattern: "^KMS[0-9]{4}$" },
      description: "Codes of warnings that need no acknowledgement, for example KMS2209",
    },
  },
  review: (resources, { ignore }) =>
    resources.flatMap((resource) =>
      diagnosticsOf(resource)
        .filter(({ severity, acknowledged }) => severity === "warning" && acknowledged !== true)
        .filter(({ code }) => !ignore.includes(code))
        .map(({ code, message }) => violation(resource, "KMS8011", { warning: message, code })),
    ),
});

export const diagnosticsOf = ({ outputs }: DeclaredResource) => (outputs.diagnostics ?? []) as Diagnostic[];
