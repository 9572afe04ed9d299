import * as packet from "dns-packet";
import { type DnsRequest, type WireRecord, opcode, recordClass, recordType } from "./dns-message";
import { type SrvData, kmsServiceName } from "./srv-zone";

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
export function updateRequest(zoneName: string, change: SrvChange): Omit<DnsRequest, "id"> {
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
