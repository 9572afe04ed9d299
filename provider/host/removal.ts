import { report } from "../engine/handler";
import { stopSignal } from "../engine/stopping";
import type { LedgerHost } from "../ledger/document";
import { currentLedger } from "../ledger/moved";
import { findHost } from "../ledger/transitions";
import { entriesOf, retireEntries } from "./ledger-entry";
import { retireHost } from "./retirement";
import type { ManagedHostOutputs } from "./state";

/**
 * Lets a host leave: its machine becomes a KMS client again and its entries are retired. A machine that the ledger knows a
 * newer owner of is left alone, and one that was given up is not reached.
 */
export async function removeHost(host: ManagedHostOutputs): Promise<void> {
  const owner = await newerOwner(host);
  if (owner === undefined && host.givenUp !== true) {
    return retireHost(host);
  }
  if (owner !== undefined) {
    const { computerName, stack, resource } = owner;
    report(
      host.name,
      `${computerName} stays a KMS host: it belongs to the resource ${resource} of the stack ${stack} now`,
    );
  }
  const { left: _left, cause } = await retireEntries(
    owner === undefined ? entriesOf(host) : (host.formerEntries ?? []),
  );
  if (cause !== undefined) {
    throw cause;
  }
}

/**
 * The entry of the host's machine where another resource has taken it over, or another one of the same name: each resource
 * marks the entry as its own when it is created.
 */
async function newerOwner(host: ManagedHostOutputs): Promise<LedgerHost | undefined> {
  const { ledger, keyFingerprint, machineId, stack, name, claim } = host;
  const stored = await currentLedger(ledger, keyFingerprint, stopSignal());
  const entry = stored && findHost(stored.document, machineId);
  if (entry === undefined || entry.retiredAt !== undefined) {
    return undefined;
  }
  const isOwn = entry.stack === stack && entry.resource === name;
  return isOwn && (entry.claim === undefined || entry.claim === claim) ? undefined : entry;
}
