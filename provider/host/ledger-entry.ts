import { createHash, randomBytes } from "node:crypto";
import { keyEnding, keyFingerprint } from "../catalog/product-key";
import { report } from "../engine/handler";
import { stopSignal } from "../engine/stopping";
import { KmsError } from "../errors/kms-error";
import {
  type Change,
  type HostIdentity,
  type LedgerDocument,
  type LedgerHost,
  openReservations,
  remaining,
} from "../ledger/document";
import { claim } from "../ledger/claim";
import { withDeclared } from "../ledger/declared";
import { changeCurrentLedger, currentLedger, documentToMove, moveLedger, refuseMoved } from "../ledger/moved";
import { openLedger } from "../ledger/open-ledger";
import { shownLedger } from "../ledger/shown-ledger";
import { stopOf } from "../ledger/store";
import { isConfirmation, type ReservationMark, reservationId, settle } from "../ledger/settlement";
import { adopt, findHost, reserve, retire } from "../ledger/transitions";
import { whoami } from "../ledger/who";
import type { RunOptions } from "../machine/machine";
import { isAcknowledged } from "./consent";
import { type HostState, isLicensedWith } from "./observed";
import type { HostActivationOutputs, LedgerEntry, ManagedHostInputs, ManagedHostOutputs } from "./state";
import { counted } from "../rules/diagnostic";

type Transition = (document: LedgerDocument, change: Change) => LedgerDocument;

/** What ends the waits for a ledger. @default the interruption of the command */
export type LedgerWait = Pick<RunOptions, "signal">;

const stoppable = (): LedgerWait => ({ signal: stopSignal() });

/** Changes the ledger of an entry's key, in the name of its owner. @throws KmsError as `changeLedger` */
export function changeEntry(
  entry: LedgerEntry,
  transition: Transition,
  { signal }: LedgerWait = stoppable(),
): Promise<LedgerDocument> {
  const { keyFingerprint: fingerprint, keyEnding: ending, keyGroup, name: resource, stack } = entry;
  const change = { at: new Date().toISOString(), who: whoami(), stack, resource };
  const key = { keyFingerprint: fingerprint, keyEnding: ending, keyGroup };
  return changeCurrentLedger(entry.ledger, key, (document) => transition(document, change), { signal });
}

/**
 * Brings the entry along when the program names another ledger for the key, with all that was spent of it. The machine is
 * not needed for that.
 * @throws KmsError KMS6025, KMS6026
 */
export async function moveEntry(
  inputs: ManagedHostInputs,
  olds: HostActivationOutputs | undefined,
  { signal }: LedgerWait = stoppable(),
): Promise<void> {
  for (const { move, key } of movesOf(inputs, olds)) {
    const { name: resource, stack } = inputs;
    const change = { at: new Date().toISOString(), who: whoami(), stack, resource };
    await moveLedger(move, key, change, { signal });
  }
}

/**
 * Says at preview what comes along to another ledger.
 * @throws KmsError KMS6025, KMS6026
 */
export async function announceMove(inputs: ManagedHostInputs, olds: HostActivationOutputs): Promise<void> {
  for (const { move, key } of movesOf(inputs, olds)) {
    const stored = await documentToMove(move, key, stopOf(stopSignal()));
    if (stored !== undefined) {
      const { hostsLeft, hostLimit } = remaining(stored.document);
      const what = `all that was spent of the key ending in ${key.keyEnding} (${hostsLeft} of ${counted(hostLimit, "host")} ${hostsLeft === 1 ? "is" : "are"} left)`;
      report(
        inputs.name,
        `${what} moves from the ledger ${shownLedger(move.from)} to ${shownLedger(move.to)}`,
      );
    }
  }
}

/** The ledgers that the key of the inputs was counted in before. */
function movesOf(inputs: ManagedHostInputs, olds?: HostActivationOutputs) {
  const { productKey, ledger: to, keyGroup } = inputs;
  const key = { keyFingerprint: keyFingerprint(productKey), keyEnding: keyEnding(productKey), keyGroup };
  return (olds === undefined ? [] : entriesOf(olds))
    .filter((entry) => entry.keyFingerprint === key.keyFingerprint && entry.ledger !== to)
    .map(({ ledger: from, machineId }) => ({ move: { from, to, machineId }, key }));
}

/** The entry of this resource for its key on this machine. */
export const entryFor = (
  { ledger, stack, name, keyGroup, productKey }: ManagedHostInputs,
  machineId: string,
): LedgerEntry => ({
  ledger,
  stack,
  name,
  keyFingerprint: keyFingerprint(productKey),
  keyEnding: keyEnding(productKey),
  keyGroup,
  machineId,
});

