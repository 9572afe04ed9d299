import { setTimeout } from "node:timers/promises";
import type * as packet from "dns-packet";
import { KmsError } from "../errors/kms-error";
import { type ClientSettings, dnsClient } from "./dns-client";
import { type SrvData, type SrvZone, canonicalName, sameEntry } from "./srv-zone";
import { tsigKey } from "./tsig-key";
import { type SrvChange, listRequest, setName, updateRequest } from "./update-message";

/** Where a zone is that takes dynamic updates, with the key that signs them. */
export interface DnsUpdateAddress {
  zoneName: string;
  /** Servers that are asked in this order, each an address or a name, with a port when it is not 53. */
  servers: string[];
  /** Name of the TSIG key; without one, updates are not signed. */
  keyName?: string;
  /** @default "hmac-sha256" */
  keyAlgorithm?: string;
  /** Secret of the key, base64; secret. */
  keySecret?: string;
}

/** How the servers are dealt with. */
export interface DnsUpdateSettings extends ClientSettings {
  /** How often a change is tried until the zone shows it. */
  attempts: number;
  firstPauseMilliseconds: number;
}

const usual: DnsUpdateSettings = {
  timeoutMilliseconds: 3000,
  udpTries: 2,
  attempts: 20,
  firstPauseMilliseconds: 50,
  nowSeconds: () => Math.floor(Date.now() / 1000),
};

/** The set as a server of the zone has it. */
interface SrvSet {
  records: SrvData[];
  ttlSeconds?: number;
}

/** The `_vlmcs._tcp` set of a zone, changed record by record with dynamic updates (RFC 2136), signed by TSIG. */
export function rfc2136(address: DnsUpdateAddress, settings: Partial<DnsUpdateSettings> = {}): SrvZone {
  const { zoneName } = address;
  const how = { ...usual, ...settings };
  const client = dnsClient(zoneName, address.servers, tsigKey(address), how);

  const read = async (): Promise<SrvSet> =>
    setIn(await client.ask(listRequest(zoneName), ["NOERROR", "NXDOMAIN"]), address);

  /** Asks for the change until the zone shows that none is left; lost answers and other writers need no other care. */
  const settle = async (changeFor: (set: SrvSet, attempt: number) => SrvChange | undefined) => {
    for (let attempt = 1; ; attempt++) {
      const change = changeFor(await read(), attempt);
      if (change === undefined) {
        return;
      }
      if (attempt > how.attempts) {
        throw new KmsError("KMS5032", { values: { zone: zoneName, given: how.attempts } });
      }
      if (attempt > 2) {
        await setTimeout(how.firstPauseMilliseconds * Math.min(attempt, 10) * (0.5 + Math.random()));
      }
      await client.ask(updateRequest(zoneName, change), ["NOERROR", "NXRRSET"]);
    }
  };

  return {
    name: zoneName,
    list: async () => (await read()).records,
    add: (record, ttlSeconds) =>
      settle((set, attempt) => {
        const own = set.records.filter((other) => sameEntry(other, record));
        const old = own.filter(({ port }) => port !== record.port);
        const published = own.length === 1 && old.length === 0;
        // Servers may limit the time to live, so that only the first look insists on it.
        if (published && (attempt > 1 || set.ttlSeconds === ttlSeconds)) {
          return undefined;
        }
        const change = { remove: old, add: [record], ttlSeconds };
        return old.length === 0 ? change : { ...change, onlyIf: set.records };
      }),
    remove: (record) =>
      settle(({ records }) => {
        const own = records.filter((other) => sameEntry(other, record));
        return own.length === 0 ? undefined : { remove: own, add: [], ttlSeconds: 0 };
      }),
  };
}

/** The set in an answer, which must be a server's of this very zone: a cache or a zone above may be out of date. */
function setIn(answer: packet.DecodedPacket, { zoneName, servers }: DnsUpdateAddress): SrvSet {
  const found = (answer.answers ?? []).filter(
    (record): record is packet.SrvAnswer =>
      record.type === "SRV" && canonicalName(record.name) === canonicalName(setName(zoneName)),
  );
  const start = answer.authorities?.find(({ type }) => type === "SOA");
  const elsewhere = start !== undefined && canonicalName(start.name) !== canonicalName(zoneName);
  if (!answer.flag_aa || elsewhere) {
    throw new KmsError("KMS5021", { values: { zone: zoneName, servers: servers.join(", ") } });
  }
  return {
    records: found.map(({ data: { priority = 0, weight = 0, port, target } }) => ({
      priority,
      weight,
      port,
      target,
    })),
    ttlSeconds: found[0]?.ttl,
  };
}
