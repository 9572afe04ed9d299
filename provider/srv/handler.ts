import type * as pulumi from "@pulumi/pulumi";
import { type Clock, systemClock } from "../engine/clock";
import { checkFailures, type Handler, report } from "../engine/handler";
import { containsUnknown } from "../engine/inputs";
import { KmsError } from "../errors/kms-error";
import { isNameOf, whyNoFullHostName } from "../rules/names";
import { diagnostic, type Diagnostic } from "../rules/diagnostic";
import { openSrvZone, type ZoneAddress, zoneIdentity, zoneNameOf } from "./open-zone";
import type { SrvRecordInputs, SrvRecordOutputs } from "./record";
import { canonicalName, kmsServiceName, sameEntry, type SrvData, type SrvZone } from "./zone";

/**
 * Targets of the program by zone. All SRV records of an engine run are checked and written by one process, and only the
 * check sees those that have nothing to write.
 */
const declared = new Map<string, Set<string>>();

/** Remembers that the program declares a record to this target. */
export function declareTarget(zone: ZoneAddress, target: string): void {
  const targets = declared.get(zoneIdentity(zone)) ?? new Set();
  declared.set(zoneIdentity(zone), targets.add(canonicalName(target)));
}

/** Which of these targets nobody in the program has declared so far, each once. */
export function undeclaredTargets(zone: ZoneAddress, targets: string[]): string[] {
  const known = declared.get(zoneIdentity(zone));
  return [...new Set(targets.map(canonicalName))].filter((target) => known?.has(target) !== true).sort();
}

const patienceMinutes = 2;
const pauseMilliseconds = 5000;

/** Whether a set has a host's record, port included. */
export const isPublished = (wanted: SrvData, records: SrvData[]) =>
  records.some((record) => sameEntry(record, wanted) && record.port === wanted.port);

/**
 * The zone's records, once Windows has put the host's own one among them. Windows publishes in the background after
 * the activation, so that the record may come a little later.
 * @throws KmsError KMS5035 when it does not come
 */
export async function untilPublished(zone: SrvZone, wanted: SrvData, clock: Clock): Promise<SrvData[]> {
  const end = clock.now() + patienceMinutes * 60_000;
  for (;;) {
    const records = await zone.list();
    if (isPublished(wanted, records)) {
      return records;
    }
    if (clock.now() >= end) {
      const seen = records.length === 0 ? `no record of ${kmsServiceName}` : records.map(inWords).join(", ");
      const values = { zone: zone.name, given: inWords(wanted), minutes: patienceMinutes, seen };
      throw new KmsError("KMS5035", { property: "dnsPublishing", values });
    }
    await clock.sleep(pauseMilliseconds);
  }
}

/** A record as zone files and `dig` write it. */
const inWords = ({ priority, weight, port, target }: SrvData) => `${priority} ${weight} ${port} ${target}`;

/** Records of a set that point to the same host. */
export const recordsOfTarget = (records: SrvData[], target: string) =>
  records.filter((record) => canonicalName(record.target) === canonicalName(target));

/** What is wrong with a host's record in a set, in words. */
export function recordDrift(wanted: SrvData, records: SrvData[]): string[] {
  const own = recordsOfTarget(records, wanted.target);
  const entries = own.filter((record) => sameEntry(record, wanted));
  const ports = entries.map(({ port }) => port);
  const extra = own.filter((record) => !sameEntry(record, wanted));
  const drift: string[] = [];
  if (entries.length === 0) {
    drift.push(`its SRV record ${wanted.target}:${wanted.port} is missing from the zone`);
  } else if (entries.length > 1) {
    drift.push(`its SRV record is there ${entries.length} times, with the ports ${ports.join(", ")}`);
  } else if (ports[0] !== wanted.port) {
    drift.push(`its SRV record has port ${ports[0]}, wanted ${wanted.port}`);
  }
  extra.forEach(({ priority, weight, port }) =>
    drift.push(
      `the zone has one more SRV record of it, with priority ${priority}, weight ${weight}, port ${port}`,
    ),
  );
  return drift;
}

