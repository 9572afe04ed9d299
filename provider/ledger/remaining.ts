import { limits } from "../catalog/limits";
import type { LedgerDocument, LedgerHost } from "./ledger-document";
import { activationsSpentBy, hostLimit, hostsSpent } from "./spent";

/** What is left to one KMS host. */
export interface HostRemaining {
  machineId: string;
  computerName: string;
  stack: string;
  resource: string;
  retired: boolean;
  /** Whether the outcome of its latest activation is still unknown. */
  open: boolean;
  activationsSpent: number;
  reactivationsLeft: number;
  /** Whether so many reactivations are spent that a person should know. */
  runsLow: boolean;
}

/** What is left of a key. */
export interface Remaining {
  hostLimit: number;
  hostsSpent: number;
  hostsLeft: number;
  /** In the order in which they came into the ledger. */
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
    open: host.activations.at(-1)?.outcome === "reserved",
    activationsSpent,
    reactivationsLeft: Math.max(0, limits.reactivationsPerHost - reactivations),
    runsLow: reactivations >= limits.reactivationWarning,
  };
}
