import { report } from "../engine/handler";
import { stopSignal } from "../engine/stopping";
import { openReservations } from "../ledger/document";
import { currentLedger } from "../ledger/moved";
import { findHost, nameNextKey } from "../ledger/transitions";
import { changeEntry, entryOf, reservationsToRevoke, settleEntry } from "./ledger-entry";
import type { HostState } from "./observed";
import type { HostActivationOutputs, LedgerEntry, ManagedHostOutputs } from "./state";

/*
 * Activations of a stored host whose outcome is not known: of its key, and of the key that an update had begun to put in its
 * place when it was cut off. The stored state knows nothing of the latter; the entry of the former key names it.
 */

/** The document and the host that an entry stands for; undefined where there is none. */
export const storedEntry = async ({ ledger, keyFingerprint, machineId }: LedgerEntry) => {
  const stored = await currentLedger(ledger, keyFingerprint, stopSignal());
  const host = stored && findHost(stored.document, machineId);
  return stored && host && { ...stored, host };
};

/** Before an activation with another key is reserved: the entry of the present key names the other one. */
export async function announceKey(olds: HostActivationOutputs | undefined, next: LedgerEntry): Promise<void> {
  if (olds === undefined || olds.readOnly || olds.keyFingerprint === next.keyFingerprint) {
    return;
  }
  const { keyFingerprint, ledger } = next;
  try {
    await changeEntry(entryOf(olds), (document) =>
      nameNextKey(document, olds.machineId, { keyFingerprint, ledger }),
    );
  } catch (error) {
    // The update goes on, since the ledger of the new key is the one that counts.
    report(olds.name, `the ledger of its former key does not name the new one: ${(error as Error).message}`);
  }
}

/**
 * The entry of the key that an update began to put in place of the host's, where the host is still known by the former;
 * none where the ledger cannot be read now.
 */
export async function nextEntry(host: ManagedHostOutputs): Promise<LedgerEntry | undefined> {
  try {
    return await entryToFollow(entryOf(host));
  } catch {
    return undefined; // whoever has to write the ledger fails then
  }
}

async function entryToFollow(own: LedgerEntry): Promise<LedgerEntry | undefined> {
  const nextKey = (await storedEntry(own))?.host.nextKey;
  if (nextKey === undefined || nextKey.keyFingerprint === own.keyFingerprint) {
    return undefined;
  }
  const next = await storedEntry({ ...own, ...nextKey });
  if (next === undefined || next.host.stack !== own.stack || next.host.resource !== own.name) {
    return undefined;
  }
  const { keyEnding, keyGroup } = next.document;
  return { ...own, ...nextKey, keyEnding, keyGroup };
}

/** The entries of a stored host: its own, and that of the key which was to follow. */
export async function presentEntries(host: ManagedHostOutputs): Promise<LedgerEntry[]> {
  const next = await nextEntry(host);
  return [entryOf(host), ...(next === undefined ? [] : [next])];
}

/** Reserved activations of a stored host whose outcome is not known; none where the ledger cannot be read now. */
export async function openActivations(host: ManagedHostOutputs): Promise<number[]> {
  try {
    const entries = await Promise.all((await presentEntries(host)).map(storedEntry));
    return entries.flatMap((entry) =>
      entry === undefined ? [] : openReservations(entry.host).map(({ number }) => number),
    );
  } catch {
    return []; // the component's preview says so, and the update refuses to activate
  }
}

/** Reservations of these entries that the machine can be told to refuse, by what was seen on it. */
export async function revocable(
  entries: readonly LedgerEntry[],
  seen: HostState,
  olds?: HostActivationOutputs,
): Promise<string[]> {
  const found = await Promise.all(
    entries.map((entry) => reservationsToRevoke({ ...entry, adopt: false }, entry, seen, olds)),
  );
  return found.flat();
}

/** Brings all ledgers in line with what was seen on the machine of a stored host. */
export async function settleHost(host: ManagedHostOutputs, seen: HostState): Promise<void> {
  for (const entry of await presentEntries(host)) {
    await settleEntry(entry, seen);
  }
  await settleOtherKeys(entryOf(host), seen);
}

/** The ledgers that the machine's own record names besides that of the entry: of keys that it was given meanwhile. */
async function settleOtherKeys(entry: LedgerEntry, seen: HostState): Promise<void> {
  const fingerprints = new Set(Object.keys(seen.marks).map((reservation) => reservation.split("-", 1)[0]));
  fingerprints.delete(entry.keyFingerprint);
  for (const keyFingerprint of [...fingerprints].filter((text) => /^[0-9a-f]{32}$/.test(text))) {
    const stored = await storedEntry({ ...entry, keyFingerprint, machineId: seen.machineId });
    if (stored !== undefined && openReservations(stored.host).length > 0) {
      const { keyEnding, keyGroup } = stored.document;
      await settleEntry({ ...entry, keyFingerprint, keyEnding, keyGroup }, seen);
    }
  }
}

/** A ledger that cannot be reached keeps nobody from looking; the next update settles then. */
export async function settleWhereReached(host: ManagedHostOutputs, seen: HostState): Promise<void> {
  try {
    await settleHost(host, seen);
  } catch (error) {
    report(host.name, `what was seen is not in the ledger yet: ${(error as Error).message}`);
  }
}
