import { explainHresult } from "../catalog/hresults";
import { setupKeyOf } from "../catalog/setup-keys";
import { stoppableIn } from "../engine/clock";
import { PartialFailure, report } from "../engine/handler";
import { KmsError } from "../errors/kms-error";
import { failedOperation, refusalOf } from "../machine/licensing-answer";
import type { LicensingPlan } from "../machine/licensing-plan";
import { isGone, type Machine, type RunOptions } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { StoppedError } from "../machine/stopped";
import { observeSettled, shortMinutes } from "./ensure";
import { entriesOf, retireEntries } from "./ledger-entry";
import { settleFromAzure } from "./left-behind";
import { nextEntry, openActivations, presentEntries, revocable, settleHost } from "./open-activations";
import { retireHostPlan, uninstallOfficeKeyPlan } from "./plan";
import type { HostActivationOutputs, LedgerEntry, ManagedHostOutputs } from "./state";

/**
 * Before a host leaves: what its machine has on record about activations whose outcome is open. A machine that does not
 * answer, or is gone with its record, keeps them counted.
 */
async function settleBeforeRemoval(
  machine: Machine,
  host: ManagedHostOutputs,
  options: RunOptions,
): Promise<void> {
  const entries = await presentEntries(host);
  const state = await observeSettled(machine, host, options, (seen) => revocable(entries, seen));
  await settleHost(host, state);
}

/**
 * Makes a machine that stays a KMS client of its own edition; otherwise it would go on answering as a host. A
 * machine that goes with its host is not reached first. The host key of an Office version may leave alone, so it is
 * uninstalled in any case.
 */
export async function retireHost(
  host: ManagedHostOutputs,
  options: RunOptions = stoppableIn(shortMinutes),
): Promise<void> {
  const isOpen = (await openActivations(host)).length > 0;
  const next = await nextEntry(host);
  const mustBeReached = host.keepMachine || host.activationId !== undefined;
  if (!mustBeReached && host.licenseStatus === "Licensed") {
    report(
      host.name,
      `its virtual machine ${host.computerName} answers clients until it is deleted; if this command leaves it, for example with --target, run pulumi up, which takes it over again`,
    );
  }
  try {
    const machine = openMachine(host);
    if (isOpen) {
      await settleBeforeRemoval(machine, host, options);
    }
    if (mustBeReached) {
      await takeKeyOff(machine, host, retirePlan(machine, host, next), options);
    }
  } catch (error) {
    if (error instanceof StoppedError) {
      throw error;
    }
    if (isOpen) {
      await settleFromAzure(host);
    }
    if (mustBeReached && !isGone(error)) {
      throw error;
    }
    if ((await openActivations(host)).length > 0) {
      report(
        host.name,
        `an activation stays counted though its outcome is not known: ${(error as Error).message}`,
      );
    }
  }
  const { cause } = await retireEntries([...entriesOf(host), ...(next === undefined ? [] : [next])], options);
  if (cause !== undefined) {
    throw cause;
  }
}

function retirePlan(
  machine: Machine,
  host: ManagedHostOutputs,
  next: LedgerEntry | undefined,
): LicensingPlan {
  const { activationId, editionId } = host;
  const endings = [host.keyEnding, ...(next === undefined ? [] : [next.keyEnding])];
  if (activationId !== undefined) {
    return uninstallOfficeKeyPlan(activationId, endings);
  }
  const os = host.os ?? host.foundOs ?? "";
  const setupKey = setupKeyOf(os, editionId);
  if (setupKey === undefined) {
    const given = `${os === "" ? `Windows build ${host.osBuild}` : os}, ${editionId}`;
    throw new KmsError("KMS4003", { values: { machine: machine.name, given } });
  }
  return retireHostPlan(setupKey, endings);
}

async function takeKeyOff(
  machine: Machine,
  host: ManagedHostOutputs,
  plan: LicensingPlan,
  options: RunOptions,
): Promise<void> {
  const answer = await machine.run(plan, {}, options);
  if (refusalOf(answer) !== undefined) {
    report(
      host.name,
      `${host.computerName} has another key than the one ending in ${host.keyEnding} by now, and keeps it`,
    );
  }
  const failed = failedOperation(answer);
  if (failed !== undefined) {
    const explained = explainHresult(failed.hresult, "client", failed.detail);
    throw new KmsError("KMS4002", { values: { machine: machine.name, operation: failed.id, ...explained } });
  }
}

/**
 * Another address over SSH, or another ID in Azure, may be the same machine's, so only a look at it shows whether a former one is left. Where that is
 * interrupted, the former state stays, and the next update does both again.
 */
export async function leaveFormerMachine(
  id: string,
  olds: HostActivationOutputs,
  outs: ManagedHostOutputs,
  options?: RunOptions,
): Promise<void> {
  const isAddressSame =
    outs.ssh === undefined && outs.azureVmId?.toLowerCase() === olds.azureVmId?.toLowerCase();
  if (olds.readOnly || isAddressSame || outs.machineId === olds.machineId) {
    return;
  }
  try {
    await retireHost(olds, options);
  } catch (error) {
    const keeps = error instanceof KmsError && !(error instanceof StoppedError);
    throw keeps ? new PartialFailure(id, outs, error) : error;
  }
}
