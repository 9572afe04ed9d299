import { commit, release } from "./close-reservation";
import { findHost, isOwner, newHost, withActivation, withHost } from "./edit-document";
import type { Change, HostIdentity, LedgerDocument } from "./ledger-document";
import { activationsSpentBy } from "./spent";

/**
 * Brings the ledger in line with what was seen on the machine, so that an unknown outcome is neither counted twice nor
 * forgotten. A machine that is licensed with the key has spent an activation, whatever the limits say. On one that is
 * not, the reservation of the same resource is given up; that of another is not, because its run may still be at work.
 */
export function settle(
  document: LedgerDocument,
  change: Change,
  machine: HostIdentity,
  licensed: boolean,
): LedgerDocument {
  const host = findHost(document, machine.machineId);
  const isOpen = host?.activations.at(-1)?.outcome === "reserved";
  if (!licensed) {
    return isOpen && isOwner(change, host) ? release(document, change, machine.machineId) : document;
  }
  if (isOpen) {
    return commit(document, change, machine.machineId);
  }
  const known = host ?? newHost(change, machine);
  if (activationsSpentBy(known) > 0) {
    return document;
  }
  const found = withActivation(known, { at: change.at, outcome: "found", settledAt: change.at });
  return withHost(document, change, "found", found);
}
