import { withHistory } from "./edit-document";
import type { Change, HostLimitException, LedgerDocument, SpentElsewhere } from "./ledger-document";

/** Sets what was spent on machines that are not in the ledger. A later declaration corrects an earlier one. */
export function seed(document: LedgerDocument, change: Change, spent: SpentElsewhere): LedgerDocument {
  const { hosts, activations } = spent;
  const before = document.activationsSpent ?? { hosts: 0, activations: 0 };
  if (before.hosts === hosts && before.activations === activations) {
    return document;
  }
  return withHistory({ ...document, activationsSpent: { hosts, activations } }, change, "seeded", {
    detail: `hosts: ${before.hosts} to ${hosts}, activations: ${before.activations} to ${activations}`,
  });
}

/** Raises the number of hosts to what Microsoft granted. A lower one changes nothing: a grant is not taken back. */
export function raiseLimit(
  document: LedgerDocument,
  change: Change,
  exception: HostLimitException,
): LedgerDocument {
  const { hosts, reference } = exception;
  const before = document.hostLimitException;
  if (hosts < (before?.hosts ?? 0) || (hosts === before?.hosts && reference === before.reference)) {
    return document;
  }
  return withHistory({ ...document, hostLimitException: { hosts, reference } }, change, "limit raised", {
    detail: `${hosts} hosts, reference ${reference}`,
  });
}
