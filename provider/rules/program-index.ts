import type { DeclaredResource } from "./azure-network/declared-resource";
import { ProgramNetwork } from "./azure-network/program-network";
import { keyFingerprint } from "../catalog/product-key";
import {
  type GroupFacts,
  type HostFacts,
  type HostKey,
  hostKeysOf,
  hostMachine,
  isPartlyUnknown,
  namedMachines,
  type SeenMachine,
  type ZoneFacts,
} from "./facts";

/** Everything that the rules look at. */
export interface ProgramFacts {
  /** In the order of the program. */
  hosts?: readonly HostFacts[];
  groups?: readonly GroupFacts[];
  /** Zones whose records are known. */
  zones?: readonly ZoneFacts[];
  /** What the program declares with azure-native. */
  resources?: readonly DeclaredResource[];
  /** Day of the review, ISO 8601 date; without one, ends of support are not judged. */
  today?: string;
}

/** The program's facts by what belongs together; it grows as facts become known, so that the rules take linear time. */
export interface ProgramIndex {
  /** Adds a host. @param order its number among the program's resources; that in which they become known by default */
  addHost(host: HostFacts, order?: number): void;
  /** Adds a group. @param order its number among the program's resources; that in which they become known by default */
  addGroup(group: GroupFacts, order?: number): void;
  host(name: string): HostFacts | undefined;
  /** Adds what was seen of a host's machine. */
  seeHost(host: HostFacts, seen: SeenMachine): void;
  /** All hosts, in the order of the program. */
  hosts(): Iterable<HostFacts>;
  /** All groups, in the order of the program. */
  groups(): Iterable<GroupFacts>;
  /** Groups that name this host, in the order of the program. */
  groupsOf(host: string): readonly GroupFacts[];
  /** This key on each of its hosts, in the order of the program. */
  hostKeys(productKey: string): readonly HostKey[];
  /** Hosts on this existing machine. */
  hostsOnMachine(machine: string): readonly HostFacts[];
  /** Groups that have this existing machine, or scale set, as a member. */
  groupsWithMachine(machine: string): readonly GroupFacts[];
  /** Groups that have their routes to Azure's own KMS in the route table with this Azure resource ID. */
  groupsWithRouteTable(routeTableId: string): readonly GroupFacts[];
  /** Targets in a zone's record set that no resource of the program declares, as far as they are known. */
  foreignTargets(zoneName: string): readonly string[];
  /** Whether it is not known of a group which KMS hosts it has. */
  readonly hasOpenHosts: boolean;
  /** What the program declares around its machines, as far as it is known. */
  readonly network: ProgramNetwork;
  /** Takes the place of what was known of the program's own resources. */
  setResources(resources: readonly DeclaredResource[]): void;
  /** Adds what the records of a zone were found to be. */
  addZone(zone: ZoneFacts): void;
  /** What is known of a zone. */
  zone(zoneName: string): ZoneFacts | undefined;
  /** Grows whenever a resource joins. */
  readonly revision: number;
  /** Day of the review, ISO 8601 date. */
  readonly today?: string;
}

