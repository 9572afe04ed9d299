import { keyFingerprint, normalizeProductKey } from "../catalog/product-key";
import type { AzureKmsRoutesFacts, GroupFacts, HostFacts, OfficeKeyFacts, ProgramFacts } from "./facts";

/** A host key that a KMS host is given: of Windows, or of an Office version. */
export interface HostKey {
  host: HostFacts;
  /** The property that has it. */
  path: string;
  productKey: string;
  /** More hosts for the key, as Microsoft granted them. */
  hostLimitException?: { hosts: number; reference: string };
}

/** The keys of a host as far as they are known, each once. */
export function hostKeysOf(host: HostFacts): HostKey[] {
  const keys = new Map<string, HostKey>();
  const add = (path: string, { productKey, hostLimitException }: Omit<OfficeKeyFacts, "office">) => {
    const normal = normalizeProductKey(productKey ?? "");
    if (productKey !== undefined && !keys.has(normal)) {
      keys.set(normal, { host, path, productKey, hostLimitException });
    }
  };
  add("productKey", host);
  host.officeKeys?.forEach((key, place) => add(`officeKeys[${place}].productKey`, key));
  return [...keys.values()];
}

/** How many hosts a key activates: what Microsoft granted on one of its hosts, or the given limit if that is more. */
export const hostsAllowed = (holders: readonly HostKey[], limit: number): number =>
  holders.reduce((most, { hostLimitException }) => Math.max(most, hostLimitException?.hosts ?? 0), limit);

/** Names of the hosts that may have the key: the first ones. */
export const allowedNames = (holders: readonly HostKey[], allowed: number): string =>
  holders
    .slice(0, allowed)
    .map(({ host }) => host.name)
    .join(", ");

/** The program's facts by what belongs together; it grows as facts become known, so that the rules take linear time. */
export interface ProgramIndex {
  addHost(host: HostFacts): void;
  addGroup(group: GroupFacts): void;
  host(name: string): HostFacts | undefined;
  /** All hosts, in the order in which they became known. */
  hosts(): Iterable<HostFacts>;
  /** Groups that name this host, in the order in which they became known. */
  groupsOf(host: string): readonly GroupFacts[];
  /** This key on each of its hosts, in the order in which they became known. */
  hostKeys(productKey: string): readonly HostKey[];
  /** Groups that have this machine as a member, by Azure resource ID (its own or its scale set's) or by `host:port` of its SSH server. */
  groupsWithMachine(machine: string): readonly GroupFacts[];
  /** Groups that have their routes to Azure's own KMS in this table; none where the table is not known yet. */
  groupsWithRouteTable(table: AzureKmsRoutesFacts): readonly GroupFacts[];
  /** Targets in a zone's record set that nobody in the program declares, as far as they are known. */
  foreignTargets(zoneName: string): readonly string[];
  /** Grows whenever a resource joins. */
  readonly revision: number;
  /** Day of the review, ISO 8601 date. */
  today?: string;
}

/** Indexes a program. */
export function programIndex(
  facts: Omit<ProgramFacts, "hosts" | "groups"> & Partial<ProgramFacts> = {},
): ProgramIndex {
  const hosts = new Map<string, HostFacts>();
  const groupsByHost = new Map<string, GroupFacts[]>();
  const hostKeys = new Map<string, HostKey[]>();
  const groupsByMachine = new Map<string, GroupFacts[]>();
  const groupsByRouteTable = new Map<string, GroupFacts[]>();
  const foreign = new Map(
    (facts.zones ?? []).map(({ zoneName, foreignTargets }) => [lowerCase(zoneName), foreignTargets]),
  );
  let revision = 0;
  const index: ProgramIndex = {
    addHost(host) {
      revision += 1;
      hosts.set(host.name, host);
      hostKeysOf(host).forEach((key) => append(hostKeys, keyFingerprint(key.productKey), key));
    },
    addGroup(group) {
      revision += 1;
      new Set(group.hosts).forEach((host) => append(groupsByHost, host, group));
      const machines = [...(group.azureVmIds ?? []), ...(group.sshServers ?? []), group.scaleSet?.id].filter(
        (machine) => machine !== undefined,
      );
      new Set(machines.map(lowerCase)).forEach((machine) => append(groupsByMachine, machine, group));
      const table = group.azureKmsRoutes && routeTableKey(group.azureKmsRoutes);
      if (table !== undefined) {
        append(groupsByRouteTable, table, group);
      }
    },
    host: (name) => hosts.get(name),
    hosts: () => hosts.values(),
    groupsOf: (host) => groupsByHost.get(host) ?? [],
    hostKeys: (productKey) => hostKeys.get(keyFingerprint(productKey)) ?? [],
    groupsWithMachine: (machine) => groupsByMachine.get(lowerCase(machine)) ?? [],
    groupsWithRouteTable: (table) => groupsByRouteTable.get(routeTableKey(table) ?? "") ?? [],
    foreignTargets: (zoneName) => foreign.get(lowerCase(zoneName)) ?? [],
    get revision() {
      return revision;
    },
    today: facts.today,
  };
  facts.hosts?.forEach(index.addHost);
  facts.groups?.forEach(index.addGroup);
  return index;
}

const routeTableKey = ({ resourceGroupName, routeTableName }: AzureKmsRoutesFacts) =>
  resourceGroupName === undefined || routeTableName === undefined
    ? undefined
    : lowerCase(`${resourceGroupName}/${routeTableName}`);

const lowerCase = (text: string) => text.toLowerCase();

function append<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const items = map.get(key);
  if (items === undefined) {
    map.set(key, [item]);
  } else {
    items.push(item);
  }
}

/**
 * The same function of a part of the program, worked out once for each state of the program: many resources may ask
 * about one part, and the rules must take linear time.
 */
export function memoized<Part, Result>(
  workOut: (part: Part, index: ProgramIndex) => Result,
): (part: Part, index: ProgramIndex) => Result {
  const known = new WeakMap<ProgramIndex, { revision: number; results: Map<Part, Result> }>();
  return (part, index) => {
    const { revision } = index;
    const last = known.get(index);
    const results = last?.revision === revision ? last.results : new Map<Part, Result>();
    known.set(index, { revision, results });
    if (!results.has(part)) {
      results.set(part, workOut(part, index));
    }
    return results.get(part) as Result;
  };
}

/** The known KMS hosts of a group, each with its place in the group's arguments. */
export function hostsOf(group: GroupFacts, index: ProgramIndex): { host: HostFacts; path: string }[] {
  return group.hosts.flatMap((name, place) => {
    const host = index.host(name);
    return host === undefined ? [] : [{ host, path: `hosts[${place}]` }];
  });
}
