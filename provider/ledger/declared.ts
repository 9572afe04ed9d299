import type { Change, HostLimitException, LedgerDocument, SpentElsewhere } from "./document";
import { raiseLimit, seed } from "./transitions";

/** What a program declares of a key. */
export interface DeclaredSpending {
  activationsSpent?: SpentElsewhere;
  hostLimitException?: HostLimitException;
}

/**
 * A ledger with what the program declares: what the update writes into it, and the preview counts with.
 * @param corrects whether it may correct what another stack declared
 * @throws KmsError KMS6015 when another stack declared something else
 */
export function withDeclared(
  document: LedgerDocument,
  change: Change,
  { activationsSpent, hostLimitException }: DeclaredSpending,
  corrects = false,
): LedgerDocument {
  const seeded =
    activationsSpent === undefined ? document : seed(document, change, activationsSpent, corrects);
  return hostLimitException === undefined ? seeded : raiseLimit(seeded, change, hostLimitException);
}