/** The handler of SRV records, on a clock for the wait for hosts that publish themselves. */
export const srvRecordHandlerOn = (clock: Clock): Handler<SrvRecordInputs, SrvRecordOutputs> => ({
  check({ zone, target, computerName }) {
    if (containsUnknown(target)) {
      return [];
    }
    if (!isZoneUnknown(zone)) {
      declareTarget(zone, target);
    }
    return checkFailures(targetDiagnostics(target, containsUnknown(computerName) ? undefined : computerName));
  },

  diff(olds, news): pulumi.dynamic.DiffResult {
    const movedZone = isZoneUnknown(news.zone) || zoneIdentity(news.zone) !== zoneIdentity(olds.zone);
    const changed =
      containsUnknown({ ...news, ready: olds.ready }) ||
      (!containsUnknown(news.ready) && news.ready !== olds.ready) ||
      JSON.stringify(news.zone) !== JSON.stringify(olds.zone) ||
      !sameEntry(olds, news) ||
      olds.port !== news.port ||
      olds.ttlSeconds !== news.ttlSeconds ||
      olds.publishedBy !== news.publishedBy;
    olds.drift.forEach((difference) => report(olds.name, difference));
    return { changes: movedZone || changed || olds.drift.length > 0, replaces: movedZone ? ["zone"] : [] };
  },

  async create(inputs) {
    return {
      id: `${zoneNameOf(inputs.zone)}/${kmsServiceName}/${inputs.target}`,
      outs: await settleRecord(inputs, clock),
    };
  },

  async read(_id, olds) {
    if (!olds.ready) {
      return olds;
    }
    return { ...olds, drift: driftOf(olds, await openSrvZone(olds.zone).list()) };
  },

  async update(_id, olds, news) {
    const outs = await settleRecord(news, clock);
    if (!sameEntry(olds, news)) {
      await openSrvZone(news.zone).remove(dataOf(olds));
    }
    return outs;
  },

  /** A host that publishes itself leaves its record behind, so that is removed here as well. */
  remove: (_id, olds) => openSrvZone(olds.zone).remove(dataOf(olds)),
});

/** The handler of SRV records in the time of this machine. */
export const srvRecordHandler = srvRecordHandlerOn(systemClock);

/** Whether it is not known yet which zone it is; servers and key do not matter for that. */
const isZoneUnknown = (zone: ZoneAddress) =>
  containsUnknown(zone) &&
  (zone.rfc2136 === undefined || containsUnknown(zone.rfc2136.zoneName ?? zone.rfc2136));

/** The target as the preview sees it, for names that are known only here. */
function targetDiagnostics(target: string, computerName: string | undefined): Diagnostic[] {
  const reason = whyNoFullHostName(target);
  if (reason !== undefined) {
    return [diagnostic("KMS5012", "error", "srvRecords", { given: target, reason })];
  }
  return computerName === undefined || isNameOf(target, computerName)
    ? []
    : [diagnostic("KMS5013", "error", "srvRecords", { given: target, allowed: computerName })];
}

const dataOf = ({ priority, weight, port, target }: SrvData): SrvData => ({ priority, weight, port, target });

/** Records of a host that publishes itself are its own business, as long as the wanted one is among them. */
const driftOf = (olds: SrvRecordOutputs, records: SrvData[]) =>
  olds.publishedBy === "host" && isPublished(olds, records) ? [] : recordDrift(olds, records);

/** The host's record in the zone while it is activated, and none while it is not; tells of strangers there. */
async function settleRecord(inputs: SrvRecordInputs, clock: Clock): Promise<SrvRecordOutputs> {
  const { name, zone, ttlSeconds, ready, publishedBy } = inputs;
  const record = dataOf(inputs);
  const driver = openSrvZone(zone);
  const records =
    ready && publishedBy === "host"
      ? await untilPublished(driver, record, clock)
      : await writeRecord(driver, inputs);
  reportForeignRecords(
    inputs,
    records.map(({ target }) => target),
  );
  return { name, zone, ttlSeconds, ready, publishedBy, ...record, drift: [] };
}

/** Writes the host's one record, or removes it, and takes away what else points to the host in the zone. */
async function writeRecord(driver: SrvZone, inputs: SrvRecordInputs): Promise<SrvData[]> {
  const { ttlSeconds, ready } = inputs;
  const record = dataOf(inputs);
  if (ready) {
    await driver.add(record, ttlSeconds);
  } else {
    await driver.remove(record);
  }
  const records = await driver.list();
  for (const extra of recordsOfTarget(records, record.target)) {
    if (!ready || !sameEntry(extra, record)) {
      await driver.remove(extra);
    }
  }
  return records;
}

/** Other hosts in the zone are left alone, but clients may choose them. */
function reportForeignRecords({ name, zone }: SrvRecordInputs, targets: string[]): void {
  const strangers = undeclaredTargets(zone, targets);
  if (strangers.length > 0) {
    report(
      name,
      `${zoneNameOf(zone)} also sends KMS clients to hosts that this program does not declare: ${strangers.join(", ")}`,
    );
  }
}
