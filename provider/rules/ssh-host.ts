import { type Verdict, verdict } from "./verdict";

/** The arguments that these rules look at, as far as they are known. */
interface SshHostValues {
  ssh?: unknown;
  srvRecords?: { privateZone?: { subscriptionId?: string }; addressRecord?: boolean }[];
}

/** What can't be worked out for a KMS host over SSH: its address in its own network, and a subscription. */
export function sshHostVerdicts(
  values: Record<string, unknown>,
  unknownPaths: ReadonlySet<string>,
): Verdict[] {
  const { ssh, srvRecords = [] } = values as SshHostValues;
  if (ssh === undefined) {
    return [];
  }
  return srvRecords.flatMap(({ privateZone, addressRecord }, place) => {
    const path = `srvRecords[${place}]`;
    const subscription = `${path}.privateZone.subscriptionId`;
    const lacksSubscription =
      privateZone !== undefined &&
      privateZone.subscriptionId === undefined &&
      !unknownPaths.has(subscription);
    return [
      ...(lacksSubscription ? [verdict("KMS3281", "error", subscription, {})] : []),
      ...(addressRecord === true ? [verdict("KMS3282", "error", `${path}.addressRecord`, {})] : []),
    ];
  });
}
