import { limits } from "../catalog/limits";
import type { ActivationOutcome, LedgerDocument, LedgerHost } from "./ledger-document";

/** An unknown outcome counts: the activation may have been granted. What Microsoft refused did not cost one. */
const spending: readonly ActivationOutcome[] = ["reserved", "committed", "found"];

/** How many of its activations the host has spent. */
export function activationsSpentBy(host: LedgerHost): number {
  const recorded = host.activations.filter(({ outcome }) => spending.includes(outcome)).length;
  return (host.activationsBefore ?? 0) + recorded;
}

/** The hosts of the ledger that took a place of the key; retired ones among them, since Microsoft gives none back. */
export function spendingHosts(document: LedgerDocument): LedgerHost[] {
  return document.hosts.filter((host) => activationsSpentBy(host) > 0);
}

/** How many places of the key are taken, in the ledger and elsewhere. */
export function hostsSpent(document: LedgerDocument): number {
  return spendingHosts(document).length + (document.activationsSpent?.hosts ?? 0);
}

/** How many KMS hosts the key activates; an exception never lowers it. */
export function hostLimit(document: LedgerDocument): number {
  return Math.max(limits.hostsPerKey, document.hostLimitException?.hosts ?? 0);
}
