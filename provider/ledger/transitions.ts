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
  type NextKey,
  openReservations,
  spendingHosts,
  type SpentElsewhere,
} from "./document";
import { withLine, limitInWords, spentInWords } from "./history";

/** The entry of this machine, if there is one. */
export function findHost(document: LedgerDocument, machineId: string): LedgerHost | undefined {
  return document.hosts.find((host) => host.machineId === machineId.toLowerCase());
}

/** A new entry, owned by whoever makes the change. */
export function newHost(change: Change, machine: HostIdentity): LedgerHost {
  const { stack, resource } = change;
  const machineId = machine.machineId.toLowerCase();
  return { machineId, ...reachedBy(machine), stack, resource, activations: [] };
}

const reachedBy = ({ computerName, azureVmId }: HostIdentity) => ({
  computerName,
  ...(azureVmId !== undefined && { azureVmId }),
});

/** The entry, owned by whoever makes the change and no longer retired. */
function ownedBy(change: Change, host: LedgerHost, machine: HostIdentity): LedgerHost {
  const { retiredAt: _, azureVmId: _former, ...rest } = host;
  return { ...rest, ...reachedBy(machine), stack: change.stack, resource: change.resource };
}

/** Whether the change is made for the resource that owns the entry. */
function isOwner(change: Change, host: LedgerHost): boolean {
  return host.stack === change.stack && host.resource === change.resource;
}

/** The entry with one more activation. */
export function withActivation(host: LedgerHost, activation: Omit<LedgerActivation, "number">): LedgerHost {
  const number = host.activations.length + 1;
  return { ...host, activations: [...host.activations, { number, ...activation }] };
}

/** The document with the entry replaced, or added, and a line of history about it. */
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
  return { ...document, history: withLine(document.history, line) };
}

/**
 * Counts an activation before it is made. An earlier one of the same resource whose outcome never became known stays
 * counted: nothing proves that it was not granted.
 * @param reservation what the machine will keep its record of this activation by; reserving it again changes nothing
 * @throws KmsError KMS6010 for one host too many, KMS6011 for one activation too many, KMS6012 while another resource
 * activates the machine
 */
export function reserve(
  document: LedgerDocument,
  change: Change,
  machine: HostIdentity,
  reservation: string,
): LedgerDocument {
  const known = findHost(document, machine.machineId);
  if (known?.activations.some((activation) => activation.reservation === reservation)) {
    return document;
  }
  const open = known === undefined ? [] : openReservations(known);
  if (known !== undefined && open.length > 0) {
    refuseForeign(change, known);
  }
  const host = known ?? newHost(change, machine);
  const spent = activationsSpentBy(host);
  if (spent === 0) {
    refuseHost(document, machine);
  }
  refuseActivation(document, host, spent);
  const owned = ownedBy(change, withUnknown(host, change), machine);
  const reserved = withActivation(owned, { at: change.at, outcome: "reserved", reservation });
  const unknown = open.map(({ number }) => number).join(", ");
  const detail = open.length === 0 ? undefined : `the outcome of activation ${unknown} stays unknown`;
  return withHost(document, change, "reserved", reserved, detail);
}

/** The entry after what is still open is given up as unknown. */
const withUnknown = (host: LedgerHost, { at }: Change): LedgerHost => ({
  ...host,
  activations: host.activations.map((activation) =>
    activation.outcome === "reserved" ? { ...activation, outcome: "unknown", settledAt: at } : activation,
  ),
});

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

/** The hosts that use up the key, for the person who has to choose one of them. */
function hostList(document: LedgerDocument): string {
  const elsewhere = document.activationsSpent?.hosts ?? 0;
  const named = spendingHosts(document).map(
    ({ computerName, stack, resource, retiredAt }) =>
      `${computerName} (stack ${stack}, resource ${resource}${retiredAt === undefined ? "" : ", retired"})`,
  );
  return [...named, ...(elsewhere > 0 ? [`${elsewhere} declared by activationsSpent`] : [])].join("; ");
}

/** Names the key that is about to take the place of this one on a machine, so that whoever knows this one finds it. */
export function nameNextKey(document: LedgerDocument, machineId: string, nextKey: NextKey): LedgerDocument {
  const host = findHost(document, machineId);
  const isNamed =
    host?.nextKey?.keyFingerprint === nextKey.keyFingerprint && host.nextKey.ledger === nextKey.ledger;
  return host === undefined || isNamed
    ? document
    : { ...document, hosts: document.hosts.map((other) => (other === host ? { ...host, nextKey } : other)) };
}

/**
 * Records that a machine is no longer a KMS host. It keeps using up one of the key's hosts, and an open reservation stays
 * open. Nothing changes for a host that another resource has adopted meanwhile.
 */
export function retire(document: LedgerDocument, change: Change, machineId: string): LedgerDocument {
  const host = findHost(document, machineId);
  return host === undefined || host.retiredAt !== undefined || !isOwner(change, host)
    ? document
    : withHost(document, change, "retired", { ...host, retiredAt: change.at });
}

/**
 * Makes the resource of the change the owner of an entry, with everything that was spent and an open reservation if there
 * is one.
 * @param activationsBefore activations of a machine that has no entry yet
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

/**
 * Sets what was spent on machines that have no entry. A later declaration of the same stack corrects an earlier one.
 * @param corrects whether it may correct that of another stack as well
 * @throws KmsError KMS6015 when another stack declared something else
 */
export function seed(
  document: LedgerDocument,
  change: Change,
  spent: SpentElsewhere,
  corrects = false,
): LedgerDocument {
  const { hosts, activations } = spent;
  const before = document.activationsSpent ?? { hosts: 0, activations: 0 };
  if (before.hosts === hosts && before.activations === activations) {
    return document;
  }
  const values = otherDeclaration(document, change.stack, spent);
  if (values !== undefined && !corrects) {
    throw new KmsError("KMS6015", { values });
  }
  return withHistory({ ...document, activationsSpent: { hosts, activations } }, change, "seeded", {
    detail: spentInWords(before, spent),
  });
}

/** What another stack declared otherwise, for KMS6015; undefined where the stack may declare this. */
export function otherDeclaration(
  document: LedgerDocument,
  stack: string,
  spent: SpentElsewhere,
): Record<string, string> | undefined {
  const { activationsSpent: before, keyEnding: ending } = document;
  const declaredBy = document.history.filter(({ event }) => event === "seeded").at(-1)?.stack;
  if (before === undefined || declaredBy === undefined || declaredBy === stack) {
    return undefined;
  }
  const numbers = (of: SpentElsewhere) => `{ hosts: ${of.hosts}, activations: ${of.activations} }`;
  return numbers(before) === numbers(spent)
    ? undefined
    : { stack, given: numbers(spent), ending, allowed: numbers(before), before: declaredBy };
}

/** Raises the number of hosts to what Microsoft granted. A lower number changes nothing: a grant is not withdrawn. */
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
    detail: limitInWords(exception),
  });
}
