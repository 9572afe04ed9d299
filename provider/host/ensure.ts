import { keyEnding, keyFingerprint } from "../catalog/product-key";
import { stoppableIn } from "../engine/clock";
import { PartialFailure, report } from "../engine/handler";
import { failedOperation, requireReadable, unreadable, unreadableError } from "../machine/licensing-answer";
import { type LicensingAnswer } from "../machine/licensing-plan";
import type { Machine, RunOptions } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { refuseStopped } from "../machine/stopped";
import {
  entryFor,
  formerEntries,
  moveEntry,
  reservationsToRevoke,
  reserveActivation,
  retireEntries,
  settleEntry,
} from "./ledger-entry";
import { announceKey, nextEntry, revocable, settleWhereReached } from "./open-activations";
import { hostState, type HostState, isLicensedWith, observedHost, refuseMachine } from "./observed";
import { activateOperation, becomesActivated, type DesiredHost, hostDrift, observeAnewPlan } from "./plan";
import { refuseFound } from "./check";
import { refuseOtherMachine } from "./consent";
import { activateWithLedger, isRevoked } from "./reserved-run";
import { refusedStep, reportTolerated, reportUnreadable } from "./refusals";
import {
  type HostActivationOutputs,
  type HostHistory,
  type LedgerEntry,
  type ManagedHostInputs,
  type ManagedHostOutputs,
  storedInputs,
} from "./state";

/**
 * Observes the machine, refuses one that cannot be the host, acts under guard, and gives what is there now. A host in the
 * desired state is only looked at. Where another run has revoked the reservation of this one, which has then left the
 * machine as it was, all is looked at and decided once more.
 * @throws PartialFailure where the state is to be kept though not all is done: a refused step, a former ledger entry
 */
export async function ensureHost(
  inputs: ManagedHostInputs,
  olds?: HostActivationOutputs,
  options: RunOptions = stoppableIn(inputs.timeoutMinutes),
): Promise<ManagedHostOutputs> {
  await moveEntry(inputs, olds, options);
  const outputs = await ensureOnce(inputs, olds, options, true);
  if (outputs !== undefined) {
    return outputs;
  }
  report(inputs.name, "another run has taken this activation over; looking at the machine once more");
  return (await ensureOnce(inputs, olds, options, false))!;
}

/** @returns undefined where the reservation was revoked and it may be tried again */
async function ensureOnce(
  inputs: ManagedHostInputs,
  olds: HostActivationOutputs | undefined,
  options: RunOptions,
  mayRepeat: boolean,
): Promise<ManagedHostOutputs | undefined> {
  const machine = openMachine(inputs);
  const { before, next } = await observeAndSettle(machine, inputs, olds, options);
  const desired = desiredByInputs(inputs, before, olds?.readOnly === false ? olds : undefined);
  const spends = spendsActivation(desired, before);
  if (spends) {
    refuseStopped(machine.name, options);
    await announceKey(olds, entryFor(inputs, before.machineId));
  }
  const reservation = await reserveActivation(inputs, before, spends, olds, options);
  const answer =
    hostDrift(desired, before).length === 0
      ? undefined
      : await activateWithLedger(machine, desired, inputs, { before, reservation, options });
  const failed = answer && failedOperation(answer);
  if (mayRepeat && failed !== undefined && isRevoked(failed)) {
    return undefined;
  }
  const lost = answer && unreadable(answer, "service", "product");
  const after = answer === undefined ? before : stateAfter(answer, before);
  if (answer !== undefined) {
    reportTolerated(inputs.name, machine.name, answer);
  }
  const activated = answer?.operations.some(
    ({ id, result }) => id === activateOperation && result === "done",
  );
  const activatedAt = activated ? after.utc : olds?.activatedAt;
  const { left, cause } = await retireFormerEntries(
    [...formerEntries(inputs, after.machineId, olds), ...next],
    after,
    options,
  );
  const outputs = hostOutputs(inputs, after, {
    ...(activatedAt !== undefined && { activatedAt }),
    ...(left.length > 0 && { formerEntries: left }),
    confirmed: desired.confirmedInstallationId !== undefined && after.licenseStatus === "Licensed",
    drift: lost === undefined ? hostDrift(desired, after) : ["what the update changed could not be read"],
  });
  const failure =
    failed !== undefined
      ? refusedStep(machine.name, { ...inputs, os: inputs.os ?? outputs.foundOs }, failed)
      : lost !== undefined
        ? unreadableError(answer!, lost)
        : cause;
  if (failure !== undefined) {
    throw new PartialFailure(after.machineId, outputs, failure);
  }
  return outputs;
}

/**
 * Observes the machine, and settles what an earlier update left open of a key that it began to install.
 * @throws KmsError what speaks against the update
 */
async function observeAndSettle(
  machine: Machine,
  inputs: ManagedHostInputs,
  olds: HostActivationOutputs | undefined,
  options: RunOptions,
): Promise<{ before: HostState; next: LedgerEntry[] }> {
  const { productKey } = inputs;
  const key = { keyFingerprint: keyFingerprint(productKey), keyEnding: keyEnding(productKey) };
  const before = await observeSettled(
    machine,
    inputs,
    options,
    async (seen) => {
      refuseMachine(seen, inputs);
      refuseFound(inputs, seen);
      await refuseOtherMachine(inputs, seen, olds);
      const next = await entriesToFollow(inputs, olds);
      return [
        ...(await reservationsToRevoke(inputs, key, seen, olds, options)),
        ...(await revocable(next, seen, olds)),
      ];
    },
    key.keyEnding,
  );
  const next = await entriesToFollow(inputs, olds);
  for (const entry of next) {
    await settleEntry(entry, before, undefined, options);
  }
  return { before, next };
}

