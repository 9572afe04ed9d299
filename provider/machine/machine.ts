import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer, LicensingPlan, LicensingSecrets } from "./licensing-plan";
import type { PublicKey } from "./sealed-key";
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
  /** No remote call goes on past this moment, by `steadyNow`. */
  deadline: number;
  /**
   * Once it is aborted, nothing more is begun on a machine, and what runs there is given up after the grace.
   * @default - nothing stops a run but its deadline
   */
  signal?: AbortSignal;
  /** How long what runs on a machine may go on after the signal. @default 45 seconds */
  graceMilliseconds?: number;
  /** Called with the answer before what keeps it is removed. */
  settle?: (answer: LicensingAnswer) => Promise<void>;
  /**
   * Called with what is still to be done for the machine once its answer is there, which never fails. Whoever takes it
   * waits for it in the end.
   * @default - the run ends with it
   */
  afterwards?: (work: Promise<void>) => void;
  /** What the machine made for its product key, where it `sealsKeys`. */
  publicKey?: PublicKey;
}

/** Timers can't wait longer. */
const longestTimerMilliseconds = 2 ** 31 - 1;

/**
 * Milliseconds since 1970 by a clock that was set when the process began and only runs since: nothing that is done to the
 * time of day moves it, and it stands while the computer sleeps.
 */
export const steadyNow = (): number => performance.timeOrigin + performance.now();

/** How long a remote call may still take. */
export const remainingMilliseconds = ({ deadline }: RunOptions) =>
  Math.min(longestTimerMilliseconds, Math.max(0, Math.floor(deadline - steadyNow())));

/** A Windows machine that the licensing script can be run on. */
export interface Machine {
  /** For messages: the virtual machine's name, or the host name. */
  readonly name: string;
  /**
   * Whether others on the machine may see what it is sent, so that a product key is sent sealed for the public key that the
   * machine gave, and not at all without one.
   * @default false
   */
  readonly sealsKeys?: boolean;
  /**
   * Runs the licensing script with this plan and gives its answer, whatever the operations' results.
   * @throws KmsError KMS3xxx when the machine cannot be reached, the script cannot be run, or there is no usable answer;
   * a NotSentError where nothing can have been done on the machine, and nothing will be
   */
  run(plan: LicensingPlan, secrets: LicensingSecrets, options: RunOptions): Promise<LicensingAnswer>;
}

/** Whether the error says that the machine does not exist any more. */
export const isGone = (error: unknown): boolean => error instanceof KmsError && error.code === "KMS3001";
