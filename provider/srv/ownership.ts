import { currentLedger } from "../ledger/moved";
import { findHost } from "../ledger/transitions";
import type { SrvRecordInputs, SrvRecordOutputs } from "./state";
import { canonicalName, zoneIdentity } from "./zone";

/*
 * Who owns what a host has in a zone. A resource that is renamed or moved without an alias is a new one to the engine: the
 * new one confirms the record, and then the old one is removed. A removal leaves what another resource has confirmed in the
 * same run, and what belongs to a host that another stack has taken over.
 */

type Owned = Pick<SrvRecordInputs, "zone" | "target" | "computerName" | "addressRecord">;

/** What a record and an address are known by, the address undefined where there is none. */
const recordOf = ({ zone, target }: Owned) => `SRV ${zoneIdentity(zone)} ${canonicalName(target)}`;
const addressOf = ({ zone, computerName, addressRecord }: Owned) =>
  addressRecord === undefined
    ? undefined
    : `A ${zoneIdentity(zone)} ${canonicalName(computerName)} ${addressRecord}`;

/** Claim of the resource that confirmed each record and address last. One process serves all resources of a run. */
const confirmed = new Map<string, string>();

/** Remembers that a resource declares what it has in the zone. */
export function confirm(host: Owned, claim: string): void {
  confirmed.set(recordOf(host), claim);
  const address = addressOf(host);
  if (address !== undefined) {
    confirmed.set(address, claim);
  }
}

const isAnothers = (name: string | undefined, claim: string | undefined) =>
  name !== undefined && confirmed.has(name) && confirmed.get(name) !== claim;

/** Whether another resource of the program has the same record. */
export const isRecordAnothers = (host: Owned & Pick<SrvRecordOutputs, "claim">): boolean =>
  isAnothers(recordOf(host), host.claim);

/** Whether another resource of the program has the same address record. */
export const isAddressAnothers = (host: Owned & Pick<SrvRecordOutputs, "claim">): boolean =>
  isAnothers(addressOf(host), host.claim);

/**
 * The resource of another stack that has taken over the machine that the record leads to; undefined where there is none.
 * @throws KmsError KMS6002 to KMS6008 where the ledger cannot say so
 */
export async function ownerElsewhere({
  entry,
}: Pick<SrvRecordOutputs, "entry">): Promise<string | undefined> {
  if (entry === undefined) {
    return undefined;
  }
  const stored = await currentLedger(entry.ledger, entry.keyFingerprint);
  const host = stored && findHost(stored.document, entry.machineId);
  return host === undefined || host.retiredAt !== undefined || host.stack === entry.stack
    ? undefined
    : `the resource ${host.resource} of the stack ${host.stack}`;
}