/** The machine after a run; what could not be read is as it was before. */
function stateAfter(answer: LicensingAnswer, before: HostState): HostState {
  const { settings, awaitsRestart, ...after } = hostState(answer);
  if (unreadable(answer, "service", "product") === undefined) {
    return { settings, awaitsRestart, ...after };
  }
  return { ...before, utc: after.utc, marks: after.marks };
}

/**
 * Looks at a machine. Where it has no record of an activation that was reserved, it is told to refuse it from now on, so
 * that what it then shows is final.
 * @param revocable reservations of the machine to revoke, by what was seen on it
 * @param keyEnding last five characters of the product key that is to be installed, if one is
 */
export async function observeSettled(
  machine: Machine,
  host: Pick<ManagedHostOutputs, "name" | "activationId">,
  options: RunOptions,
  revocable: (seen: HostState) => Promise<string[]>,
  keyEnding?: string,
): Promise<HostState> {
  const sealedFor = machine.sealsKeys === true ? keyEnding : undefined;
  const observe = async (revoke: string[]) => {
    const answer = await machine.run(observeAnewPlan(host.activationId, revoke, sealedFor), {}, options);
    requireReadable(answer, "service", "product", "reservations", "keyPair");
    reportUnreadable(host.name, answer);
    return hostState(answer);
  };
  const seen = await observe([]);
  const revoke = await revocable(seen);
  return revoke.length === 0 ? seen : observe(revoke);
}

/** The entry of a key that an earlier update had begun to install, and that this one does not. */
async function entriesToFollow(
  inputs: ManagedHostInputs,
  olds: HostActivationOutputs | undefined,
): Promise<LedgerEntry[]> {
  const next = olds === undefined || olds.readOnly ? undefined : await nextEntry(olds);
  return next === undefined || next.keyFingerprint === keyFingerprint(inputs.productKey) ? [] : [next];
}

/** Retires the entries of keys that are not on the machine any more; one that still has its old key is still a host with it. */
async function retireFormerEntries(
  entries: LedgerEntry[],
  { machineId, partialProductKey }: HostState,
  options: RunOptions,
): Promise<{ left: LedgerEntry[]; cause?: Error }> {
  const isInUse = (entry: LedgerEntry) =>
    entry.machineId === machineId && entry.keyEnding === partialProductKey;
  const { left, cause } = await retireEntries(
    entries.filter((entry) => !isInUse(entry)),
    options,
  );
  return { left: [...entries.filter(isInUse), ...left], cause };
}

/** What the engine stores of a host after it was worked on. */
function hostOutputs(
  inputs: ManagedHostInputs,
  state: HostState,
  history: HostHistory & Pick<ManagedHostOutputs, "confirmed">,
): ManagedHostOutputs {
  const { productKey } = inputs;
  return {
    ...storedInputs(inputs),
    keyFingerprint: keyFingerprint(productKey),
    keyEnding: keyEnding(productKey),
    ...observedHost(state, inputs.activation),
    ...history,
  };
}

/** Whether the plan will activate: the machine is not, or gets another key. */
const spendsActivation = (desired: DesiredHost, before: HostState) =>
  becomesActivated(desired) && !isLicensedWith(desired.partialProductKey, before);

/** A confirmation ID belongs to the installation ID of the key that is installed already. */
function desiredByInputs(
  inputs: ManagedHostInputs,
  before: HostState,
  olds: ManagedHostOutputs | undefined,
): DesiredHost {
  const { activationId, activation, confirmationId, settings } = inputs;
  const partialProductKey = keyEnding(inputs.productKey);
  const confirmed =
    activation === "offline" &&
    (confirmationId ?? "") !== "" &&
    before.partialProductKey === partialProductKey;
  return {
    activationId,
    activation,
    partialProductKey,
    confirmedInstallationId: confirmed ? before.installationId : undefined,
    settings: settings && { values: settings, former: olds?.settings },
  };
}

/** The desired state of a stored host. */
export const desiredByOutputs = (host: ManagedHostOutputs): DesiredHost => ({
  activationId: host.activationId,
  activation: host.activation,
  partialProductKey: host.keyEnding,
  confirmedInstallationId: host.confirmed ? host.installationId : undefined,
  settings: host.settings && { values: host.settings },
});

/** How long it may take to look at a KMS host, or to retire it. */
export const shortMinutes = 30;

/** Looks at a host after an update. */
export async function refreshHost(
  host: ManagedHostOutputs,
  options: RunOptions = stoppableIn(shortMinutes),
): Promise<ManagedHostOutputs> {
  const answer = await openMachine(host).run(observeAnewPlan(host.activationId), {}, options);
  requireReadable(answer, "service", "product", "reservations");
  reportUnreadable(host.name, answer);
  const state = hostState(answer);
  await settleWhereReached(host, state);
  const {
    partialProductKey: _key,
    installationId: _id,
    foundOs: _os,
    foundEdition: _edition,
    policyProfiles: _profiles,
    ...rest
  } = host;
  return {
    ...rest,
    ...observedHost(state, host.activation),
    drift: hostDrift(desiredByOutputs(host), state),
  };
}
