import { createServer, type AddressInfo, type Server as TcpServer, type Socket } from "node:net";
import { type AuthContext, type Connection, Server, type ServerChannel } from "ssh2";
import { ed25519KeyPair } from "../lab-run/servers/sshd-config";
import type { SshAddress } from "../../provider/machine/ssh-address";
import { describeHostKey } from "../../provider/machine/host-keys";

/** What a test's SSH server does. */
export interface TestServerOptions {
  /** Who is let in. @default everybody */
  letsIn?: (attempt: AuthContext) => boolean;
  /** What a command does, once its input is there. @default ends with exit code 0 */
  run?: (channel: ServerChannel, input: string, connection: Connection) => void;
  /** Whether commands are refused. @default false */
  refusesCommands?: boolean;
  /** How many connections are dropped before the server says anything. @default 0 */
  dropsFirst?: number;
}

/** A running SSH server for tests. */
export interface TestServer {
  address: SshAddress;
  /** Commands that were asked for. */
  commands: string[];
  /** Connections that were made. */
  connections: () => number;
  close(): Promise<void>;
}

/** Starts an SSH server on loopback that behaves as a test configures it. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { letsIn = () => true, run, refusesCommands = false, dropsFirst = 0 } = options;
  const key = ed25519KeyPair();
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const ssh = new Server({ hostKeys: [key.private] }, (connection) => {
    connection.on("error", () => undefined);
    connection.on("authentication", (attempt) => (letsIn(attempt) ? attempt.accept() : attempt.reject()));
    connection.on("session", (accept) =>
      accept().on("exec", (acceptCommand, reject, { command }) => {
        commands.push(command);
        if (refusesCommands) {
          reject();
          return;
        }
        serve(acceptCommand(), connection, run);
      }),
    );
  });
  const tcp = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on("error", () => undefined);
    if (connections <= dropsFirst) {
      socket.destroy();
    } else {
      ssh.injectSocket(socket);
    }
  });
  const port = await listen(tcp);
  const hostKeyFingerprint = describeHostKey(Buffer.from(key.public.split(" ")[1], "base64")).fingerprint;
  return {
    address: {
      host: "127.0.0.1",
      port,
      user: "administrator",
      password: "Zq7!lab-Passw",
      hostKeyFingerprint,
    },
    commands,
    connections: () => connections,
    async close() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => tcp.close(resolve));
    },
  };
}

function serve(channel: ServerChannel, connection: Connection, run: TestServerOptions["run"]): void {
  let input = "";
  channel.on("data", (part: Buffer) => (input += part.toString("utf8")));
  channel.on("end", () => {
    if (run === undefined) {
      finish(channel, 0);
    } else {
      run(channel, input, connection);
    }
  });
}

/** Ends a command with this exit code. */
export function finish(channel: ServerChannel, exitCode: number): void {
  channel.exit(exitCode);
  channel.end();
}

async function listen(server: TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
