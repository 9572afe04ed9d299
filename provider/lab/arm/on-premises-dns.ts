import { Resolver } from "node:dns/promises";
import type { LabSrvRecord } from "../windows/network";

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

const patience = { timeout: 1000, tries: 2 };

/** The zone as its DNS server has it now; empty when that does not answer. */
export async function lookUpZone(zone: OnPremisesZone): Promise<OnPremisesZone> {
  const { zoneName, server } = zone;
  if (server === undefined) {
    return zone;
  }
  const resolver = new Resolver(patience);
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
