import type * as pulumi from "@pulumi/pulumi";
import { type ZoneAddress, openSrvZone, zoneIdentity, zoneNameOf } from "../dns/open-srv-zone";
import { type SrvData, type SrvZone, kmsServiceName, sameEntry } from "../dns/srv-zone";
import { isNameOf, whyNoFullHostName } from "../rules/host-name";
import { type Verdict, verdict } from "../rules/verdict";
import { checkFailures } from "./check-failures";
import { type Clock, systemClock } from "./clock";
import { declareTarget, undeclaredTargets } from "./declared-targets";
import type { Handler } from "./handler";
import { isPublished, untilPublished } from "./host-published";
import { report } from "./report";
import type { SrvRecordInputs, SrvRecordOutputs } from "./srv-record";
import { recordDrift, recordsOfTarget } from "./srv-record-drift";
import { containsUnknown } from "./unknown";

/** The handler of SRV records, on a clock for the wait for hosts that publish themselves. */
export const srvRecordHandlerOn = (clock: Clock): Handler<SrvRecordInputs, SrvRecordOutputs> => ({
  check({ zone, target, computerName }) {
    if (containsUnknown(target)) {
      return [];
    }
    if (!isZoneUnknown(zone)) {
      declareTarget(zone, target);
    }
    return checkFailures(targetVerdicts(target, containsUnknown(computerName) ? undefined : computerName));
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
function targetVerdicts(target: string, computerName: string | undefined): Verdict[] {
  const reason = whyNoFullHostName(target);
  if (reason !== undefined) {
    return [verdict("KMS5012", "error", "srvRecords", { given: target, reason })];
  }
  return computerName === undefined || isNameOf(target, computerName)
    ? []
    : [verdict("KMS5013", "error", "srvRecords", { given: target, allowed: computerName })];
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
  tellStrangers(
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
function tellStrangers({ name, zone }: SrvRecordInputs, targets: string[]): void {
  const strangers = undeclaredTargets(zone, targets);
  if (strangers.length > 0) {
    report(
      name,
      `${zoneNameOf(zone)} also sends KMS clients to hosts that this program does not declare: ${strangers.join(", ")}`,
    );
  }
}
