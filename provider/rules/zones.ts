import type { HostFacts, SrvRecordFacts } from "./facts";
import { isNameOf, whyNoFullHostName } from "./names";
import { type ProgramIndex, memoized } from "./program-index";
import { diagnostic, type Diagnostic } from "./diagnostic";

/** An SRV record points to the full name of its host, and no other record of the zone is the same. */
export function srvRecordDiagnostics(host: HostFacts, index: ProgramIndex): Diagnostic[] {
  return (host.srvRecords ?? []).flatMap((record, place) => {
    const path = `srvRecords[${place}]`;
    return [
      ...targetDiagnostics(record, host, `${path}.target`),
      ...twiceInZone(record, place, host, path),
      ...takenByOther(record, host, index, path),
    ];
  });
}

function targetDiagnostics(
  { target }: SrvRecordFacts,
  { computerName }: HostFacts,
  path: string,
): Diagnostic[] {
  if (target === undefined) {
    return [];
  }
  const reason = whyNoFullHostName(target);
  if (reason !== undefined) {
    return [diagnostic("KMS5012", "error", path, { given: target, reason })];
  }
  return computerName === undefined || isNameOf(target, computerName)
    ? []
    : [diagnostic("KMS5013", "error", path, { given: target, allowed: computerName })];
}

/** A host has one record in a zone: of two, with one priority or not, one is left over from an earlier setting. */
function twiceInZone(record: SrvRecordFacts, place: number, host: HostFacts, path: string): Diagnostic[] {
  const { zoneName } = record;
  const first = host.srvRecords!.findIndex(
    (other) => zoneName !== undefined && other.zoneName?.toLowerCase() === zoneName.toLowerCase(),
  );
  return zoneName === undefined || first === place
    ? []
    : [
        diagnostic("KMS5011", "error", path, {
          given: host.name,
          zone: zoneName,
          hint: `: srvRecords[${first}] is in it`,
        }),
      ];
}

/** Two hosts with one name, priority and weight in a zone would share one record. */
function takenByOther(
  record: SrvRecordFacts,
  host: HostFacts,
  index: ProgramIndex,
  path: string,
): Diagnostic[] {
  const entry = entryOf(record, host);
  const first = entry === undefined ? undefined : firstHosts("hosts", index).get(entry);
  return first === undefined || first === host.name
    ? []
    : [
        diagnostic("KMS5011", "error", path, {
          given: targetOf(record, host)!,
          zone: record.zoneName!,
          hint: `: the KMSHost ${first} has it`,
        }),
      ];
}

/** The first host of the program for each entry of a record set. */
const firstHosts = memoized((_all: "hosts", index): Map<string, string> => {
  const first = new Map<string, string>();
  for (const host of index.hosts()) {
    for (const record of host.srvRecords ?? []) {
      const entry = entryOf(record, host);
      if (entry !== undefined && !first.has(entry)) {
        first.set(entry, host.name);
      }
    }
  }
  return first;
});

const targetOf = ({ target, zoneName }: SrvRecordFacts, { computerName }: HostFacts) =>
  target ?? (computerName && zoneName && `${computerName}.${zoneName}`);

/** What tells the entries of record sets apart; undefined as long as a part is not known. */
function entryOf(record: SrvRecordFacts, host: HostFacts): string | undefined {
  const target = targetOf(record, host);
  return target === undefined || record.zoneName === undefined
    ? undefined
    : [record.zoneName, record.priority ?? 0, record.weight ?? 0, target.replace(/\.$/, "")]
        .join(" ")
        .toLowerCase();
}

/** The arguments that this rule looks at, as far as they are known. */
interface PublishingValues {
  dnsPublishing?: string;
  srvRecords?: { privateZone?: { zoneName?: string } }[];
}

/** Windows publishes by dynamic update, which Azure Private DNS does not take. */
export function dnsPublishingDiagnostics(values: Record<string, unknown>): Diagnostic[] {
  const { dnsPublishing, srvRecords = [] } = values as PublishingValues;
  if (dnsPublishing !== "host") {
    return [];
  }
  return srvRecords.flatMap(({ privateZone }, place) =>
    privateZone === undefined
      ? []
      : [
          diagnostic("KMS5036", "error", `srvRecords[${place}].privateZone`, {
            zone: privateZone.zoneName ?? "the zone",
          }),
        ],
  );
}

/** The arguments that these rules look at, as far as they are known. */
interface RecordValues {
  srvRecords?: { privateZone?: object; dnsUpdate?: { zoneName?: string }; addressRecord?: boolean }[];
}

/** Each SRV record is in exactly one kind of zone, with the arguments of that kind. */
export function dnsZoneDiagnostics(
  values: Record<string, unknown>,
  unknownPaths: ReadonlySet<string>,
): Diagnostic[] {
  const { srvRecords = [] } = values as RecordValues;
  return srvRecords.flatMap((record, place) => {
    const path = `srvRecords[${place}]`;
    const given = (["privateZone", "dnsUpdate"] as const).filter(
      (kind) => record[kind] !== undefined || unknownPaths.has(`${path}.${kind}`),
    );
    if (given.length !== 1) {
      return [diagnostic("KMS5010", "error", path, { given: given.length === 0 ? "neither" : "both" })];
    }
    const { dnsUpdate, addressRecord } = record;
    return dnsUpdate !== undefined && addressRecord === true
      ? [diagnostic("KMS5014", "error", `${path}.addressRecord`, { given: dnsUpdate.zoneName ?? "the zone" })]
      : [];
  });
}
