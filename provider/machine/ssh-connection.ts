import type { Duplex } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { Client, type ServerHostKeyAlgorithm } from "ssh2";
import { KmsError } from "../errors/kms-error";
import { describeHostKey, expectedHostKeys } from "./host-keys";
import { remainingMilliseconds, type RunOptions } from "./machine";
import { type SshAddress, sshName, sshPort, sshSecrets, type SshServer } from "./ssh-address";
import { type ConnectContext, connectError, isDroppedEarly, sshError } from "./ssh-errors";
import { refuseStopped, StoppedError } from "./stopped";

/** A connection to a machine, through its jump host where it has one. */
export interface SshConnection {
  client: Client;
  /** Ends it, also when the other side does not answer any more. */
  close(): void;
}

/** How long one attempt to connect may take; sign-in included. */
const connectMilliseconds = 30_000;

/** A server with too many sign-ins at once drops some of them: how often, and how far apart, it is tried again. */
const mostAttempts = 6;
const firstPauseMilliseconds = 250;

/** How long the other side has to end a connection. */
const farewellMilliseconds = 1000;

/** Answers that may be missing before a connection counts as lost. */
const missedKeepAlives = 4;
const defaultKeepAliveSeconds = 15;

/** Connects and signs in. @throws KmsError KMS3201 to KMS3207, KMS3210, KMS3212 to KMS3215; nothing was done on the machine then */
export async function connectSsh(address: SshAddress, options: RunOptions): Promise<SshConnection> {
  const { jump } = address;
  const secrets = sshSecrets(address);
  const target = contextOf(address, sshName(address), secrets);
  if (jump === undefined) {
    const client = await signIn(target, options);
    return { client, close: () => end(client) };
  }
  const machine = `${sshName(jump)}, the jump host of ${sshName(address)},`;
  const first = await signIn(contextOf(jump, machine, secrets), options);
  try {
    const client = await signIn(target, options, (milliseconds) =>
      forward(first, address, milliseconds, options.signal),
    );
    return {
      client,
      close() {
        end(client);
        end(first);
      },
    };
  } catch (error) {
    first.destroy();
    throw error;
  }
}

const contextOf = (server: SshServer, machine: string, secrets: readonly string[]): ConnectContext => ({
  machine,
  server,
  secrets,
  expected: expectedHostKeys(server),
});

/** Says goodbye; a server that does not hang up is left. */
function end(client: Client): void {
  client.end();
  globalThis.setTimeout(() => client.destroy(), farewellMilliseconds).unref();
}

/** Tries again when the connection is dropped before anything was said. */
async function signIn(
  context: ConnectContext,
  options: RunOptions,
  openTunnel?: (milliseconds: number) => Promise<Duplex>,
): Promise<Client> {
  for (let attempt = 1; ; attempt++) {
    const remaining = remainingMilliseconds(options);
    refuseStopped(context.machine, options);
    if (remaining <= 0) {
      throw connectError(
        Object.assign(new Error("the deadline had passed before"), { level: "client-timeout" }),
        context,
      );
    }
    const milliseconds = Math.min(remaining, connectMilliseconds);
    const tunnel = await openTunnel?.(milliseconds);
    const seen: Seen = {};
    try {
      return await connectOnce(context, seen, milliseconds, tunnel, options.signal);
    } catch (failure) {
      if (failure instanceof KmsError) {
        throw failure;
      }
      // Machines that were dropped together must not come back together.
      const pause = firstPauseMilliseconds * 2 ** (attempt - 1) * (1 + Math.random());
      const last = attempt === mostAttempts || pause >= remainingMilliseconds(options);
      if (last || !isDroppedEarly(failure, seen.key)) {
        throw connectError(failure, { ...context, seen: seen.key });
      }
      await setTimeout(pause, undefined, { signal: options.signal }).catch(() => undefined);
    }
  }
}

interface Seen {
  key?: ConnectContext["seen"];
}

function connectOnce(
  { machine, server, expected }: ConnectContext,
  seen: Seen,
  readyTimeout: number,
  sock: Duplex | undefined,
  signal: AbortSignal | undefined,
): Promise<Client> {
  const { host, user, password, privateKey, passphrase } = server;
  const agent = agentOf(server);
  const client = new Client();
  return new Promise<Client>((resolve, reject) => {
    const fail = (failure: Error) => {
      signal?.removeEventListener("abort", onStop);
      client.destroy();
      reject(failure);
    };
    const onStop = () => fail(new StoppedError(machine, false));
    signal?.addEventListener("abort", onStop);
    // The listeners stay: an error of a later moment has no other, and it shows as the end of the connection.
    client.on("error", fail);
    client.on("close", () => fail(new Error("the socket was closed before the sign-in was done")));
    client.on("ready", () => {
      signal?.removeEventListener("abort", onStop);
      resolve(client);
    });
    try {
      client.connect({
        ...(sock === undefined ? { host, port: sshPort(server) } : { sock }),
        username: user,
        ...(password !== undefined && { password }),
        ...(privateKey !== undefined && { privateKey }),
        ...(passphrase !== undefined && { passphrase }),
        ...(agent !== undefined && { agent }),
        readyTimeout,
        keepaliveInterval: (server.keepAliveSeconds ?? defaultKeepAliveSeconds) * 1000,
        keepaliveCountMax: missedKeepAlives,
        ...(expected.algorithms !== undefined && {
          algorithms: { serverHostKey: expected.algorithms as ServerHostKeyAlgorithm[] },
        }),
        hostVerifier(key: Buffer) {
          seen.key = describeHostKey(key);
          const { fingerprint } = seen.key;
          return expected.accepted.includes(fingerprint) && !expected.revoked.includes(fingerprint);
        },
      });
    } catch (failure) {
      fail(failure instanceof Error ? failure : new Error(String(failure)));
    }
  });
}

/** Where the SSH agent listens, if it is used. @throws KmsError KMS3207 when none is running */
function agentOf(server: SshServer): string | undefined {
  const { agent, password, privateKey } = server;
  if (!(agent ?? (password === undefined && privateKey === undefined))) {
    return undefined;
  }
  const windowsAgent = process.platform === "win32" ? "\\\\.\\pipe\\openssh-ssh-agent" : undefined;
  const found = process.env.SSH_AUTH_SOCK ?? windowsAgent;
  if (found === undefined || found === "") {
    throw new KmsError("KMS3207", {
      values: { machine: sshName(server), reason: "SSH_AUTH_SOCK is not set" },
    });
  }
  return found;
}

/** A stream to the machine through its jump host. @throws KmsError KMS3210 */
function forward(
  jump: Client,
  address: SshAddress,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<Duplex> {
  const values = { jump: sshName(address.jump!) };
  return new Promise((resolve, reject) => {
    const refuse = (failure: unknown) =>
      reject(sshError("KMS3210", failure, sshName(address), sshSecrets(address), values));
    const timer = globalThis.setTimeout(
      () => refuse(new Error("it got no connection in time")),
      milliseconds,
    );
    const onStop = () => settle(() => reject(new StoppedError(sshName(address), false)));
    signal?.addEventListener("abort", onStop);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onStop);
      act();
    };
    try {
      jump.forwardOut("127.0.0.1", 0, address.host, sshPort(address), (failure, stream) =>
        settle(() => (failure === undefined ? resolve(stream) : refuse(failure))),
      );
    } catch (failure) {
      settle(() => refuse(failure));
    }
  });
}
