import { KmsError } from "../errors/kms-error";
import { findHost, withHost, withLatest } from "./edit-document";
import type { Change, LedgerDocument } from "./ledger-document";

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
