import { type SrvData, canonicalName, sameEntry } from "../dns/srv-zone";

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
