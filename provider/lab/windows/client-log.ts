import {
  type ClientQuery,
  clientsInAnswer,
  type HeardClients,
} from "pulumi-windows-kms/bin/provider/testing";
import { createHash } from "node:crypto";
import type { ClientRecord, WindowsMachine } from "./windows-machine";

/*
 * The event log of a KMS host, Applications and Services Logs\\Key Management Service: one record of each request.
 * Source of the fields: learn.microsoft.com/previous-versions ff793440, table 11.
 */

/** About what a record takes in the log. */
const recordBytes = 600;

const millisecondsPerDay = 24 * 60 * 60_000;

/** Logs a request, and drops the oldest records where the log is full. */
export function logClientRequest(
  host: WindowsMachine,
  { clientName, clientMachineId }: { clientName: string; clientMachineId: string },
  hresult: string | undefined,
  now: number,
): void {
  host.clientLog.push({ time: now, result: hresult ?? "0x00000000", name: clientName, clientMachineId });
  const kept = Math.floor(host.maximumLogBytes / recordBytes);
  host.clientLog.splice(0, Math.max(0, host.clientLog.length - kept));
}

/** What the licensing script reads off the log. */
export function heardClients(host: WindowsMachine, query: ClientQuery, now: number): HeardClients {
  const since = now - query.sinceDays * millisecondsPerDay;
  const newest = new Map<string, ClientRecord>();
  const shared = new Set<string>();
  for (const record of host.clientLog.filter(({ time }) => time >= since)) {
    const name = record.name.split(".")[0].toLowerCase();
    const before = newest.get(name);
    if (before !== undefined && before.clientMachineId !== record.clientMachineId) {
      shared.add(name);
    }
    newest.set(name, record);
  }
  const hashes = [...newest]
    .filter(([name, { result }]) => /^0x0+$/.test(result) && !shared.has(name))
    .map(([name]) => createHash("sha256").update(name).digest())
    .filter((hash) => hash[0] % query.parts === query.part)
    .map((hash) => hash.subarray(0, 4))
    .sort((one, other) => Buffer.compare(one, other));
  const [oldest] = host.clientLog;
  return {
    names: Buffer.concat(hashes.slice(0, clientsInAnswer)).toString("base64"),
    more: Math.max(0, hashes.length - clientsInAnswer),
    oldest: oldest === undefined ? null : `${new Date(oldest.time).toISOString().slice(0, 19)}Z`,
  };
}
