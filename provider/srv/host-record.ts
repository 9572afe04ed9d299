import { azureClients } from "../azure/clients";
import { parsePrivateZoneId } from "../azure/resource-ids";
import { RecordPublisher } from "../catalog/constants";
import type { Clock } from "../engine/clock";
import { KmsError } from "../errors/kms-error";
import { refuseStopped } from "../machine/stopped";
import { azurePrivateDns } from "./azure-private-dns";
import { rfc2136 } from "./dynamic-update";
import type { SrvRecordInputs, SrvRecordOutputs } from "./state";
import {
  canonicalName,
  kmsServiceName,
  sameEntry,
  type SrvData,
  type SrvSet,
  type SrvZone,
  type ZoneAddress,
} from "./zone";
import { counted } from "../rules/diagnostic";

/*
 * What one KMS host has in a zone: its SRV record, and its address record where the package keeps one.
 */

/** A host's record, in inputs and in outputs. */
type HostRecord = Omit<SrvRecordInputs, "kind">;

/**
 * The zone that a host's record is written to; undefined where the package writes nothing.
 * @param stop once it is aborted, nothing more is begun in the zone
 */
export const openZone = (
  { zone, readOnly }: Pick<HostRecord, "zone" | "readOnly">,
  stop?: AbortSignal,
): SrvZone | undefined => (readOnly ? undefined : openAddress(zone, stop));

function openAddress(
  { zoneName, azurePrivateZoneId, dynamicUpdate }: ZoneAddress,
  signal?: AbortSignal,
): SrvZone | undefined {
  if (dynamicUpdate !== undefined) {
    return rfc2136({ zoneName, ...dynamicUpdate }, { signal });
  }
  if (azurePrivateZoneId === undefined) {
    return undefined;
  }
  const { subscriptionId } = parsePrivateZoneId(azurePrivateZoneId);
  return azurePrivateDns(azurePrivateZoneId, azureClients(process.env).privateDns(subscriptionId), {
    signal,
  });
}

/** The record itself. */
export const dataOf = ({ priority, weight, port, target }: SrvData): SrvData => ({
  priority,
  weight,
  port,
  target,
});

/** Records of a set that point to the same host. */
const recordsOfTarget = (records: SrvData[], target: string) =>
  records.filter((record) => canonicalName(record.target) === canonicalName(target));

/** Whether a set has a host's record, port included. */
const isPublished = (expected: SrvData, records: SrvData[]) =>
  records.some((record) => sameEntry(record, expected) && record.port === expected.port);

/**
 * Gives the set the host's one record while the host is activated, and none while it is not. What else of the set points
 * to the host is removed, except where Windows publishes: its other records are its own business.
 * @returns the set afterwards
 */
export async function settleRecord(
  zone: SrvZone,
  host: HostRecord,
  clock: Clock,
  stop?: AbortSignal,
): Promise<SrvSet> {
  const { ttlSeconds, ready, publishedBy } = host;
  const record = dataOf(host);
  if (ready && publishedBy === RecordPublisher.Windows) {
    return { records: await untilPublished(zone, record, clock, stop) };
  }
  await (ready ? zone.add(record, ttlSeconds, isDeclaredIn(host.zone)) : zone.remove(record));
  const set = await zone.read();
  for (const extra of recordsOfTarget(set.records, record.target)) {
    if (!ready || !sameEntry(extra, record)) {
      await zone.remove(extra);
    }
  }
  return set;
}

/** Whether the program declares a record's target. */
const isDeclaredIn =
  (zone: ZoneAddress) =>
  (record: SrvData): boolean =>
    undeclaredTargets(zone, [record]).length === 0;

/** Another time to live that a set keeps because of records of others, with their targets. */
export function keptTtl(
  host: HostRecord,
  { records, ttlSeconds }: SrvSet,
): { ttlSeconds: number; targets: string[] } | undefined {
  const isPackages = host.ready && host.publishedBy !== RecordPublisher.Windows;
  const targets = undeclaredTargets(host.zone, records);
  return isPackages && ttlSeconds !== undefined && ttlSeconds !== host.ttlSeconds && targets.length > 0
    ? { ttlSeconds, targets }
    : undefined;
}

/** Gives the host name its address; @returns other addresses that it has in the zone. */
export async function settleAddress(
  zone: SrvZone,
  { computerName, addressRecord, ttlSeconds }: HostRecord,
): Promise<string[]> {
  if (zone.addresses === undefined || addressRecord === undefined) {
    return [];
  }
  // Nothing comes after the write, so that it is known to be done.
  const present = await zone.addresses.list(computerName);
  await zone.addresses.add(computerName, addressRecord, ttlSeconds);
  return present.filter((address) => address !== addressRecord);
}

