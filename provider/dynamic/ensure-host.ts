import { explainHresult } from "../activation/explain-hresult";
import { failedOperation } from "../activation/failed-operation";
import { hostDrift } from "../activation/host-drift";
import {
  activateOperation,
  becomesActivated,
  ensureHostPlan,
  installOperation,
  observeHostPlan,
} from "../activation/host-plan";
import { type HostState, hostState } from "../activation/host-state";
import type { HostWish } from "../activation/host-wish";
import { isLicensedWith } from "../activation/licensed-with";
import { keyEnding } from "../activation/product-key";
import { refuseMachine } from "../activation/refuse-machine";
import { officeGroup, officeName } from "../catalog/office";
import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer } from "../machine/licensing-plan";
import type { Machine, RunOptions } from "../machine/machine";
import { neverReachedWindows } from "../machine/never-reached-windows";
import { openMachine } from "../machine/open-machine";
import { deadlineIn } from "./deadline";
import { PartialFailure } from "./handler";
import type { HostActivationInputs, HostActivationOutputs } from "./host-activation";
import { closeAccount, openAccount, releaseAccount } from "./host-account";
import { hostOutputs } from "./host-outputs";

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
  const wish = wishOfInputs(inputs, before);
  const history = {
    activationTime: olds?.activationTime ?? "",
    confirmed: wish.confirmedInstallationId !== undefined,
  };
  await openAccount(inputs, before, spendsActivation(wish, before), olds);
  if (hostDrift(wish, before).length === 0) {
    return hostOutputs(inputs, before, { ...history, drift: [] });
  }
  const answer = await actAccounted(machine, wish, inputs, before, options);
  const after = hostState(answer, inputs.port);
  const activated = answer.operations.some(({ id, result }) => id === activateOperation && result === "done");
  const outputs = hostOutputs(inputs, after, {
    activationTime: activated ? after.utc : history.activationTime,
    confirmed: history.confirmed && after.licenseStatus === "Licensed",
    drift: hostDrift(wish, after),
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
const spendsActivation = (wish: HostWish, before: HostState) =>
  becomesActivated(wish) && !isLicensedWith(wish.partialProductKey, before);

/** Runs the plan; an unknown outcome keeps the reservation, which the next run settles by what it sees. */
async function actAccounted(
  machine: Machine,
  wish: HostWish,
  inputs: HostActivationInputs,
  before: HostState,
  options: RunOptions,
): Promise<LicensingAnswer> {
  const { productKey, confirmationId } = inputs;
  const spends = spendsActivation(wish, before);
  let answer: LicensingAnswer;
  try {
    answer = await machine.run(ensureHostPlan(wish), { productKey, confirmationId }, options);
  } catch (error) {
    if (spends && neverReachedWindows(error)) {
      await releaseAccount(inputs, before.machineId);
    }
    throw error;
  }
  if (spends) {
    await closeAccount(inputs, before.machineId, answer);
  }
  return answer;
}

/** A confirmation ID belongs to the installation ID of the key that is installed already. */
function wishOfInputs(inputs: HostActivationInputs, before: HostState): HostWish {
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
