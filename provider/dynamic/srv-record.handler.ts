import type * as pulumi from "@pulumi/pulumi";
import { type ZoneAddress, openSrvZone, zoneIdentity, zoneNameOf } from "../dns/open-srv-zone";
import { type SrvData, kmsServiceName, sameEntry } from "../dns/srv-zone";
import { isNameOf, whyNoFullHostName } from "../rules/host-name";
import { type Verdict, verdict } from "../rules/verdict";
import { checkFailures } from "./check-failures";
import { declareTarget, undeclaredTargets } from "./declared-targets";
import type { Handler } from "./handler";
import { report } from "./report";
import type { SrvRecordInputs, SrvRecordOutputs } from "./srv-record";
import { recordDrift, recordsOfTarget } from "./srv-record-drift";
import { containsUnknown } from "./unknown";

export const srvRecordHandler: Handler<SrvRecordInputs, SrvRecordOutputs> = {
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
      olds.ttlSeconds !== news.ttlSeconds;
    olds.drift.forEach((difference) => report(olds.name, difference));
    return { changes: movedZone || changed || olds.drift.length > 0, replaces: movedZone ? ["zone"] : [] };
  },

  async create(inputs) {
    return {
      id: `${zoneNameOf(inputs.zone)}/${kmsServiceName}/${inputs.target}`,
      outs: await publish(inputs),
    };
  },

  async read(_id, olds) {
    if (!olds.ready) {
      return olds;
    }
    return { ...olds, drift: recordDrift(olds, await openSrvZone(olds.zone).list()) };
  },

  async update(_id, olds, news) {
    const outs = await publish(news);
    if (!sameEntry(olds, news)) {
      await openSrvZone(news.zone).remove(dataOf(olds));
    }
    return outs;
  },

  remove: (_id, olds) => openSrvZone(olds.zone).remove(dataOf(olds)),
};

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

/** Puts the host's record in the zone, takes away what else points to the host there, and tells of strangers. */
/** The host's one record in the zone while it is activated, and none while it is not. */
async function publish(inputs: SrvRecordInputs): Promise<SrvRecordOutputs> {
  const { name, zone, ttlSeconds, ready } = inputs;
  const record = dataOf(inputs);
  const driver = openSrvZone(zone);
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
  tellStrangers(
    inputs,
    records.map(({ target }) => target),
  );
  return { name, zone, ttlSeconds, ready, ...record, drift: [] };
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
