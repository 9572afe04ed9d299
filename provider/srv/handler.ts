import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type * as pulumi from "@pulumi/pulumi";
import { changedInputs, type Comparisons } from "../engine/changes";
import { type Clock, systemClock } from "../engine/clock";
import { checkFailures, type Handler, PartialFailure, report, reportDiagnostics } from "../engine/handler";
import { containsUnknown } from "../engine/inputs";
import { stopSignal } from "../engine/stopping";
import { counted, diagnostic, type Diagnostic } from "../rules/diagnostic";
import { isNameOf, whyNoFullHostName } from "../rules/names";
import {
  dataOf,
  declareTarget,
  hostDrift,
  keptTtl,
  openZone,
  settleAddress,
  settleRecord,
  undeclaredTargets,
} from "./host-record";
import { confirm, isAddressAnothers, isRecordAnothers, ownerElsewhere } from "./ownership";
import type { SrvRecordInputs, SrvRecordOutputs } from "./state";
import { canonicalName, kmsServiceName, sameEntry, type SrvZone, zoneIdentity } from "./zone";

/**
 * The handler of SRV records, on a clock for the wait for hosts that Windows publishes.
 * @param stopping the signal after which nothing more is begun
 */
export const srvRecordHandlerOn = (
  clock: Clock,
  stopping: () => AbortSignal = stopSignal,
): Handler<SrvRecordInputs, SrvRecordOutputs> => ({
  check({ zone, target, computerName, readOnly }) {
    if (containsUnknown(target)) {
      return [];
    }
    if (!containsUnknown(zone?.zoneName ?? zone)) {
      declareTarget(zone, target);
    }
    const isHostKnown = !containsUnknown(computerName) && computerName !== "";
    return readOnly ? [] : checkFailures(targetDiagnostics(target, isHostKnown ? computerName : undefined));
  },

  diff(olds, news): pulumi.dynamic.DiffResult {
    reportDrift(olds, olds.drift);
    const moved = isMoved(olds, news);
    const changes = changedInputs(olds, news, comparisons).length > 0 || olds.drift.length > 0;
    if (!moved && !changes && !news.readOnly && olds.claim !== undefined) {
      confirm(olds, olds.claim);
    }
    return { changes: moved || changes, replaces: moved ? ["zone"] : [] };
  },

  async create(inputs) {
    const id = `${inputs.zone.zoneName}/${kmsServiceName}/${inputs.target}`;
    const zone = openZone(inputs, stopping());
    const claim = randomUUID();
    if (zone === undefined) {
      return { id, outs: outputs(inputs, claim) };
    }
    await writeAddress(zone, inputs);
    try {
      await writeRecord(zone, inputs, clock, stopping());
    } catch (error) {
      throw inputs.addressRecord === undefined
        ? error
        : new PartialFailure(id, outputs(inputs, claim, ["its SRV record was not written"]), error as Error);
    }
    confirm(inputs, claim);
    return { id, outs: outputs(inputs, claim) };
  },

  async read(_id, olds) {
    const zone = openZone(olds, stopping());
    if (zone === undefined) {
      return olds;
    }
    const drift = await hostDrift(zone, olds);
    reportDrift(olds, drift);
    return { ...olds, drift };
  },

  async update(_id, olds, news) {
    const zone = openZone(news, stopping());
    const { claim = randomUUID() } = olds;
    if (zone !== undefined) {
      await writeAddress(zone, news);
      await writeRecord(zone, news, clock, stopping());
      confirm(news, claim);
      await removeFormer(zone, { ...olds, claim }, news);
    }
    return outputs(news, claim);
  },

  /** Windows leaves the record of a host behind that it published, so that is removed here as well. */
  async remove(_id, olds) {
    const zone = openZone(olds, stopping());
    const owner = zone === undefined ? undefined : await ownerElsewhere(olds);
    if (owner !== undefined) {
      report(olds.name, `${olds.target} stays in ${olds.zone.zoneName}: it belongs to ${owner} now`);
    } else if (zone !== undefined) {
      await removeRecord(zone, olds);
      await removeAddress(zone, olds);
    }
  },
});

/** Reports what differs of a host's records, at preview and in a refresh. */
function reportDrift(
  { name, zone }: Pick<SrvRecordOutputs, "name" | "zone">,
  drift: readonly string[],
): void {
  if (drift.length > 0) {
    const values = { host: name, zone: zone.zoneName, differences: drift.join("; ") };
    reportDiagnostics(name, [diagnostic("KMS5043", "warning", "zones", values)]);
  }
}

/** The handler of SRV records in the time of this machine. */
export const srvRecordHandler = srvRecordHandlerOn(systemClock);

