import { limits } from "../catalog/limits";

/** Identifies a KMS host key without showing it. */
export interface KeyIdentity {
  /** See `keyFingerprint`: names the ledger document. */
  keyFingerprint: string;
  /** Last five characters, which Windows also shows. */
  keyEnding: string;
  /** Microsoft's name of the product key group. */
  keyGroup: string;
}

/**
 * The outcome of an activation. `reserved`: not known yet. `committed`: Microsoft granted it. `released`: it never reached
 * Windows. `refused`: Windows or Microsoft refused it. `found`: the machine was found activated without a reservation, so
 * somebody else spent it. `unknown`: how it ended could not be found out, and another one was reserved after it, or
 * somebody stated so.
 */
export type ActivationOutcome = "reserved" | "committed" | "released" | "refused" | "found" | "unknown";

/** One activation of one KMS host. */
export interface LedgerActivation {
  /** Number among the activations of its host, from 1. */
  number: number;
  /** When it was reserved or found, ISO 8601. */
  at: string;
  outcome: ActivationOutcome;
  /**
   * What the machine keeps its record of this activation by: the key's fingerprint and a random number, or a hash of the
   * confirmation ID. Left out where nothing was reserved.
   */
  reservation?: string;
  /** When the outcome became known, ISO 8601. */
  settledAt?: string;
  /** Why Windows or Microsoft refused it. */
  hresult?: string;
}

/** Where another key of the same machine is counted. */
export interface NextKey {
  keyFingerprint: string;
  /** URL of the ledger. */
  ledger: string;
}

/** The entry of a KMS host that the key was, or was to be, activated on. */
export interface LedgerHost {
  /** SMBIOS UUID, lower case. To Microsoft, a machine with another one is another host. */
  machineId: string;
  computerName: string;
  /** Azure resource ID by which the machine was last reached; left out for one outside Azure. */
  azureVmId?: string;
  /** Stack that owns the host. */
  stack: string;
  /** Resource of that stack which declares the host. */
  resource: string;
  /** Mark of the very resource, which tells it from a former one of the same name. */
  claim?: string;
  /** The key that its owner last began to put in place of this one, and the ledger that counts its activations. */
  nextKey?: NextKey;
  /** Activations of this machine with this key before its entry was made, as its owner declared. */
  activationsBefore?: number;
  activations: LedgerActivation[];
  /** When it stopped being a KMS host, ISO 8601. It keeps using up one of the key's hosts. */
  retiredAt?: string;
}

/** KMS hosts that were activated with the key and have no entry in the ledger. */
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
  | "unknown"
  | "retired"
  | "adopted"
  | "seeded"
  | "limit raised"
  | "merged"
  | "moved";

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
  /** Of this line and of all before it, so that a line that was changed or taken out shows. */
  hash: string;
}

/** A machine as Microsoft's activation service and people know it. */
export interface HostIdentity {
  /** SMBIOS UUID. */
  machineId: string;
  computerName: string;
  /** Azure resource ID of the machine; left out outside Azure. */
  azureVmId?: string;
}

/** Everything known about the activations of one KMS host key. It never holds the key. */
export interface LedgerDocument extends KeyIdentity {
  kind: typeof ledgerKind;
  version: typeof ledgerVersion;
  /** URL of the ledger that counts the key now; this one counts nothing any more. */
  movedTo?: string;
  activationsSpent?: SpentElsewhere;
  hostLimitException?: HostLimitException;
  hosts: LedgerHost[];
  history: HistoryLine[];
}

/** Distinguishes a ledger from other JSON documents. */
const ledgerKind = "pulumi-windows-kms/ledger";

/** Version of the documents that this package reads and writes. */
export const ledgerVersion = 1;

/** The ledger of a key that nothing is known about yet. */
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

/** An unknown outcome counts, since the activation may have been granted. A refused one costs nothing. */
const spending: readonly ActivationOutcome[] = ["reserved", "committed", "found", "unknown"];

/** How many of its activations the host has spent. */
export function activationsSpentBy(host: LedgerHost): number {
  const recorded = host.activations.filter(({ outcome }) => spending.includes(outcome)).length;
  return (host.activationsBefore ?? 0) + recorded;
}

/** The entries that use up one of the key's hosts. Retired ones still do. */
export function spendingHosts(document: LedgerDocument): LedgerHost[] {
  return document.hosts.filter((host) => activationsSpentBy(host) > 0);
}

/** How many of the key's hosts are used up, in the ledger and elsewhere. */
export function hostsSpent(document: LedgerDocument): number {
  return spendingHosts(document).length + (document.activationsSpent?.hosts ?? 0);
}

/** How many KMS hosts the key activates; an exception never lowers the number. */
export function hostLimit(document: LedgerDocument): number {
  return Math.max(limits.hostsPerKey, document.hostLimitException?.hosts ?? 0);
}

/** Reserved activations of the host whose outcome is not known yet. */
export const openReservations = ({ activations }: Pick<LedgerHost, "activations">): LedgerActivation[] =>
  activations.filter(({ outcome }) => outcome === "reserved");

/** What is left to one KMS host. */
export interface HostRemaining {
  machineId: string;
  computerName: string;
  stack: string;
  resource: string;
  retired: boolean;
  /** Whether an activation is reserved whose outcome may still become known. */
  open: boolean;
  activationsSpent: number;
  reactivationsLeft: number;
  /** Whether so many reactivations are spent that someone should know. */
  runsLow: boolean;
}

/** What is left of a key. */
export interface Remaining {
  hostLimit: number;
  hostsSpent: number;
  hostsLeft: number;
  /** In the order in which their entries were made. */
  hosts: HostRemaining[];
}

/** What is left of a key; never below zero, though more may have been spent than Microsoft's rules say. */
export function remaining(document: LedgerDocument): Remaining {
  const limit = hostLimit(document);
  const spent = hostsSpent(document);
  return {
    hostLimit: limit,
    hostsSpent: spent,
    hostsLeft: Math.max(0, limit - spent),
    hosts: document.hosts.map(hostRemaining),
  };
}

function hostRemaining(host: LedgerHost): HostRemaining {
  const activationsSpent = activationsSpentBy(host);
  const reactivations = Math.max(0, activationsSpent - 1);
  return {
    machineId: host.machineId,
    computerName: host.computerName,
    stack: host.stack,
    resource: host.resource,
    retired: host.retiredAt !== undefined,
    open: openReservations(host).length > 0,
    activationsSpent,
    reactivationsLeft: Math.max(0, limits.reactivationsPerHost - reactivations),
    runsLow: reactivations >= limits.reactivationWarning,
  };
}
