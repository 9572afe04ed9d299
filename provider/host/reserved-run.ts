import { KmsError } from "../errors/kms-error";
import { done, failedWith, notBegun, notSent, type ReservationMark } from "../ledger/settlement";
import { type FailedOperation } from "../machine/licensing-answer";
import { type LicensingAnswer, recordOperation } from "../machine/licensing-plan";
import type { Machine, RunOptions } from "../machine/machine";
import { NotSentError } from "../machine/not-sent";
import { StoppedError } from "../machine/stopped";
import { settleActivation } from "./ledger-entry";
import { hostState, type HostState } from "./observed";
import { activateOperation, type DesiredHost, ensureHostPlan } from "./plan";
import type { ManagedHostInputs } from "./state";

/*
 * The run that spends a reserved activation, and what its answer says about the reservation.
 */

/** A run for which an activation is reserved. */
interface ReservedRun {
  /** The machine as it was seen before the run. */
  before: HostState;
  reservation: string;
  options: RunOptions;
}

/**
 * Runs the plan, and settles what was reserved for it by the answer, or by the error in its place. A script that is given up
 * goes on and records on the machine how it ends, so that its reservation stays.
 * @throws KmsError KMS4033 then
 */
export async function activateWithLedger(
  machine: Machine,
  desired: DesiredHost,
  inputs: ManagedHostInputs,
  { before, reservation, options }: Partial<ReservedRun> & Omit<ReservedRun, "reservation">,
): Promise<LicensingAnswer> {
  const { productKey, confirmationId } = inputs;
  const settle =
    reservation === undefined
      ? undefined
      : (answer: LicensingAnswer) => settleAnswer(inputs, answer, { before, reservation, options });
  try {
    return await machine.run(
      ensureHostPlan(desired, reservation),
      { productKey, ...(confirmationId !== undefined && { confirmationId }) },
      { ...options, ...(settle && { settle }), publicKey: before.publicKey },
    );
  } catch (error) {
    const stopped = error instanceof StoppedError;
    if (reservation !== undefined && (error instanceof NotSentError || (stopped && !error.begun))) {
      await settleActivation(inputs, before, reservation, { mark: notSent }, options);
    } else if (reservation !== undefined && stopped) {
      throw new KmsError("KMS4033", { values: { machine: machine.name }, cause: error });
    }
    throw error;
  }
}

/**
 * Settles a reservation by the answer of the script that was to activate. One that found the machine activated, because
 * another reserved activation has been done since it was looked at, has spent nothing.
 */
async function settleAnswer(
  inputs: ManagedHostInputs,
  answer: LicensingAnswer,
  { before, reservation, options }: ReservedRun,
): Promise<void> {
  const seen = hostState(answer);
  const doneSince = Object.keys(seen.marks).filter(
    (other) => other !== reservation && seen.marks[other] === done && before.marks[other] !== done,
  );
  const mark = markOf(answer) ?? (doneSince.length > 0 ? notBegun : undefined);
  await settleActivation(inputs, seen, reservation, { mark, doneSince }, options);
}

/** What the answer of the activating script itself says about the activation; undefined where it found nothing to do. */
export function markOf({ operations }: LicensingAnswer): ReservationMark | undefined {
  const activation = operations.find(({ id }) => id === activateOperation);
  switch (activation?.result) {
    case "done":
      return done;
    case "failed":
      return failedWith(activation.hresult ?? "");
    case "skipped":
      return undefined;
    default:
      return notBegun;
  }
}

/** ERROR_CANCELLED, which the script gives for a reservation that another run has revoked. */
const cancelled = "0x800704C7";

/** Whether another run had revoked the reservation, so that this one left the machine as it was. */
export const isRevoked = ({ id, hresult }: FailedOperation) =>
  id === recordOperation && hresult === cancelled;
