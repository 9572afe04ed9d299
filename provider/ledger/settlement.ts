import {
  type ActivationOutcome,
  activationsSpentBy,
  type Change,
  type HostIdentity,
  type LedgerActivation,
  type LedgerDocument,
  type LedgerHost,
  openReservations,
} from "./document";
import { findHost, newHost, withActivation, withHost } from "./transitions";

/*
 * The one place that decides what became of a reserved activation. Committed: the machine is, or was, seen activated, by
 * whatever route. Released: only on proof that the activation never began and never will. Refused: Windows or Microsoft
 * answered so. Anything else keeps the reservation, which counts as spent. Microsoft has counted a confirmation ID by the time
 * it gives it, so a reservation for one is released by nothing.
 */

/**
 * What is known of the activation of one reservation.
 * `started`, `done`, `failed 0x…`: the machine's own record, written directly before and after the activation.
 * `revoked`: the machine's record that the activation will be refused if it comes yet, and it had not begun.
 * `not sent`: the request for it was refused or never sent.
 * `not begun`: the script that was to activate has ended, and had not come to it.
 */
export type ReservationMark = string;

export const notSent: ReservationMark = "not sent";
export const notBegun: ReservationMark = "not begun";
export const revoked: ReservationMark = "revoked";
export const done: ReservationMark = "done";
export const failedWith = (hresult: string): ReservationMark => `failed ${hresult}`;

/** What was seen on a machine, or is known of a call to it. */
export interface Seen {
  /** Whether it is activated with the key. Undefined where nobody could look. */
  licensed?: boolean;
  /** By reservation. */
  marks: Readonly<Record<string, ReservationMark>>;
  /** Reservations that the machine recorded as done after the one at hand was made; one of them may be why it is activated. */
  doneSince?: readonly string[];
}

interface Decision {
  outcome: Extract<ActivationOutcome, "committed" | "released" | "refused">;
  hresult?: string;
}

/** Reservations for a confirmation ID are named so. */
const confirmationPattern = /-confirmation-/;

/**
 * What the machine keeps its record of an activation by. The key's fingerprint comes first, so that the record tells which
 * ledger counts it.
 * @param part 12 hexadecimal digits: random, or of a hash of the confirmation ID that is deposited
 */
export const reservationId = (keyFingerprint: string, part: string, confirms: boolean) =>
  `${keyFingerprint}-${confirms ? "confirmation-" : ""}${part}`;

export const isConfirmation = (reservation: string) => confirmationPattern.test(reservation);

/** What became of a reserved activation; undefined while that is not known. */
export function decide(
  mark: ReservationMark | undefined,
  licensed: boolean | undefined,
): Decision | undefined {
  const [state, hresult] = mark?.split(/ (?=0x)/) ?? [];
  if (state === done) {
    return { outcome: "committed" };
  }
  if (state === notSent || state === notBegun || state === revoked) {
    return { outcome: "released" };
  }
  if (state === "failed" && isRefusal(hresult)) {
    return { outcome: "refused", hresult };
  }
  // It was reserved because the machine was not activated, so it has been activated since.
  return licensed === true ? { outcome: "committed" } : undefined;
}

/**
 * Failures that come from Windows or from Microsoft's activation service, or before a connection to it. Any other, such as
 * a lost connection, says nothing about what the service counted. SPP's own codes are 0xC004nnnn.
 * Source: learn.microsoft.com, Windows activation error codes; winhttp.h, winerror.h.
 */
const refusals = [
  /^0xC004[0-9A-F]{4}$/,
  // access denied, invalid argument, cancelled
  /^0x800(70005|70057|704C7)$/,
  // DNS name missing, name not resolved, cannot connect
  /^0x8007(232B|267C|2EE7|2EFD)$/,
  // methods of WMI that do not exist or take other arguments
  /^0x8004102[EF]$/,
];

const isRefusal = (hresult = "") => refusals.some((pattern) => pattern.test(hresult));

/** What became of one for a confirmation ID, which Microsoft has counted already unless Windows refuses it. */
function decideConfirmation(
  mark: ReservationMark | undefined,
  before: ActivationOutcome,
): Decision | undefined {
  const decision = decide(mark, undefined);
  if (decision?.outcome === "refused" || (decision === undefined && before === "refused")) {
    return decision;
  }
  return { outcome: "committed" };
}

