import type { Change, HostIdentity, LedgerDocument } from "./document";
import { findHost, newHost, withHost } from "./transitions";

/**
 * Marks the entry of a machine as that of one resource, which tells it from a former one of the same name and stack. A
 * machine that nothing was spent on gets an entry as well, so that its owner is known.
 */
export function claim(
  document: LedgerDocument,
  change: Change,
  machine: HostIdentity,
  mark: string,
): LedgerDocument {
  const known = findHost(document, machine.machineId);
  if (known?.claim === mark) {
    return document;
  }
  const host = { ...(known ?? newHost(change, machine)), claim: mark };
  return known === undefined
    ? withHost(document, change, "adopted", host)
    : { ...document, hosts: document.hosts.map((other) => (other === known ? host : other)) };
}
