import { type Verdict, verdict } from "./verdict";

/** The arguments that this rule looks at, as far as they are known. */
interface PublishingValues {
  dnsPublishing?: string;
  srvRecords?: { privateZone?: { zoneName?: string } }[];
}

/** Windows publishes by dynamic update, which Azure Private DNS does not take. */
export function dnsPublishingVerdicts(values: Record<string, unknown>): Verdict[] {
  const { dnsPublishing, srvRecords = [] } = values as PublishingValues;
  if (dnsPublishing !== "host") {
    return [];
  }
  return srvRecords.flatMap(({ privateZone }, place) =>
    privateZone === undefined
      ? []
      : [
          verdict("KMS5036", "error", `srvRecords[${place}].privateZone`, {
            zone: privateZone.zoneName ?? "the zone",
          }),
        ],
  );
}
