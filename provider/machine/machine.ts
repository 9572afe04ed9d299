import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer, LicensingPlan, LicensingSecrets } from "./licensing-plan";
import type { SshAddress } from "./ssh-address";

/** Where a machine is. Exactly one of `azureVmId` and `ssh` is set. */
export interface MachineAddress {
  /** Azure resource ID of the virtual machine. */
  azureVmId?: string;
  /** Reached over SSH. */
  ssh?: SshAddress;
  /** Tags of the run commands that a machine in Azure is reached by. */
  tags?: Record<string, string>;
}

export interface RunOptions {
  /** No remote call goes on past this moment (milliseconds since 1970). */
  deadline: number;
}

/** Timers can't wait longer. */
const longestTimerMilliseconds = 2 ** 31 - 1;

/** How long a remote call may still take. */
export const remainingMilliseconds = ({ deadline }: RunOptions) =>
  Math.min(longestTimerMilliseconds, Math.max(0, Math.floor(deadline - Date.now())));

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

/** Codes of the errors of a run that did not begin, by the way to the machine. */
const notBegun = {
  azure: ["KMS3001", "KMS3002", "KMS3005", "KMS3009", "KMS3010"],
  ssh: [1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15].map((number) => `KMS${3200 + number}`),
};

const notBegunCodes = new Set([...notBegun.azure, ...notBegun.ssh]);

/** Whether a machine's error says that the script certainly did not run, so that nothing can have been done. */
export const neverReachedWindows = (error: unknown): boolean =>
  error instanceof KmsError && notBegunCodes.has(error.code);

/** Whether the error says that the machine does not exist any more. */
export const isGone = (error: unknown): boolean => error instanceof KmsError && error.code === "KMS3001";
