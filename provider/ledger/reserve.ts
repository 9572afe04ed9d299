import { limits } from "../catalog/limits";
import { KmsError } from "../errors/kms-error";
import { findHost, isOwner, newHost, ownedBy, withActivation, withHost } from "./edit-document";
import type { Change, HostIdentity, LedgerDocument, LedgerHost } from "./ledger-document";
import { activationsSpentBy, hostLimit, hostsSpent, spendingHosts } from "./spent";

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
