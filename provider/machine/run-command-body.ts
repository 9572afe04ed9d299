import { createHash } from "node:crypto";
import type { RunCommandInputParameter, VirtualMachineRunCommand } from "@azure/arm-compute";
import type { LicensingPlan, LicensingSecrets } from "./licensing-plan";
import {
  confirmationIdParameter,
  encodePlan,
  licensingScript,
  planParameter,
  productKeyParameter,
} from "./licensing-script";

/** What the names of our run commands start with. */
export const runCommandPrefix = "pulumi-windows-kms-";

/** A script that takes longer than this hangs. */
const longestRunSeconds = 1800;
const shortestRunSeconds = 30;

/**
 * A run command's name: the plan's fingerprint, to recognise it by, and a nonce of this run. Azure does not run an unchanged
 * command of the same name again, so a request that is repeated after a lost answer does no harm, and the next run
 * has a name of its own.
 */
export function runCommandName(plan: LicensingPlan, nonce: string): string {
  const fingerprint = createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 8);
  return `${runCommandPrefix}${fingerprint}-${nonce}`;
}

/** The managed run command that gives the licensing script its plan and, protected, its secrets. */
export function runCommandBody(
  location: string,
  plan: LicensingPlan,
  secrets: LicensingSecrets,
  remainingMilliseconds: number,
): VirtualMachineRunCommand {
  const seconds = Math.floor(remainingMilliseconds / 1000);
  const protectedParameters = secretParameters(secrets);
  return {
    location,
    source: { script: licensingScript },
    parameters: [{ name: planParameter, value: encodePlan(plan) }],
    ...(protectedParameters.length > 0 && { protectedParameters }),
    asyncExecution: false,
    timeoutInSeconds: Math.min(longestRunSeconds, Math.max(shortestRunSeconds, seconds)),
    // Without it, the script's own answer can be read also when it failed.
    treatFailureAsDeploymentFailure: false,
  };
}

function secretParameters({ productKey, confirmationId }: LicensingSecrets): RunCommandInputParameter[] {
  return [
    { name: productKeyParameter, value: productKey ?? "" },
    { name: confirmationIdParameter, value: confirmationId ?? "" },
  ].filter(({ value }) => value !== "");
}
