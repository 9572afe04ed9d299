import { limits } from "../catalog/limits";
import { KmsError } from "../errors/kms-error";
import {
  activationsSpentBy,
  type Change,
  type HostIdentity,
  hostLimit,
  type HostLimitException,
  hostsSpent,
  type LedgerActivation,
  type LedgerDocument,
  type LedgerEvent,
  type LedgerHost,
  spendingHosts,
  type SpentElsewhere,
} from "./document";

/** The host of this machine, if the ledger knows it. */
export function findHost(document: LedgerDocument, machineId: string): LedgerHost | undefined {
  return document.hosts.find((host) => host.machineId === machineId.toLowerCase());
}

/** A host that nothing is known of yet, owned by whoever makes the change. */
export function newHost(change: Change, { machineId, computerName }: HostIdentity): LedgerHost {
  const { stack, resource } = change;
  return { machineId: machineId.toLowerCase(), computerName, stack, resource, activations: [] };
}

/** The host, owned by whoever makes the change and no longer retired. */
export function ownedBy(change: Change, host: LedgerHost, { computerName }: HostIdentity): LedgerHost {
  const { retiredAt: _, ...rest } = host;
  return { ...rest, computerName, stack: change.stack, resource: change.resource };
}

/** Whether the change is made for the resource that owns the host. */
export function isOwner(change: Change, host: LedgerHost): boolean {
  return host.stack === change.stack && host.resource === change.resource;
}

/** The host with one more activation. */
export function withActivation(host: LedgerHost, activation: Omit<LedgerActivation, "number">): LedgerHost {
  const number = host.activations.length + 1;
  return { ...host, activations: [...host.activations, { number, ...activation }] };
}

/** The host with the members of its latest activation changed. */
export function withLatest(host: LedgerHost, changed: Partial<LedgerActivation>): LedgerHost {
  const latest = host.activations.length - 1;
  return {
    ...host,
    activations: host.activations.map((activation, index) =>
      index === latest ? { ...activation, ...changed } : activation,
    ),
  };
}

/** The document with the host put in its place, or added, and a line of history about it. */
export function withHost(
  document: LedgerDocument,
  change: Change,
  event: LedgerEvent,
  host: LedgerHost,
  detail?: string,
): LedgerDocument {
  const known = document.hosts.some(({ machineId }) => machineId === host.machineId);
  const hosts = known
    ? document.hosts.map((other) => (other.machineId === host.machineId ? host : other))
    : [...document.hosts, host];
  return withHistory({ ...document, hosts }, change, event, { machineId: host.machineId, detail });
}

/** The document with one more line of history. */
export function withHistory(
  document: LedgerDocument,
  { at, who, stack, resource }: Change,
  event: LedgerEvent,
  { machineId, detail }: { machineId?: string; detail?: string },
): LedgerDocument {
  const line = {
    at,
    who,
    stack,
    resource,
    event,
    ...(machineId !== undefined && { machineId }),
    ...(detail !== undefined && { detail }),
  };
  return { ...document, history: [...document.history, line] };
}

/**
 * Counts an activation before it is made. An open reservation of the same resource is taken up again: its outcome is
 * unknown, and the activation that follows is the one that it stands for.
 * @throws KmsError KMS6010 for one host too many, KMS6011 for one activation too many, KMS6012 while another resource
 * activates the machine
 */
export function reserve(document: LedgerDocument, change: Change, machine: HostIdentity): LedgerDocument {
  const known = findHost(document, machine.machineId);
  if (known?.activations.at(-1)?.outcome === "reserved") {
    refuseForeign(change, known);
    return document;
  }
  const host = known ?? newHost(change, machine);
  const spent = activationsSpentBy(host);
  if (spent === 0) {
    refuseHost(document, machine);
  }
  refuseActivation(document, host, spent);
  const owned = ownedBy(change, host, machine);
  const reserved = withActivation(owned, { at: change.at, outcome: "reserved" });
  return withHost(document, change, "reserved", reserved);
}

function refuseForeign(change: Change, host: LedgerHost): void {
  if (!isOwner(change, host)) {
    const { computerName, stack, resource } = host;
    throw new KmsError("KMS6012", { values: { machine: computerName, stack, resource } });
  }
}

function refuseHost(document: LedgerDocument, machine: HostIdentity): void {
  const allowed = hostLimit(document);
  const spent = hostsSpent(document);
  if (spent >= allowed) {
    throw new KmsError("KMS6010", {
      values: {
        machine: machine.computerName,
        given: spent + 1,
        ending: document.keyEnding,
        allowed,
        hosts: hostList(document),
      },
    });
  }
}

function refuseActivation(document: LedgerDocument, host: LedgerHost, spent: number): void {
  if (spent >= limits.activationsPerHost) {
    throw new KmsError("KMS6011", {
      values: {
        machine: host.computerName,
        given: spent + 1,
        ending: document.keyEnding,
        allowed: limits.activationsPerHost,
      },
    });
  }
}

/** The hosts that took the places of the key, for the person who has to choose one of them. */
function hostList(document: LedgerDocument): string {
  const elsewhere = document.activationsSpent?.hosts ?? 0;
  const named = spendingHosts(document).map(
    ({ computerName, stack, resource, retiredAt }) =>
      `${computerName} (stack ${stack}, resource ${resource}${retiredAt === undefined ? "" : ", retired"})`,
  );
  return [...named, ...(elsewhere > 0 ? [`${elsewhere} declared by activationsSpent`] : [])].join("; ");
}

/**
 * Records that Microsoft granted the activation. It holds even when the reservation was given up meanwhile: what was
 * granted is spent.
 * @throws KmsError KMS6013 when none was reserved
 */
export function commit(document: LedgerDocument, change: Change, machineId: string): LedgerDocument {
  const host = findHost(document, machineId);
  const latest = host?.activations.at(-1);
  if (host === undefined || latest === undefined) {
    throw new KmsError("KMS6013", { values: { machine: machineId, ending: document.keyEnding } });
  }
  if (latest.outcome === "committed" || latest.outcome === "found") {
    return document;
  }
  const { hresult: _, ...granted } = latest;
  const activations = [
    ...host.activations.slice(0, -1),
    { ...granted, outcome: "committed" as const, settledAt: change.at },
  ];
  return withHost(document, change, "committed", { ...host, activations });
}

/** Gives the reservation up, because the activation never reached Windows. Without an open one nothing changes. */
export function release(document: LedgerDocument, change: Change, machineId: string): LedgerDocument {
  return close(document, change, machineId, "released");
}

/** Records that Windows or Microsoft refused the activation, which costs none. Without an open one nothing changes. */
export function refuse(
  document: LedgerDocument,
  change: Change,
  machineId: string,
  hresult?: string,
): LedgerDocument {
  return close(document, change, machineId, "refused", hresult);
}

function close(
  document: LedgerDocument,
  change: Change,
  machineId: string,
  outcome: "released" | "refused",
  hresult?: string,
): LedgerDocument {
  const host = findHost(document, machineId);
  if (host?.activations.at(-1)?.outcome !== "reserved") {
    return document;
  }
  const closed = withLatest(host, {
    outcome,
    settledAt: change.at,
    ...(hresult !== undefined && { hresult }),
  });
  return withHost(document, change, outcome, closed, hresult);
}

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
