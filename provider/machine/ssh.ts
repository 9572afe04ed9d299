import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer } from "./licensing-plan";
import { decodeAnswer } from "./licensing-script";
import type { Machine, RunOptions } from "./machine";
import { maskSecrets } from "./mask-secrets";
import { type SshAddress, sshName, sshSecrets } from "./ssh-address";
import { encodeInput, sshCommand } from "./ssh-command";
import { connectSsh, type SshConnection } from "./ssh-connection";
import { sshError } from "./ssh-errors";
import { type CommandResult, CommandRefused, CommandTimedOut, runCommand } from "./ssh-run";

/** Timers can't wait longer. */
const longestTimerMilliseconds = 2 ** 31 - 1;

/** How much of what the script said is shown. */
const shownCharacters = 300;

/** A Windows machine with OpenSSH. The script and its secrets go through standard input, never the command line. */
export function sshMachine(address: SshAddress): Machine {
  const machine = sshName(address);
  return {
    name: machine,
    async run(plan, secrets, options) {
      const hidden = [...Object.values(secrets).filter((secret) => secret !== ""), ...sshSecrets(address)];
      const connection = await connectSsh(address, options);
      try {
        const result = await execute(connection, encodeInput(plan, secrets), machine, hidden, options);
        return answerOf(result, machine, hidden);
      } finally {
        connection.close();
      }
    },
  };
}

async function execute(
  { client }: SshConnection,
  input: string,
  machine: string,
  hidden: readonly string[],
  { deadline }: RunOptions,
): Promise<CommandResult> {
  const remaining = Math.min(longestTimerMilliseconds, Math.max(0, Math.floor(deadline - Date.now())));
  try {
    return await runCommand(client, sshCommand, input, remaining);
  } catch (error) {
    if (error instanceof CommandTimedOut) {
      throw sshError("KMS3209", error, machine, hidden);
    }
    throw error instanceof CommandRefused ? sshError("KMS3211", error, machine, hidden) : error;
  }
}

function answerOf(
  { exitCode, output, error }: CommandResult,
  machine: string,
  hidden: readonly string[],
): LicensingAnswer {
  if (exitCode === undefined) {
    return answerBeforeLoss(output, machine, hidden);
  }
  if (exitCode !== 0) {
    const given = maskSecrets(error.trim() || output.trim(), hidden).slice(-shownCharacters);
    throw new KmsError("KMS3007", { values: { machine, exitCode, given } });
  }
  return decodeAnswer(output, machine, hidden);
}

/** The answer is the last that the script does, so one that is whole counts, whatever became of the connection. */
function answerBeforeLoss(output: string, machine: string, hidden: readonly string[]): LicensingAnswer {
  try {
    return decodeAnswer(output, machine, hidden);
  } catch (cause) {
    throw new KmsError("KMS3208", { values: { machine }, cause });
  }
}
