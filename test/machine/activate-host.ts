import type { VirtualMachineRunCommand } from "@azure/arm-compute";
import { hostState } from "../../provider/host/observed";
import { type DesiredHost, ensureHostPlan, observeAnewPlan } from "../../provider/host/plan";
import { runCommandBody } from "../../provider/machine/azure-run-command";
import type { LicensingAnswer, LicensingPlan } from "../../provider/machine/licensing-plan";
import { productKeyParameter } from "../../provider/machine/licensing-script";
import type { Machine, RunOptions } from "../../provider/machine/machine";
import { desiredHostState } from "../lab/windows/test-lab";

/**
 * Makes a machine of the lab a KMS host in two runs, as the handler does: the first makes the key pair that the product key
 * is sealed for. Nothing is counted in a ledger.
 */
export async function activateHost(
  machine: Machine,
  productKey: string,
  desired: DesiredHost = desiredHostState(productKey),
  options: RunOptions = { deadline: Date.now() + 60_000 },
): Promise<LicensingAnswer> {
  const seen = await machine.run(
    observeAnewPlan(desired.activationId, [], desired.partialProductKey),
    {},
    options,
  );
  const { publicKey } = hostState(seen);
  return machine.run(ensureHostPlan(desired), { productKey }, { ...options, publicKey });
}

/** A run command by hand: its product key is not sealed, since nothing has made a key pair before. */
export const bodyWithKey = (plan: LicensingPlan, productKey: string): VirtualMachineRunCommand => ({
  ...runCommandBody("westeurope", plan, {}, 60_000),
  protectedParameters: [{ name: productKeyParameter, value: productKey }],
});