export const entryOf = (host: ManagedHostOutputs): LedgerEntry => {
  const { ledger, stack, name, keyFingerprint: fingerprint, keyEnding: ending, keyGroup, machineId } = host;
  return { ledger, stack, name, keyFingerprint: fingerprint, keyEnding: ending, keyGroup, machineId };
};

/** All entries that a resource has in ledgers: its own, and those that are yet to be retired. */
export const entriesOf = (host: HostActivationOutputs): LedgerEntry[] => [
  ...(host.formerEntries ?? []),
  ...(host.readOnly ? [] : [entryOf(host)]),
];

/** Whether the resource may go on with what is reserved for the machine: its own, or one that it takes over. */
const mayTakeOver = (
  host: Pick<LedgerHost, "stack" | "resource" | "retiredAt">,
  { stack, name, adopt: adopts }: Pick<ManagedHostInputs, "stack" | "name" | "adopt">,
  olds?: HostActivationOutputs,
) =>
  adopts ||
  host.retiredAt !== undefined ||
  (host.stack === stack && host.resource === name) ||
  (olds !== undefined && host.stack === olds.stack && host.resource === olds.name);

/**
 * Reservations of this machine that neither its record nor its license tells the outcome of. The machine can be told to
 * refuse them if they come yet.
 */
export async function reservationsToRevoke(
  inputs: Pick<ManagedHostInputs, "ledger" | "stack" | "name" | "adopt">,
  key: { keyFingerprint: string; keyEnding: string },
  seen: HostState,
  olds?: HostActivationOutputs,
  { signal }: LedgerWait = stoppable(),
): Promise<string[]> {
  const current = await currentLedger(inputs.ledger, key.keyFingerprint, signal);
  const host = current && findHost(current.document, seen.machineId);
  if (host === undefined || isLicensedWith(key.keyEnding, seen) || !mayTakeOver(host, inputs, olds)) {
    return [];
  }
  // Depositing a confirmation ID spends nothing that is not spent already.
  return openReservations(host).flatMap(({ reservation = "" }) =>
    Object.hasOwn(seen.marks, reservation) || isConfirmation(reservation) ? [] : [reservation],
  );
}

/**
 * Before anything is done: brings the ledger in line with what was seen on the machine, and reserves an activation
 * where the plan will spend one. A host that the ledger knows by the resource's former name, or its stack's, stays its own.
 * @returns the reservation, where one was made
 * @throws KmsError KMS6010 to KMS6014 when none is left, or the machine is another stack's
 */
export async function reserveActivation(
  inputs: ManagedHostInputs,
  seen: HostState,
  spends: boolean,
  olds?: HostActivationOutputs,
  wait: LedgerWait = stoppable(),
): Promise<string | undefined> {
  const entry = entryFor(inputs, seen.machineId);
  const { machineId, computerName } = seen;
  const { azureVmId } = inputs;
  const machine: HostIdentity = { machineId, computerName, ...(azureVmId !== undefined && { azureVmId }) };
  const reservation = spends ? newReservation(inputs) : undefined;
  await refuseMovedLedger(entry, wait);
  const corrects = isAcknowledged("KMS6015", inputs);
  const reserving: Transition = (before, change) => {
    const declared = withDeclared(before, change, inputs, corrects);
    const owned = own(declared, change, machine, inputs, olds);
    const settled = settle(owned, change, machine, seenBy(seen, entry.keyEnding));
    return reservation === undefined ? settled : reserve(settled, change, machine, reservation);
  };
  const document = await changeEntry(entry, reserving, wait);
  if (spends) {
    reportRemaining(inputs.name, document, machine);
  }
  return reservation;
}

/**
 * What one confirmation ID is deposited for is one activation, however often that is tried. The ID cannot be read out of the
 * part of its hash.
 */
function newReservation({ productKey, activation, confirmationId }: ManagedHostInputs): string {
  const fingerprint = keyFingerprint(productKey);
  if (activation !== "offline") {
    return reservationId(fingerprint, randomBytes(reservationBytes).toString("hex"), false);
  }
  const hash = createHash("sha256").update(`${fingerprint} ${confirmationId}`).digest("hex");
  return reservationId(fingerprint, hash.slice(0, 2 * reservationBytes), true);
}
const reservationBytes = 6;

