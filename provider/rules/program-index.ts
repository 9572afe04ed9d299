import { keyFingerprint } from "../activation/product-key";
import type { AzureKmsRoutesFacts, GroupFacts, HostFacts, ProgramFacts } from "./facts";
import { type HostKey, hostKeysOf } from "./host-keys";

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
