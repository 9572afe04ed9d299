import { explainHresult } from "../catalog/hresults";
import { officeGroup, officeName } from "../catalog/key-groups";
import { keyEnding } from "../catalog/product-key";
import { setupKeyOf } from "../catalog/setup-keys";
import { deadlineIn } from "../engine/clock";
import { PartialFailure } from "../engine/handler";
import { KmsError } from "../errors/kms-error";
import { failedOperation } from "../machine/licensing-answer";
import type { LicensingAnswer, LicensingPlan } from "../machine/licensing-plan";
import { isGone, type Machine, type RunOptions } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { neverReachedWindows } from "../machine/run-command-error";
import { settleActivation, reserveActivation, releaseActivation, retireLedgerEntry } from "./ledger-entry";
import { hostState, type HostState, isLicensedWith, refuseMachine } from "./observed";
import { hostOutputs } from "./outputs";
import {
  activateOperation,
  becomesActivated,
  retireHostPlan,
  ensureHostPlan,
  installOperation,
  observeHostPlan,
  uninstallOfficeKeyPlan,
} from "./plan";
import { hostDrift, type DesiredHost } from "./settings";
import type { HostActivationInputs, HostActivationOutputs } from "./state";

/** What the installation of a key gives where its product is not there. Source: SLInstallProofOfPurchaseEx reference. */
const productMissing = new Set(["0xC004F015", "0xC004F050", "0xC004F069"]);

/**
 * Observes the machine, refuses one that can't be the host, acts under guard, and tells what is there now. A host that
 * is as wanted is only looked at.
 */
export async function ensureHost(
  inputs: HostActivationInputs,
  olds?: HostActivationOutputs,
): Promise<HostActivationOutputs> {
  const machine = openMachine(inputs);
  const options = deadlineIn(inputs.deadlineMinutes);
  const before = hostState(
    await machine.run(observeHostPlan(inputs.port, inputs.activationId), {}, options),
    inputs.port,
  );
  refuseMachine(before, inputs);
  const desired = desiredByInputs(inputs, before);
  const history = {
    activationTime: olds?.activationTime ?? "",
    confirmed: desired.confirmedInstallationId !== undefined,
  };
  await reserveActivation(inputs, before, spendsActivation(desired, before), olds);
  if (hostDrift(desired, before).length === 0) {
    return hostOutputs(inputs, before, { ...history, drift: [] });
  }
  const answer = await activateWithLedger(machine, desired, inputs, before, options);
  const after = hostState(answer, inputs.port);
  const activated = answer.operations.some(({ id, result }) => id === activateOperation && result === "done");
  const outputs = hostOutputs(inputs, after, {
    activationTime: activated ? after.utc : history.activationTime,
    confirmed: history.confirmed && after.licenseStatus === "Licensed",
    drift: hostDrift(desired, after),
  });
  const failed = failedOperation(answer);
  if (failed !== undefined) {
    throw new PartialFailure(after.machineId, outputs, refusedStep(machine.name, inputs, failed));
  }
  return outputs;
}

/** The error for a step that Windows refused. */
function refusedStep(
  machine: string,
  { activationId, keyGroup }: HostActivationInputs,
  { id, hresult }: { id: string; hresult: string },
): KmsError {
  const explained = explainHresult(hresult, "host");
  const pack = activationId === undefined ? undefined : officeGroup(keyGroup);
  if (pack !== undefined && id === installOperation && productMissing.has(hresult)) {
    const { name } = explained;
    const values = { machine, office: officeName(pack), hresult, name, pack: pack.licensePackId ?? 0 };
    return new KmsError("KMS4040", { property: "officeKeys", values });
  }
  return new KmsError("KMS4001", { values: { machine, operation: id, ...explained } });
}

/** Whether the plan will activate: the machine is not, or gets another key. */
const spendsActivation = (desired: DesiredHost, before: HostState) =>
  becomesActivated(desired) && !isLicensedWith(desired.partialProductKey, before);

/** Runs the plan; an unknown outcome keeps the reservation, which the next run settles by what it sees. */
async function activateWithLedger(
  machine: Machine,
  desired: DesiredHost,
  inputs: HostActivationInputs,
  before: HostState,
  options: RunOptions,
): Promise<LicensingAnswer> {
  const { productKey, confirmationId } = inputs;
  const spends = spendsActivation(desired, before);
  let answer: LicensingAnswer;
  try {
    answer = await machine.run(ensureHostPlan(desired), { productKey, confirmationId }, options);
  } catch (error) {
    if (spends && neverReachedWindows(error)) {
      await releaseActivation(inputs, before.machineId);
    }
    throw error;
  }
  if (spends) {
    await settleActivation(inputs, before.machineId, answer);
  }
  return answer;
}

/** A confirmation ID belongs to the installation ID of the key that is installed already. */
function desiredByInputs(inputs: HostActivationInputs, before: HostState): DesiredHost {
  const partialProductKey = keyEnding(inputs.productKey);
  const confirmed =
    inputs.activation === "offline" &&
    inputs.confirmationId !== "" &&
    before.partialProductKey === partialProductKey;
  return {
    ...inputs,
    partialProductKey,
    confirmedInstallationId: confirmed ? before.installationId : undefined,
  };
}

/** How long the removal of a KMS host may take. */
const removalMinutes = 30;

/**
 * Makes a machine that stays a KMS client of its own edition (R145); otherwise it would go on answering as a host. A
 * machine that goes with its host is not visited first. The host key of an Office version may leave alone, so that it is
 * uninstalled in any case.
 */
export async function retireHost(host: HostActivationOutputs): Promise<void> {
  const { activationId } = host;
  if (host.keepMachine || activationId !== undefined) {
    try {
      const machine = openMachine(host);
      const plan =
        activationId === undefined
          ? retirePlan(machine, host)
          : uninstallOfficeKeyPlan(host.port, activationId);
      await takeKeyOff(machine, plan);
    } catch (error) {
      if (!isGone(error)) {
        throw error;
      }
    }
  }
  await retireLedgerEntry(host);
}

function retirePlan(machine: Machine, host: HostActivationOutputs): LicensingPlan {
  const setupKey = setupKeyOf(host.os, host.editionId);
  if (setupKey === undefined) {
    const values = { machine: machine.name, given: `${host.os}, ${host.editionId}` };
    throw new KmsError("KMS4003", { values });
  }
  return retireHostPlan(setupKey, host.port);
}

async function takeKeyOff(machine: Machine, plan: LicensingPlan): Promise<void> {
  const answer = await machine.run(plan, {}, deadlineIn(removalMinutes));
  const failed = failedOperation(answer);
  if (failed !== undefined) {
    const explained = explainHresult(failed.hresult, "client");
    throw new KmsError("KMS4002", { values: { machine: machine.name, operation: failed.id, ...explained } });
  }
}
