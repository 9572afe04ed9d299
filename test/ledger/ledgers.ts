import type { Change, HostIdentity, LedgerDocument } from "../../provider/ledger/document";
import { done, failedWith, notSent, settle as settleBy } from "../../provider/ledger/settlement";
import { findHost, reserve as reserveAs } from "../../provider/ledger/transitions";

/** An invented key's identity. */
export const key = {
  keyFingerprint: "0123456789abcdef0123456789abcdef",
  keyEnding: "NN1NN",
  keyGroup: "Volume License for Windows Server 2022",
};

/** A change on behalf of a resource of a stack. */
export const change = (resource = "kms", stack = "prod", at = "2026-01-01T00:00:00Z"): Change => ({
  at,
  who: "somebody",
  stack,
  resource,
});

/** A machine by its number. */
export const machine = (index: number): HostIdentity => ({
  machineId: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
  computerName: `KMS${String(index).padStart(2, "0")}`,
});

let reservations = 0;

/** A reservation that nothing was reserved as yet. */
export const newReservation = () =>
  `${key.keyFingerprint}-${(++reservations).toString(16).padStart(12, "0")}`;

/** Reserves one more activation. */
export const reserve = (document: LedgerDocument, by: Change, host: HostIdentity) =>
  reserveAs(document, by, host, newReservation());

/** Settles by what was seen on the machine alone. */
export const settle = (document: LedgerDocument, by: Change, host: HostIdentity, licensed: boolean) =>
  settleBy(document, by, host, { licensed, marks: {} });

/** Settles the latest activation of a machine by what is known of it. */
function close(document: LedgerDocument, by: Change, machineId: string, mark: string): LedgerDocument {
  const host = findHost(document, machineId);
  const latest = host?.activations.at(-1)?.reservation;
  return host === undefined || latest === undefined
    ? document
    : settleBy(document, by, host, { marks: { [latest]: mark } });
}

export const commit = (document: LedgerDocument, by: Change, machineId: string) =>
  close(document, by, machineId, done);

export const release = (document: LedgerDocument, by: Change, machineId: string) =>
  close(document, by, machineId, notSent);

export const refuse = (document: LedgerDocument, by: Change, machineId: string, hresult: string) =>
  close(document, by, machineId, failedWith(hresult));
