import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer, LicensingPlan, LicensingSecrets } from "./licensing-plan";
import type { SshAddress } from "./ssh-address";

/** Where a machine is. Exactly one member is set. */
export interface MachineAddress {
  /** Azure resource ID of the virtual machine. */
  azureVmId?: string;
  /** Reached over SSH. */
  ssh?: SshAddress;
}

export interface RunOptions {
  /** No remote call goes on past this moment (milliseconds since 1970). */
  deadline: number;
}

/** A Windows machine that the licensing script can be run on. */
export interface Machine {
  /** For messages: the virtual machine's name, or the host name. */
  readonly name: string;
  /**
   * Runs the licensing script with this plan and gives its answer, whatever the operations' results.
   * @throws KmsError KMS3xxx when the machine cannot be reached, the script cannot be run, or there is no usable answer
   */
  run(plan: LicensingPlan, secrets: LicensingSecrets, options: RunOptions): Promise<LicensingAnswer>;
}

/** Code of the error for a machine that does not exist any more. */
const machineGone = "KMS3001";

/** Whether the error says that the machine does not exist any more. */
export function isGone(error: unknown): boolean {
  return error instanceof KmsError && error.code === machineGone;
}
