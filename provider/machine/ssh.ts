import { readFileSync } from "node:fs";
import path from "node:path";
import type { Client, ClientChannel } from "ssh2";
import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer, LicensingPlan, LicensingSecrets } from "./licensing-plan";
import {
  confirmationIdParameter,
  decodeAnswer,
  failedScript,
  encodePlan,
  licensingScript,
  planParameter,
  productKeyParameter,
} from "./licensing-script";
import { type Machine, remainingMilliseconds, type RunOptions } from "./machine";
import { NotSentError } from "./not-sent";
import { maskSecrets } from "./secrets";
import { type SshAddress, sshName, sshSecrets } from "./ssh-address";
import { givenUp, isStopped, refuseStopped, StoppedError } from "./stopped";
import { connectSsh, type SshConnection } from "./ssh-connection";
import { sshError } from "./ssh-errors";

/** A script for a machine, with its parameters by name. */
export interface ScriptInput {
  script: string;
  parameters: Record<string, string>;
}

const bootstrap = readFileSync(path.join(__dirname, "ssh-bootstrap.ps1"), "utf8");

/**
 * The command that runs a script from standard input. It has no character that cmd.exe or PowerShell would take
 * apart, so either may be the machine's default shell.
 */
export const sshCommand = [
  "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -InputFormat Text -OutputFormat Text",
  `-EncodedCommand ${Buffer.from(bootstrap, "utf16le").toString("base64")}`,
].join(" ");

/** What the command reads: one line, so that it need not wait for the end of its input. */
export function encodeInput(plan: LicensingPlan, secrets: LicensingSecrets): string {
  const { productKey, confirmationId } = secrets;
  const input: ScriptInput = {
    script: licensingScript,
    parameters: {
      [planParameter]: encodePlan(plan),
      ...(productKey && { [productKeyParameter]: productKey }),
      ...(confirmationId && { [confirmationIdParameter]: confirmationId }),
    },
  };
  return `${Buffer.from(JSON.stringify(input), "utf8").toString("base64")}\n`;
}

/** Reads what `encodeInput` wrote. */
export function decodeInput(line: string): ScriptInput {
  return JSON.parse(Buffer.from(line, "base64").toString("utf8")) as ScriptInput;
}

/** What a command over SSH left behind. */
export interface CommandResult {
  /** Undefined when the connection ended before the command did. */
  exitCode: number | undefined;
  output: string;
  error: string;
}

/** Only the end of an output matters, whatever a machine prints before it. */
const keptCharacters = 65_536;

/** Thrown when the server runs no command at all. */
export class CommandRefused extends Error {}

/** Thrown when the deadline passed while the command ran. */
export class CommandTimedOut extends Error {}

/** Runs a command with this input until it ends, the connection does, the time is up, or it is given up. */
export function runCommand(
  client: Client,
  command: string,
  input: string,
  milliseconds: number,
  giveUp?: AbortSignal,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    let late = false;
    const end = (reason: Error) => {
      late = true;
      settle(() => reject(reason));
    };
    const onGiveUp = () => end(new DOMException("it was given up", "AbortError"));
    const timer = setTimeout(() => end(new CommandTimedOut("the time was up")), milliseconds);
    giveUp?.addEventListener("abort", onGiveUp);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      giveUp?.removeEventListener("abort", onGiveUp);
      act();
    };
    const refuse = (cause: unknown) =>
      settle(() =>
        reject(new CommandRefused(cause instanceof Error ? cause.message : String(cause), { cause })),
      );
    try {
      client.exec(command, (failure, channel) => {
        if (failure !== undefined) {
          refuse(failure);
        } else if (late) {
          channel.close(); // nobody waits for it any more
        } else {
          collect(channel, (result) => settle(() => resolve(result)));
          channel.end(input);
        }
      });
    } catch (failure) {
      refuse(failure);
    }
  });
}

function collect(channel: ClientChannel, finish: (result: CommandResult) => void): void {
  const output = tail(channel);
  const error = tail(channel.stderr);
  let exitCode: number | undefined;
  channel.on("exit", (code: number | null) => {
    exitCode = code ?? undefined;
  });
  // A broken channel also closes.
  channel.on("error", () => undefined);
  channel.on("close", () => finish({ exitCode, output: output(), error: error() }));
}

/** Collects a stream's text and keeps its end. */
function tail(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    text = (text + chunk).slice(-keptCharacters);
  });
  return () => text;
}

/** A Windows machine with OpenSSH. The script and its secrets go through standard input, never the command line. */
export function sshMachine(address: SshAddress): Machine {
  const machine = sshName(address);
  return {
    name: machine,
    async run(plan, secrets, options) {
      const hidden = [...Object.values(secrets).filter((secret) => secret !== ""), ...sshSecrets(address)];
      const connection = await beforeSending(connectSsh(address, options));
      try {
        const result = await execute(connection, encodeInput(plan, secrets), machine, hidden, options);
        const answer = answerOf(result, machine, hidden);
        await options.settle?.(answer);
        return answer;
      } finally {
        connection.close();
      }
    },
  };
}

/** Without a connection nothing has been sent. */
const beforeSending = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw error instanceof KmsError && !(error instanceof StoppedError) ? new NotSentError(error) : error;
  });

async function execute(
  { client }: SshConnection,
  input: string,
  machine: string,
  hidden: readonly string[],
  options: RunOptions,
): Promise<CommandResult> {
  try {
    refuseStopped(machine, options);
    return await runCommand(client, sshCommand, input, remainingMilliseconds(options), givenUp(options));
  } catch (error) {
    if (isStopped(error, options)) {
      throw new StoppedError(machine, true, { cause: error });
    }
    if (error instanceof CommandTimedOut) {
      throw sshError("KMS3209", error, machine, hidden);
    }
    throw error instanceof CommandRefused
      ? new NotSentError(sshError("KMS3211", error, machine, hidden))
      : error;
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
    throw failedScript(machine, { exitCode, said: maskSecrets(error.trim() || output.trim(), hidden) });
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
