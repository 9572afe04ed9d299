import type { KeyIdentity } from "./key-identity";

/**
 * What became of an activation. `reserved`: its outcome is not known yet. `committed`: Microsoft granted it.
 * `released`: it never reached Windows. `refused`: Windows or Microsoft refused it. `found`: the machine was seen to be
 * activated without a reservation, so somebody else spent it.
 */
export type ActivationOutcome = "reserved" | "committed" | "released" | "refused" | "found";

/** One activation of one KMS host. */
export interface LedgerActivation {
  /** Number among the activations of its host, from 1. */
  number: number;
  /** When it was reserved or found, ISO 8601. */
  at: string;
  outcome: ActivationOutcome;
  /** When its outcome became known, ISO 8601. */
  settledAt?: string;
  /** Why Windows or Microsoft refused it. */
  hresult?: string;
}

/** A KMS host that the key was, or was to be, activated on. */
export interface LedgerHost {
  /** SMBIOS UUID, lower case: another one is another host to Microsoft. */
  machineId: string;
  computerName: string;
  /** Stack that owns the host. */
  stack: string;
  /** Resource of that stack which declares the host. */
  resource: string;
  /** Activations of this machine with this key before it came into the ledger, as its owner declared. */
  activationsBefore?: number;
  activations: LedgerActivation[];
  /** When it stopped being a KMS host, ISO 8601. Microsoft does not give its place back. */
  retiredAt?: string;
}

/** KMS hosts that were activated with the key and are not in the ledger. */
export interface SpentElsewhere {
  hosts: number;
  /** Activations of all of them together. */
  activations: number;
}

/** More KMS hosts than usual, granted by Microsoft. */
export interface HostLimitException {
  hosts: number;
  /** Microsoft's reference for the grant. */
  reference: string;
}

/** What was done, in the order in which it was done. */
export type LedgerEvent =
  | "reserved"
  | "committed"
  | "released"
  | "refused"
  | "found"
  | "retired"
  | "adopted"
  | "seeded"
  | "limit raised";

/** Who changes the ledger, when, and for which resource. */
export interface Change {
  /** ISO 8601. */
  at: string;
  /** Person or pipeline. */
  who: string;
  stack: string;
  /** URN or logical name. */
  resource: string;
}

/** One line of the ledger's history. */
export interface HistoryLine extends Change {
  event: LedgerEvent;
  machineId?: string;
  /** More about it, in words. */
  detail?: string;
}

/** A machine as Microsoft's activation service and people know it. */
export interface HostIdentity {
  /** SMBIOS UUID. */
  machineId: string;
  computerName: string;
}

/** All that is known of the activations of one KMS host key. It never holds the key. */
export interface LedgerDocument extends KeyIdentity {
  kind: typeof ledgerKind;
  version: typeof ledgerVersion;
  activationsSpent?: SpentElsewhere;
  hostLimitException?: HostLimitException;
  hosts: LedgerHost[];
  history: HistoryLine[];
}

/** Tells a ledger from other JSON documents. */
export const ledgerKind = "pulumi-windows-kms/ledger";

/** Version of the documents that this package reads and writes. */
export const ledgerVersion = 1;

/** The ledger of a key that nothing is known of yet. */
export function emptyLedger(key: KeyIdentity): LedgerDocument {
  const { keyFingerprint, keyEnding, keyGroup } = key;
  return {
    kind: ledgerKind,
    version: ledgerVersion,
    keyFingerprint,
    keyEnding,
    keyGroup,
    hosts: [],
    history: [],
  };
}
