import { type SrvData, type SrvZone, kmsServiceName, sameEntry } from "../dns/srv-zone";
import { KmsError } from "../errors/kms-error";
import type { Clock } from "./clock";

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