const publishMinutes = 2;
const pauseMilliseconds = 5000;

/**
 * The zone's records, once Windows has put the host's own one among them. Windows publishes in the background after
 * the activation, so that the record may come a little later.
 * @param stop once it is aborted, nothing is waited for
 * @throws KmsError KMS5035 when it does not come
 */
export async function untilPublished(
  zone: SrvZone,
  expected: SrvData,
  clock: Clock,
  stop?: AbortSignal,
): Promise<SrvData[]> {
  const end = clock.now() + publishMinutes * 60_000;
  for (;;) {
    const records = await zone.list();
    if (isPublished(expected, records)) {
      return records;
    }
    if (clock.now() >= end) {
      const seen = records.length === 0 ? `no record of ${kmsServiceName}` : records.map(inWords).join(", ");
      const values = { zone: zone.name, given: inWords(expected), minutes: publishMinutes, seen };
      throw new KmsError("KMS5035", { property: "zones", values });
    }
    refuseStopped(`the record of ${expected.target} in ${zone.name}`, { signal: stop });
    await clock.sleep(pauseMilliseconds, stop);
  }
}

/** A record as zone files and `dig` write it. */
const inWords = ({ priority, weight, port, target }: SrvData) => `${priority} ${weight} ${port} ${target}`;

/** What is wrong with what a host has in a zone, in words. */
export async function hostDrift(zone: SrvZone, host: SrvRecordOutputs): Promise<string[]> {
  const { computerName, addressRecord, ready, publishedBy } = host;
  const drift: string[] = [];
  if (zone.addresses !== undefined && addressRecord !== undefined) {
    const addresses = await zone.addresses.list(computerName);
    if (!addresses.includes(addressRecord)) {
      const seen = addresses.length === 0 ? "no address" : addresses.join(", ");
      drift.push(`its name ${computerName} has ${seen} in the zone, expected ${addressRecord}`);
    }
  }
  if (ready) {
    const { records, ttlSeconds } = await zone.read();
    const byWindows = publishedBy === RecordPublisher.Windows;
    drift.push(...(byWindows && isPublished(host, records) ? [] : recordDrift(host, records)));
    // That of others is none of ours, and a server may shorten what it is given.
    const isAlone = records.every((record) => sameEntry(record, host));
    if (
      !byWindows &&
      isAlone &&
      host.zone.azurePrivateZoneId !== undefined &&
      ttlSeconds !== undefined &&
      ttlSeconds !== host.ttlSeconds
    ) {
      drift.push(
        `its record set has a time to live of ${counted(ttlSeconds, "second")}, expected ${host.ttlSeconds}`,
      );
    }
  }
  return drift;
}

function recordDrift(expected: SrvData, records: SrvData[]): string[] {
  const own = recordsOfTarget(records, expected.target);
  const entries = own.filter((record) => sameEntry(record, expected));
  const ports = entries.map(({ port }) => port);
  const extra = own.filter((record) => !sameEntry(record, expected));
  const drift: string[] = [];
  if (entries.length === 0) {
    drift.push(`its SRV record ${expected.target}:${expected.port} is missing from the zone`);
  } else if (entries.length > 1) {
    drift.push(
      `its SRV record is there ${counted(entries.length, "time")}, with the ports ${ports.join(", ")}`,
    );
  } else if (ports[0] !== expected.port) {
    drift.push(`its SRV record has port ${ports[0]}, expected ${expected.port}`);
  }
  extra.forEach(({ priority, weight, port }) =>
    drift.push(
      `the zone has one more SRV record of it, with priority ${priority}, weight ${weight}, port ${port}`,
    ),
  );
  return drift;
}

/**
 * Targets of the program by zone name. All SRV records of an engine run are checked and written by one process, and only
 * the check sees those that have nothing to write.
 */
const declared = new Map<string, Set<string>>();

/** Remembers that the program declares a record to this target. */
export function declareTarget({ zoneName }: ZoneAddress, target: string): void {
  const targets = declared.get(canonicalName(zoneName)) ?? new Set();
  declared.set(canonicalName(zoneName), targets.add(canonicalName(target)));
}

/** Which of these targets nobody in the program has declared so far, each once. */
export function undeclaredTargets({ zoneName }: ZoneAddress, records: SrvData[]): string[] {
  const known = declared.get(canonicalName(zoneName));
  const targets = new Set(records.map(({ target }) => canonicalName(target)));
  return [...targets].filter((target) => known?.has(target) !== true).sort();
}