const comparisons: Comparisons<keyof Omit<SrvRecordInputs, "kind">, SrvRecordOutputs, SrvRecordInputs> = {
  name: "compare",
  zone: "compare",
  computerName: "compare",
  target: {
    because: "names have no case and may end with a period",
    changed: (olds, news) =>
      containsUnknown(news.target) || canonicalName(news.target) !== canonicalName(olds.target),
  },
  priority: "compare",
  weight: "compare",
  port: "compare",
  ttlSeconds: "compare",
  publishedBy: "compare",
  addressRecord: "compare",
  ready: {
    because:
      "it is unknown in each preview in which the host changes, and most hosts are activated afterwards too",
    changed: (olds, news) => !containsUnknown(news.ready) && news.ready !== olds.ready,
  },
  readOnly: "compare",
  entry: {
    because: "it is unknown in each preview in which the host changes, and the record stays the same",
    changed: (olds, news) =>
      !containsUnknown(news.entry) && !isDeepStrictEqual(olds.entry, news.entry ?? undefined),
  },
};

/**
 * Whether the record goes to another zone, so that it is made there and removed here. One that the package never wrote or
 * no longer manages stays where it is: handing a host over and taking it back delete nothing.
 */
function isMoved(olds: SrvRecordOutputs, { zone, readOnly }: SrvRecordInputs): boolean {
  const isOurs = !olds.readOnly && (olds.zone.azurePrivateZoneId ?? olds.zone.dynamicUpdate) !== undefined;
  if (!isOurs || readOnly) {
    return false;
  }
  const isUnknown = containsUnknown([zone?.zoneName ?? zone, zone?.azurePrivateZoneId]);
  return isUnknown || zoneIdentity(zone) !== zoneIdentity(olds.zone);
}

/** The target as the preview sees it, for names that are known only here. */
function targetDiagnostics(target: string, computerName: string | undefined): Diagnostic[] {
  const reason = whyNoFullHostName(target);
  if (reason !== undefined) {
    return [diagnostic("KMS5012", "error", "zones", { given: target, reason })];
  }
  return computerName === undefined || isNameOf(target, computerName)
    ? []
    : [diagnostic("KMS5013", "error", "zones", { given: target, allowed: computerName })];
}

function outputs(inputs: SrvRecordInputs, claim: string, drift: string[] = []): SrvRecordOutputs {
  const { name, zone, computerName, ttlSeconds, publishedBy, addressRecord, ready, readOnly, entry } = inputs;
  return {
    name,
    zone,
    computerName,
    ...dataOf(inputs),
    ttlSeconds,
    publishedBy,
    ...(addressRecord !== undefined && { addressRecord }),
    ready,
    readOnly,
    ...(entry !== undefined && { entry }),
    claim,
    drift,
  };
}

/** Addresses that others gave the host's name are left alone, but clients may choose them. */
async function writeAddress(zone: SrvZone, inputs: SrvRecordInputs): Promise<void> {
  const others = await settleAddress(zone, inputs);
  if (others.length > 0) {
    const { name, computerName } = inputs;
    report(name, `${computerName}.${zone.name} also has addresses of others: ${others.sort().join(", ")}`);
  }
}

/** Other hosts in the zone are left alone, but clients may choose them. */
async function writeRecord(
  zone: SrvZone,
  inputs: SrvRecordInputs,
  clock: Clock,
  stop: AbortSignal,
): Promise<void> {
  const set = await settleRecord(zone, inputs, clock, stop);
  const kept = keptTtl(inputs, set);
  if (kept !== undefined) {
    const others = kept.targets.join(", ");
    report(
      inputs.name,
      `${kmsServiceName}.${zone.name} keeps its time to live of ${counted(kept.ttlSeconds, "second")} instead of ${inputs.ttlSeconds}: one applies to the whole set, which also has records of others, ${others}`,
    );
  }
  const strangers = undeclaredTargets(inputs.zone, set.records);
  if (strangers.length > 0) {
    report(
      inputs.name,
      `${zone.name} also sends KMS clients to hosts that this program does not declare: ${strangers.join(", ")}. The records are kept (KMS2221)`,
    );
  }
}

/** Removes what the package wrote for former inputs. */
async function removeFormer(zone: SrvZone, olds: SrvRecordOutputs, news: SrvRecordInputs): Promise<void> {
  if (openZone(olds) === undefined) {
    return;
  }
  if (!sameEntry(olds, news)) {
    await removeRecord(zone, olds);
  }
  if (olds.computerName !== news.computerName || olds.addressRecord !== news.addressRecord) {
    await removeAddress(zone, olds);
  }
}

/** Removes the host's SRV record and leaves those of others. */
async function removeRecord(zone: SrvZone, host: SrvRecordOutputs): Promise<void> {
  if (!isRecordAnothers(host)) {
    await zone.remove(dataOf(host));
  }
}

/** Removes the host's address record and leaves those of others. */
async function removeAddress(zone: SrvZone, host: SrvRecordOutputs): Promise<void> {
  const { computerName, addressRecord } = host;
  if (addressRecord !== undefined && !isAddressAnothers(host)) {
    await zone.addresses?.remove(computerName, addressRecord);
  }
}
