import { type Verdict, verdict } from "./verdict";

/** The arguments that these rules look at, as far as they are known. */
interface RecordValues {
  srvRecords?: { privateZone?: object; dnsUpdate?: { zoneName?: string }; addressRecord?: boolean }[];
}

/** Each SRV record is in exactly one kind of zone, with the arguments of that kind. */
export function dnsZoneVerdicts(
  values: Record<string, unknown>,
  unknownPaths: ReadonlySet<string>,
): Verdict[] {
  const { srvRecords = [] } = values as RecordValues;
  return srvRecords.flatMap((record, place) => {
    const path = `srvRecords[${place}]`;
    const given = (["privateZone", "dnsUpdate"] as const).filter(
      (kind) => record[kind] !== undefined || unknownPaths.has(`${path}.${kind}`),
    );
    if (given.length !== 1) {
      return [verdict("KMS5010", "error", path, { given: given.length === 0 ? "neither" : "both" })];
    }
    const { dnsUpdate, addressRecord } = record;
    return dnsUpdate !== undefined && addressRecord === true
      ? [verdict("KMS5014", "error", `${path}.addressRecord`, { given: dnsUpdate.zoneName ?? "the zone" })]
      : [];
  });
}
