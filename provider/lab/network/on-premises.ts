import { Resolver } from "node:dns/promises";
import { limits, rfc2136 } from "pulumi-windows-kms/bin/provider/testing";
import type { MachineSnapshot } from "../windows/licensing-state";
import type { LabSrvRecord } from "../windows/world";
import type { NetworkEndpoint } from "./endpoint";

/** Addresses of the network outside Azure; a gateway joins it to every virtual network. */
export const onPremisesPrefix = "192.168.0.0/16";

/** Its ID beside those of virtual networks. */
export const onPremisesNetwork = "on-premises";

const machinesPerSubnet = 250;

/** Machines outside Azure and the DNS zones that they see. */
export interface OnPremises {
  /** Gives a new machine an address in the network. */
  add(machine: { machineId: string; computerName: string; dnsSuffix: string }): void;
  endpoints(): NetworkEndpoint[];
  endpoint(machineId: string): NetworkEndpoint | undefined;
  setZone(zone: OnPremisesZone): void;
  zones(): OnPremisesZone[];
  /** The records of `_vlmcs._tcp` in a zone. */
  srvRecords(zoneName: string): LabSrvRecord[];
  /** The address of a full name, in lower case, by a zone's records. */
  addressOf(name: string): string | undefined;
}

/** A network without machines. */
export function createOnPremises(): OnPremises {
  const endpoints = new Map<string, NetworkEndpoint>();
  const zones = new Map<string, OnPremisesZone>();
  return {
    add({ machineId, computerName, dnsSuffix }) {
      const endpoint = {
        machineId,
        computerName,
        dnsSuffix: dnsSuffix.toLowerCase(),
        address: addressNumber(endpoints.size),
        networkId: onPremisesNetwork,
        subnetId: "",
        applicationSecurityGroupIds: [],
        publicAddress: false,
      };
      endpoints.set(machineId, endpoint);
    },
    endpoints: () => [...endpoints.values()],
    endpoint: (machineId) => endpoints.get(machineId),
    setZone: (zone) => void zones.set(zone.zoneName, zone),
    zones: () => [...zones.values()],
    srvRecords: (zoneName) => (zones.get(zoneName) ?? emptyZone(zoneName)).srv,
    addressOf: (name) => [...zones.values()].map(({ addresses }) => addresses.get(name)).find(Boolean),
  };
}

const addressNumber = (index: number) =>
  `192.168.${1 + Math.floor(index / machinesPerSubnet)}.${1 + (index % machinesPerSubnet)}`;

const kmsService = "_vlmcs._tcp";

/** What machines outside Azure see of one DNS zone. */
export interface OnPremisesZone {
  /** Lower case. */
  zoneName: string;
  /** `ADDRESS:PORT` of the DNS server that has the zone; without one the records stay as they are given. */
  server?: string;
  srv: LabSrvRecord[];
  /** Address by full name, in lower case. */
  addresses: Map<string, string>;
}

/** A zone without records. */
export const emptyZone = (zoneName: string, server?: string): OnPremisesZone => ({
  zoneName,
  ...(server !== undefined && { server }),
  srv: [],
  addresses: new Map(),
});

const lookUpOptions = { timeout: 1000, tries: 2 };

/** The zone as its DNS server has it now; empty when that does not answer. */
export async function lookUpZone(zone: OnPremisesZone): Promise<OnPremisesZone> {
  const { zoneName, server } = zone;
  if (server === undefined) {
    return zone;
  }
  const resolver = new Resolver(lookUpOptions);
  resolver.setServers([server]);
  const found = await resolver.resolveSrv(`${kmsService}.${zoneName}`).catch(() => []);
  const srv = found.map(({ priority, weight, port, name }) => ({
    priority,
    weight,
    port,
    target: name.toLowerCase(),
  }));
  const pairs = await Promise.all(
    [...new Set(srv.map(({ target }) => target))].map(async (target) => {
      const [address] = await resolver.resolve4(target).catch(() => []);
      return [target, address ?? ""] as const;
    }),
  );
  return { zoneName, server, srv, addresses: new Map(pairs.filter(([, address]) => address !== "")) };
}

/** Windows' own time to live of the record. */
const ttlSeconds = 3600;

/** One look at a server that does not answer or refuses; Windows would come back a day later. */
const updateOptions = { timeoutMilliseconds: 1000, udpTries: 1, attempts: 2 };

/**
 * What Windows on a KMS host does when it publishes itself: unsigned dynamic updates to the DNS servers of the zones in
 * its publish list, or of its own domain without one. Whether the list replaces the own domain or adds to it, Microsoft's
 * pages contradict each other; here it replaces it. The daily repetition is not simulated.
 */
export async function publishHost(
  onPremises: OnPremises,
  before: MachineSnapshot,
  after: MachineSnapshot,
): Promise<void> {
  const { publishedPort: port = limits.kmsPort, publishList } = after;
  const domain = onPremises.endpoint(after.id)?.dnsSuffix;
  if (domain === undefined || after.publications === before.publications) {
    return;
  }
  const target = `${after.computerName}.${domain}`.toLowerCase();
  await Promise.all(
    (publishList ?? [domain]).map(async (line) => {
      const [name, priority = "0", weight = "0"] = line.split(",").map((part) => part.trim());
      const zone = onPremises.zones().find(({ zoneName }) => zoneName === name.toLowerCase());
      if (zone?.server !== undefined) {
        await rfc2136({ zoneName: zone.zoneName, servers: [zone.server] }, updateOptions)
          .add({ priority: Number(priority), weight: Number(weight), port, target }, ttlSeconds)
          .catch(() => undefined); // Windows logs event 12293, and the KMS host serves without a record
      }
    }),
  );
}
