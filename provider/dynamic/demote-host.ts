import { explainHresult } from "../activation/explain-hresult";
import { failedOperation } from "../activation/failed-operation";
import { demoteHostPlan, uninstallOfficeKeyPlan } from "../activation/host-plan";
import { setupKeyOf } from "../activation/setup-key";
import { KmsError } from "../errors/kms-error";
import type { LicensingPlan } from "../machine/licensing-plan";
import type { Machine } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { deadlineIn } from "./deadline";
import { retireAccount } from "./host-account";
import type { HostActivationOutputs } from "./host-activation";
import { isGone } from "./is-gone";

/** How long the removal of a KMS host may take. */
const removalMinutes = 30;

/**
 * Makes a machine that stays a KMS client of its own edition (R145); otherwise it would go on answering as a host. A
 * machine that goes with its host is not visited first. The host key of an Office version may leave alone, so that it is
 * uninstalled in any case.
 */
export async function demoteHost(host: HostActivationOutputs): Promise<void> {
  const { activationId } = host;
  if (host.keepMachine || activationId !== undefined) {
    try {
      const machine = openMachine(host);
      const plan =
        activationId === undefined
          ? demotePlan(machine, host)
          : uninstallOfficeKeyPlan(host.port, activationId);
      await takeKeyOff(machine, plan);
    } catch (error) {
      if (!isGone(error)) {
        throw error;
      }
    }
  }
  await retireAccount(host);
}

function demotePlan(machine: Machine, host: HostActivationOutputs): LicensingPlan {
  const setupKey = setupKeyOf(host.os, host.editionId);
  if (setupKey === undefined) {
    const values = { machine: machine.name, given: `${host.os}, ${host.editionId}` };
    throw new KmsError("KMS4003", { values });
  }
  return demoteHostPlan(setupKey, host.port);
}

async function takeKeyOff(machine: Machine, plan: LicensingPlan): Promise<void> {
  const answer = await machine.run(plan, {}, deadlineIn(removalMinutes));
  const failed = failedOperation(answer);
  if (failed !== undefined) {
    const explained = explainHresult(failed.hresult, "client");
    throw new KmsError("KMS4002", { values: { machine: machine.name, operation: failed.id, ...explained } });
  }
}