/**
 * Brings the entry of a machine in line with what is known of its reservations and what was seen on it. That the machine is
 * activated is due to one activation, so it settles one reservation at most, and none where a record says which one it was. A
 * machine that is activated with the key though the ledger has nothing for it was activated by somebody else; that counts
 * too, whatever the limits are.
 */
export function settle(
  document: LedgerDocument,
  change: Change,
  machine: HostIdentity,
  seen: Seen,
): LedgerDocument {
  const host = findHost(document, machine.machineId);
  const settleAll = (before: LedgerDocument, by: Seen) =>
    (host?.activations ?? []).reduce(
      (now, activation) => settleOne(now, change, machine, activation, by),
      before,
    );
  const recorded = settleAll(document, { ...seen, licensed: undefined });
  const isExplained =
    hasGained(host, findHost(recorded, machine.machineId)) ||
    isDoneSince(seen, findHost(recorded, machine.machineId));
  const settled = isExplained ? recorded : settleAll(recorded, seen);
  const wasActivatedElsewhere =
    settled !== document && !isExplained && !hasGained(host, findHost(settled, machine.machineId));
  const known = findHost(settled, machine.machineId) ?? newHost(change, machine);
  if (seen.licensed !== true || (activationsSpentBy(known) > 0 && !wasActivatedElsewhere)) {
    return settled;
  }
  const found = withActivation(known, { at: change.at, outcome: "found", settledAt: change.at });
  return withHost(settled, change, "found", found);
}

/** What a person may say of an activation whose outcome nothing shows any more. */
export type StatedOutcome = "committed" | "released" | "unknown";

/**
 * Settles what is open of a machine by what a person states of it, with the reason. A record of the machine that says
 * otherwise counts, should it be seen later.
 */
export function stateOutcome(
  document: LedgerDocument,
  change: Change,
  machineId: string,
  { outcome, reason }: { outcome: StatedOutcome; reason: string },
): LedgerDocument {
  const open = openReservations(findHost(document, machineId) ?? { activations: [] });
  return open.reduce((now, { number }) => {
    const host = findHost(now, machineId)!;
    const activations = host.activations.map((other) =>
      other.number === number ? { ...other, outcome, settledAt: change.at } : other,
    );
    return withHost(
      now,
      change,
      outcome,
      { ...host, activations },
      `activation ${number}, stated: ${reason}`,
    );
  }, document);
}

const committedOf = (host: LedgerHost | undefined) =>
  host?.activations.filter(({ outcome }) => outcome === "committed").length ?? 0;

/** Whether one of the reservations explains why the machine is activated. */
const hasGained = (before: LedgerHost | undefined, after: LedgerHost | undefined) =>
  committedOf(after) > committedOf(before);

const isDoneSince = ({ doneSince = [] }: Seen, host: LedgerHost | undefined) =>
  host?.activations.some(
    ({ outcome, reservation = "" }) => outcome === "committed" && doneSince.includes(reservation),
  ) === true;

/** What was granted stays granted; what was given up is granted after all where the machine has a record of it. */
const mayBecome = (before: ActivationOutcome, after: ActivationOutcome) =>
  before === "reserved" ||
  before === "unknown" ||
  (after === "committed" && before !== "committed" && before !== "found");

function settleOne(
  document: LedgerDocument,
  change: Change,
  { machineId }: HostIdentity,
  { number }: LedgerActivation,
  { licensed, marks }: Seen,
): LedgerDocument {
  const host = findHost(document, machineId);
  const activation = host?.activations[number - 1];
  if (host === undefined || activation === undefined) {
    return document;
  }
  const { outcome, reservation = "" } = activation;
  const mark = Object.hasOwn(marks, reservation) ? marks[reservation] : undefined;
  // That the machine is activated now may be due to a later one.
  const decision = isConfirmation(reservation)
    ? decideConfirmation(mark, outcome)
    : decide(mark, outcome === "reserved" && licensed);
  if (decision === undefined || !mayBecome(outcome, decision.outcome)) {
    return document;
  }
  const settled = { ...activation, ...decision, settledAt: change.at };
  const activations = host.activations.map((other) => (other.number === number ? settled : other));
  const detail = [`activation ${number}`, decision.hresult].filter(Boolean).join(", ");
  return withHost(document, change, decision.outcome, { ...host, activations }, detail);
}