const seenBy = (seen: HostState, ending: string, doneSince: readonly string[] = []) => ({
  licensed: isLicensedWith(ending, seen),
  marks: seen.marks,
  doneSince,
});

/** An entry that is written to from now on is not followed to where it was moved: the program names a second place. */
async function refuseMovedLedger(
  { ledger, keyFingerprint: fingerprint }: LedgerEntry,
  { signal }: LedgerWait,
): Promise<void> {
  const stored = await openLedger(ledger).read(fingerprint, stopOf(signal));
  if (stored !== undefined) {
    refuseMoved(stored.document, ledger);
  }
}

const isSameHost = (left: LedgerEntry, right: LedgerEntry) =>
  left.keyFingerprint === right.keyFingerprint && left.machineId === right.machineId;

/** A host of another stack is taken over only when the program says so. */
function own(
  document: LedgerDocument,
  change: Change,
  machine: HostIdentity,
  inputs: ManagedHostInputs,
  olds?: HostActivationOutputs,
): LedgerDocument {
  const known = findHost(document, machine.machineId);
  if (known === undefined) {
    return document;
  }
  if (!mayTakeOver(known, inputs, olds)) {
    const { computerName, stack, resource } = known;
    throw new KmsError("KMS6014", { values: { machine: computerName, stack, resource } });
  }
  return adopt(document, change, machine);
}

function reportRemaining(name: string, document: LedgerDocument, machine: HostIdentity): void {
  const { hostsLeft, hostLimit, hosts } = remaining(document);
  const own = hosts.find(({ machineId }) => machineId === machine.machineId.toLowerCase());
  const again = own === undefined ? "" : `, ${counted(own.reactivationsLeft, "reactivation")} of this one`;
  report(name, `activating; the key then has ${hostsLeft} of ${counted(hostLimit, "host")} left${again}`);
}

/** Marks the entry of a host's machine as this very resource's. */
export async function claimMachine(host: ManagedHostOutputs, mark: string): Promise<void> {
  await changeEntry(entryOf(host), (document, change) => claim(document, change, host, mark));
}

/**
 * After the run: what is known of the reserved activation by its answer, or by the error in its place.
 * @param doneSince reservations that the machine recorded as done since this one was made
 */
export async function settleActivation(
  inputs: ManagedHostInputs,
  seen: HostState,
  reservation: string,
  { mark, doneSince }: { mark?: ReservationMark; doneSince?: readonly string[] },
  wait?: LedgerWait,
): Promise<void> {
  const marks = { ...seen.marks, ...(mark !== undefined && { [reservation]: mark }) };
  await settleEntry(entryFor(inputs, seen.machineId), { ...seen, marks }, doneSince, wait);
}

/** Settles what is open of an entry by what was seen on its machine. */
export async function settleEntry(
  entry: LedgerEntry,
  seen: HostState,
  doneSince?: readonly string[],
  wait?: LedgerWait,
): Promise<void> {
  const { machineId, computerName } = seen;
  const settling: Transition = (document, change) =>
    settle(document, change, { machineId, computerName }, seenBy(seen, entry.keyEnding, doneSince));
  await changeEntry(entry, settling, wait);
}

/**
 * The entries of a resource besides the one for its key on this machine: they are retired once the machine has the key.
 * Whoever moves a ledger copies its documents, so they are retired in both places.
 */
export function formerEntries(
  inputs: ManagedHostInputs,
  machineId: string,
  olds: HostActivationOutputs | undefined,
): LedgerEntry[] {
  const { ledger } = inputs;
  const own = entryFor(inputs, machineId);
  return (olds === undefined ? [] : entriesOf(olds))
    .filter((entry) => !isSameHost(entry, own))
    .flatMap((entry) => (entry.ledger === ledger ? [entry] : [entry, { ...entry, ledger }]));
}

/**
 * Records that machines are no KMS hosts with a key any more; Microsoft does not give their places back.
 * @returns the entries that could not be retired, with what kept the first of them
 */
export async function retireEntries(
  entries: readonly LedgerEntry[],
  wait?: LedgerWait,
): Promise<{ left: LedgerEntry[]; cause?: Error }> {
  const left: { entry: LedgerEntry; cause: Error }[] = [];
  for (const entry of entries) {
    try {
      await changeEntry(entry, (document, change) => retire(document, change, entry.machineId), wait);
    } catch (error) {
      left.push({ entry, cause: error as Error });
    }
  }
  return { left: left.map(({ entry }) => entry), cause: left[0]?.cause };
}
