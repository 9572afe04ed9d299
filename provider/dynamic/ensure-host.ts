import { explainHresult } from "../activation/explain-hresult";
import { failedOperation } from "../activation/failed-operation";
import { hostDrift } from "../activation/host-drift";
import { activateOperation, ensureHostPlan, observeHostPlan } from "../activation/host-plan";
import { type HostState, hostState } from "../activation/host-state";
import type { HostWish } from "../activation/host-wish";
import { keyEnding } from "../activation/product-key";
import { refuseMachine } from "../activation/refuse-machine";
import { KmsError } from "../errors/kms-error";
import { openMachine } from "../machine/open-machine";
import { deadlineIn } from "./deadline";
import { PartialFailure } from "./handler";
import type { HostActivationInputs, HostActivationOutputs } from "./host-activation";
import { hostOutputs } from "./host-outputs";

/**
 * Observes the machine, refuses one that can't be the host, acts under guard, and tells what is there now. A host that
 * is as wanted is only looked at.
 */
export async function ensureHost(
  inputs: HostActivationInputs,
  olds?: HostActivationOutputs,
): Promise<HostActivationOutputs> {
  const machine = openMachine({ azureVmId: inputs.azureVmId });
  const options = deadlineIn(inputs.deadlineMinutes);
  const before = hostState(await machine.run(observeHostPlan(inputs.port), {}, options), inputs.port);
  refuseMachine(before, inputs);
  const wish = wishOfInputs(inputs, before);
  const history = {
    activationTime: olds?.activationTime ?? "",
    confirmed: wish.confirmedInstallationId !== undefined,
  };
  if (hostDrift(wish, before).length === 0) {
    return hostOutputs(inputs, before, { ...history, drift: [] });
  }
  const { productKey, confirmationId } = inputs;
  const answer = await machine.run(ensureHostPlan(wish), { productKey, confirmationId }, options);
  const after = hostState(answer, inputs.port);
  const activated = answer.operations.some(({ id, result }) => id === activateOperation && result === "done");
  const outputs = hostOutputs(inputs, after, {
    activationTime: activated ? after.utc : history.activationTime,
    confirmed: history.confirmed && after.licenseStatus === "Licensed",
    drift: hostDrift(wish, after),
  });
  const failed = failedOperation(answer);
  if (failed !== undefined) {
    const explained = explainHresult(failed.hresult, "host");
    const values = { machine: machine.name, operation: failed.id, ...explained };
    throw new PartialFailure(after.machineId, outputs, new KmsError("KMS4001", { values }));
  }
  return outputs;
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
