import type {
  Change,
  HostIdentity,
  LedgerActivation,
  LedgerDocument,
  LedgerEvent,
  LedgerHost,
} from "./ledger-document";

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
