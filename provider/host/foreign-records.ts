import * as pulumi from "@pulumi/pulumi";
import { KmsError } from "../errors/kms-error";
import type { KMSHostZoneValues } from "../rules/args.generated";
import { type Diagnostic, diagnostic, listed } from "../rules/diagnostic";
import { type HostFacts, namesInZone, zonesOf } from "../rules/facts";
import { holdsPath } from "../rules/paths";
import type { ProgramIndex } from "../rules/program-index";
import { type KmsRecords, readKmsRecords } from "../srv/read-records";
import { canonicalName, type ZoneAddress } from "../srv/zone";

/** What a zone of a host has, or why that could not be read. */
export interface ReadZone {
  zoneName: string;
  path: string;
  /** As declared. */
  ttlSeconds?: number;
  records?: KmsRecords;
  error?: string;
}

/**
 * Reads the zones of a host at preview, so that records of others are reported before the update, and again as long as they
 * are there. Never on Pulumi's mocks, and not where the stack's configuration `windows-kms:readZones` is false.
 */
export async function readZones(
  host: HostFacts,
  read: (zone: ZoneAddress) => Promise<KmsRecords | undefined> = (zone) => readKmsRecords(zone, process.env),
): Promise<ReadZone[]> {
  const zones = zonesOf(host).flatMap(({ zone, path }) => {
    const address = holdsPath(host.unknown, path) ? undefined : addressOf(zone, path, host);
    return address === undefined ? [] : [{ address, path, ttlSeconds: zone.ttlSeconds }];
  });
  return Promise.all(
    zones.map(async ({ address, path, ttlSeconds }) => {
      const { zoneName } = address;
      try {
        return { zoneName, path, ttlSeconds, records: await read(address) };
      } catch (error) {
        return { zoneName, path, error: reasonOf(error) };
      }
    }),
  );
}

/** Whether previews of this stack read zones. */
export const readsZones = (): boolean =>
  pulumi.runtime.isDryRun() &&
  pulumi.runtime.hasEngine() &&
  (new pulumi.Config("windows-kms").getBoolean("readZones") ?? true);

const reasonOf = (error: unknown): string =>
  error instanceof KmsError ? error.code : ((error as { code?: string }).code ?? (error as Error).name);

/** Where a zone is; undefined as long as a part of it is not known. */
function addressOf(zone: KMSHostZoneValues, path: string, { unknown }: HostFacts): ZoneAddress | undefined {
  const isKnown = ![...unknown].some((one) => one.startsWith(`${path}.`));
  return isKnown && zone.zoneName !== undefined ? (zone as ZoneAddress) : undefined;
}

/**
 * Tells the program what its zones have beside the records of its own hosts. Where the name of one of them is not known yet,
 * nobody can tell its record from that of another host, and nothing is said.
 */
export function zoneDiagnostics(read: readonly ReadZone[], program: ProgramIndex): Diagnostic[] {
  return read.flatMap(({ zoneName, path, ttlSeconds, records, error }) => {
    if (error !== undefined) {
      return [diagnostic("KMS5040", "info", path, { zone: zoneName, reason: error })];
    }
    const own = namesIn(zoneName, program);
    if (records !== undefined && own !== undefined) {
      const foreignTargets = records.targets.filter((target) => !own.has(target));
      program.addZone({ zoneName, foreignTargets, ttlSeconds: records.ttlSeconds });
      const kept = records.ttlSeconds;
      if (
        foreignTargets.length > 0 &&
        ttlSeconds !== undefined &&
        kept !== undefined &&
        kept !== ttlSeconds
      ) {
        const values = { zone: zoneName, given: ttlSeconds, kept, others: listed(foreignTargets) };
        return [diagnostic("KMS5045", "warning", `${path}.ttlSeconds`, values)];
      }
    }
    return [];
  });
}

/** The names that the program's hosts have in a zone; undefined where one is not known. */
function namesIn(zoneName: string, program: ProgramIndex): Set<string> | undefined {
  const names = new Set<string>();
  for (const host of program.hosts()) {
    for (const { zone } of zonesOf(host)) {
      if (zone.zoneName === undefined || canonicalName(zone.zoneName) !== canonicalName(zoneName)) {
        continue;
      }
      const { fqdn } = host.args.machine ?? {};
      const own = namesInZone(zone, host);
      if (own.length === 0) {
        return undefined;
      }
      [...own, ...(fqdn === undefined ? [] : [fqdn])].forEach((name) => names.add(canonicalName(name)));
    }
  }
  return names;
}
