import { hostState } from "../../provider/host/observed";
import { type DesiredHost, ensureHostPlan, observeAnewPlan } from "../../provider/host/plan";
import type { LicensingAnswer } from "../../provider/machine/licensing-plan";
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
