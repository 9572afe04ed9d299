import { hostLimit, type LedgerDocument } from "./document";

/** What a program declares of a key, as far as it is known. */
export interface DeclaredSpending {
  activationsSpent?: { hosts?: number; activations?: number };
  hostLimitException?: { hosts?: number; reference?: string };
}

/** A ledger with what the program declares and the update will write into it: a new one is seeded, a limit is raised. */
export function withDeclared(
  document: LedgerDocument,
  { activationsSpent = {}, hostLimitException = {} }: DeclaredSpending,
): LedgerDocument {
  const { hosts, activations } = activationsSpent;
  const { hosts: granted, reference = "" } = hostLimitException;
  const isNew = document.hosts.length === 0 && document.activationsSpent === undefined;
  return {
    ...document,
    ...(isNew &&
      hosts !== undefined &&
      activations !== undefined && { activationsSpent: { hosts, activations } }),
    ...(granted !== undefined &&
      granted > hostLimit(document) && { hostLimitException: { hosts: granted, reference } }),
  };
}
