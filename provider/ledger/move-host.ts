import { findHost, isOwner, newHost, ownedBy, withHost } from "./edit-document";
import type { Change, HostIdentity, LedgerDocument } from "./ledger-document";

/**
 * Records that a machine is no KMS host any more. Its place stays taken, and an open reservation stays open. Nothing
 * changes for a host that another resource has adopted meanwhile.
 */
export function retire(document: LedgerDocument, change: Change, machineId: string): LedgerDocument {
  const host = findHost(document, machineId);
  return host === undefined || host.retiredAt !== undefined || !isOwner(change, host)
    ? document
    : withHost(document, change, "retired", { ...host, retiredAt: change.at });
}

/**
 * Makes a host belong to the resource of the change, with all that it spent and an open reservation if it has one.
 * @param activationsBefore activations of a machine that the ledger does not know yet
 */
export function adopt(
  document: LedgerDocument,
  change: Change,
  machine: HostIdentity,
  activationsBefore = 0,
): LedgerDocument {
  const known = findHost(document, machine.machineId);
  if (known === undefined) {
    const host = { ...newHost(change, machine), ...(activationsBefore > 0 && { activationsBefore }) };
    return withHost(document, change, "adopted", host);
  }
  if (isOwner(change, known) && known.retiredAt === undefined) {
    return document;
  }
  const detail = `before: stack ${known.stack}, resource ${known.resource}`;
  return withHost(document, change, "adopted", ownedBy(change, known, machine), detail);
}
