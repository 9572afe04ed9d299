import * as packet from "dns-packet";
import { setTimeout } from "node:timers/promises";
import { KmsError } from "../errors/kms-error";
import { refuseStopped } from "../machine/stopped";
import { type ClientSettings, dnsClient } from "./dns-client";
import { type DnsRequest, opcode, recordClass, recordType, type WireRecord } from "./dns-message";
import { tsigKey } from "./tsig";
import {
  canonicalName,
  kmsServiceName,
  sameEntry,
  settledTtl,
  type SrvData,
  type SrvSet,
  type SrvZone,
  type TsigKeyAddress,
} from "./zone";

/** What one update does to the `_vlmcs._tcp` set of a zone; all or nothing. */
export interface SrvChange {
  remove: SrvData[];
  add: SrvData[];
  ttlSeconds: number;
  /** The set that the change was made for; the server refuses it (NXRRSET) when the set is another by now. */
  onlyIf?: SrvData[];
}

/** Name of the record set of a zone. */
export const setName = (zoneName: string) => `${kmsServiceName}.${zoneName}`;

/** The request for all records of the set, without recursion: only a server of the zone itself can answer. */
export function listRequest(zoneName: string): Omit<DnsRequest, "id"> {
  const largestAnswerBytes = 1232;
  const edns = {
    name: ".",
    type: recordType.opt,
    class: largestAnswerBytes,
    ttlSeconds: 0,
    data: Buffer.alloc(0),
  };
  return {
    opcode: opcode.query,
    question: { name: setName(zoneName), type: recordType.srv },
    additionals: [edns],
  };
}

/** The request that changes the set. Records that it does not name stay. Source: RFC 2136 sections 2.4 and 2.5. */
function updateRequest(zoneName: string, change: SrvChange): Omit<DnsRequest, "id"> {
  const record = (ofClass: number, data?: SrvData, ttlSeconds = 0): WireRecord => ({
    name: setName(zoneName),
    type: recordType.srv,
    class: ofClass,
    ttlSeconds,
    data: data === undefined ? Buffer.alloc(0) : srvBytes(data),
  });
  // Beside an alias the server would drop the new record without a word.
  const noAlias: WireRecord = { ...record(recordClass.none), type: recordType.cname };
  return {
    opcode: opcode.update,
    question: { name: zoneName, type: recordType.soa },
    answers: [noAlias, ...(change.onlyIf ?? []).map((data) => record(recordClass.internet, data))],
    authorities: [
      ...change.remove.map((data) => record(recordClass.none, data)),
      ...change.add.map((data) => record(recordClass.internet, data, change.ttlSeconds)),
    ],
  };
}

/** The codec writes the length of the data before the data. */
const srvBytes = (data: SrvData) => packet.srv.encode(data).subarray(2);

/** Where a zone is that takes dynamic updates, with the key that signs them. */
export interface DnsUpdateAddress {
  zoneName: string;
  /** Servers that are asked in this order, each an address or a name, with a port when it is not 53. */
  servers: string[];
  /** Without a key, updates are not signed. */
  tsig?: TsigKeyAddress;
}

/** How often servers are asked, and how long they are waited for. */
export interface DnsUpdateSettings extends ClientSettings {
  /** How often a change is tried until the zone shows it. */
  attempts: number;
  firstPauseMilliseconds: number;
  /** Once it is aborted, no server is asked any more. */
  signal?: AbortSignal;
}

const usual: DnsUpdateSettings = {
  timeoutMilliseconds: 3000,
  udpTries: 2,
  attempts: 20,
  firstPauseMilliseconds: 50,
  nowSeconds: () => Math.floor(Date.now() / 1000),
};

/** The `_vlmcs._tcp` set of a zone, changed record by record with dynamic updates (RFC 2136), signed by TSIG. */
export function rfc2136(address: DnsUpdateAddress, settings: Partial<DnsUpdateSettings> = {}): SrvZone {
  const { zoneName } = address;
  const how = { ...usual, ...settings };
  const client = dnsClient(zoneName, address.servers, tsigKey(address.tsig), how);

  const read = async (): Promise<SrvSet> => {
    refuseStopped(zoneName, how);
    return setIn(await client.ask(listRequest(zoneName), ["NOERROR", "NXDOMAIN"]), address);
  };

  /** Repeats the change until the zone shows it, which also covers lost answers and other writers. */
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
        const pause = how.firstPauseMilliseconds * Math.min(attempt, 10) * (0.5 + Math.random());
        await setTimeout(pause, undefined, { signal: how.signal }).catch(() => undefined);
      }
      refuseStopped(zoneName, how);
      await client.ask(updateRequest(zoneName, change), ["NOERROR", "NXRRSET"]);
    }
  };

  return {
    name: zoneName,
    list: async () => (await read()).records,
    read,
    add: (record, wanted, isOurs) =>
      settle((set, attempt) => {
        const ttlSeconds = settledTtl(set, record, wanted, isOurs);
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