/** Indexes a program. */
export function programIndex(facts: ProgramFacts = {}): ProgramIndex {
  const hosts = new Map<string, HostFacts>();
  const groups = new Set<GroupFacts>();
  const hostsByMachine = new Map<string, HostFacts[]>();
  const groupsByHost = new Map<string, GroupFacts[]>();
  const hostKeys = new Map<string, HostKey[]>();
  const groupsByMachine = new Map<string, GroupFacts[]>();
  const groupsByRouteTable = new Map<string, GroupFacts[]>();
  const orders = new Map<object, number>();
  const zones = new Map((facts.zones ?? []).map((zone) => [lowerCase(zone.zoneName), zone]));
  let resources = facts.resources ?? [];
  let network = new ProgramNetwork(resources);
  let revision = 0;
  let hasOpenHosts = false;
  const hostOrder = (host: HostFacts) => orders.get(host)!;
  const groupOrder = (group: GroupFacts) => orders.get(group)!;
  const index: ProgramIndex = {
    addHost(host, order) {
      revision += 1;
      orders.set(host, order ?? revision);
      hosts.set(host.name, host);
      const machine = hostMachine(host);
      if (machine !== undefined) {
        insert(hostsByMachine, lowerCase(machine), host, hostOrder);
      }
      hostKeysOf(host).forEach((key) =>
        insert(hostKeys, keyFingerprint(key.productKey), key, (other) => hostOrder(other.host)),
      );
    },
    addGroup(group, order) {
      revision += 1;
      orders.set(group, order ?? revision);
      groups.add(group);
      hasOpenHosts ||= isPartlyUnknown(group, "hosts");
      new Set(group.args.hosts).forEach((host) => insert(groupsByHost, host, group, groupOrder));
      const machines = namedMachines(group).map(({ machine }) => lowerCase(machine));
      new Set(machines).forEach((machine) => insert(groupsByMachine, machine, group, groupOrder));
      const table = group.args.azureKmsRouteTableId;
      if (table !== undefined) {
        insert(groupsByRouteTable, lowerCase(table), group, groupOrder);
      }
    },
    host: (name) => hosts.get(name),
    seeHost(host, seen) {
      const all = { ...host.seen, ...seen };
      if (JSON.stringify(host.seen ?? {}) !== JSON.stringify(all)) {
        revision += 1;
        host.seen = all;
      }
    },
    hosts: () => [...hosts.values()].sort((one, other) => hostOrder(one) - hostOrder(other)),
    groups: () => [...groups].sort((one, other) => groupOrder(one) - groupOrder(other)),
    groupsOf: (host) => groupsByHost.get(host) ?? [],
    hostKeys: (productKey) => hostKeys.get(keyFingerprint(productKey)) ?? [],
    hostsOnMachine: (machine) => hostsByMachine.get(lowerCase(machine)) ?? [],
    groupsWithMachine: (machine) => groupsByMachine.get(lowerCase(machine)) ?? [],
    groupsWithRouteTable: (table) => groupsByRouteTable.get(lowerCase(table)) ?? [],
    get hasOpenHosts() {
      return hasOpenHosts;
    },
    foreignTargets: (zoneName) => zones.get(lowerCase(zoneName))?.foreignTargets ?? [],
    get network() {
      return network;
    },
    setResources(declared) {
      if (declared !== resources && (declared.length > 0 || resources.length > 0)) {
        revision += 1;
        resources = declared;
        network = new ProgramNetwork(declared);
      }
    },
    addZone(zone) {
      const known = zones.get(lowerCase(zone.zoneName));
      if (JSON.stringify(known) !== JSON.stringify(zone)) {
        revision += 1;
        zones.set(lowerCase(zone.zoneName), zone);
      }
    },
    zone: (zoneName) => zones.get(lowerCase(zoneName)),
    get revision() {
      return revision;
    },
    today: facts.today,
  };
  facts.hosts?.forEach(index.addHost);
  facts.groups?.forEach(index.addGroup);
  return index;
}

const lowerCase = (text: string) => text.toLowerCase();

/** Puts an item into a list at its place in the order of the program; most come in this order. */
function insert<Item>(
  map: Map<string, Item[]>,
  key: string,
  item: Item,
  orderOf: (item: Item) => number,
): void {
  const items = map.get(key) ?? [];
  map.set(key, items);
  const order = orderOf(item);
  let end = items.length;
  while (end > 0 && orderOf(items[end - 1]) > order) {
    end -= 1;
  }
  items.splice(end, 0, item);
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

/** The known KMS hosts of a group, each once, with its path among the group's arguments. */
export function hostsOf({ args }: GroupFacts, index: ProgramIndex): { host: HostFacts; path: string }[] {
  const hosts = args.hosts ?? [];
  return hosts.flatMap((name, place) => {
    const host = index.host(name);
    return host === undefined || hosts.indexOf(name) !== place ? [] : [{ host, path: `hosts[${place}]` }];
  });
}
