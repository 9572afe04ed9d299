import { rfc2136 } from "../../srv/dynamic-update";
import type { MachineSnapshot } from "../windows/snapshot";
import type { OnPremises } from "./on-premises";

/** Windows' own time to live of the record. */
const ttlSeconds = 3600;

/** One look at a server that does not answer or refuses; Windows would come back a day later. */
const patience = { timeoutMilliseconds: 1000, udpTries: 1, attempts: 2 };

/**
 * What Windows on a KMS host does when it begins to publish: an unsigned dynamic update to the DNS server of its own
 * domain. Its daily repetition is not simulated.
 */
export async function publishHost(
  onPremises: OnPremises,
  before: MachineSnapshot,
  after: MachineSnapshot,
): Promise<void> {
  const { publishedPort: port } = after;
  const place = onPremises.place(after.id);
  const zone = onPremises.zones().find(({ zoneName }) => zoneName === place?.dnsSuffix);
  if (port === undefined || port === before.publishedPort || zone?.server === undefined) {
    return;
  }
  const target = `${after.computerName}.${zone.zoneName}`.toLowerCase();
  await rfc2136({ zoneName: zone.zoneName, servers: [zone.server] }, patience)
    .add({ priority: 0, weight: 0, port, target }, ttlSeconds)
    .catch(() => undefined); // Windows logs event 12293, and the KMS host serves without a record
}
