import type { Client, ClientChannel } from "ssh2";

/** What a command over SSH left behind. */
export interface CommandResult {
  /** Undefined when the connection ended before the command did. */
  exitCode: number | undefined;
  output: string;
  error: string;
}

/** Only the end of an output counts, whatever a machine may print before it. */
const keptCharacters = 65_536;

/** Thrown when the server runs no command at all. */
export class CommandRefused extends Error {}

/** Thrown when the deadline passed while the command ran. */
export class CommandTimedOut extends Error {}

/** Runs a command with this input until it ends, the connection does, or the time is up. */
export function runCommand(
  client: Client,
  command: string,
  input: string,
  milliseconds: number,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new CommandTimedOut("the time was up")), milliseconds);
    const settle = (act: () => void) => {
      clearTimeout(timer);
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

/** Collects a stream's text; gives its end. */
function tail(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (part: string) => {
    text = (text + part).slice(-keptCharacters);
  });
  return () => text;
}
