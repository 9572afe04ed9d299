import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { userInfo } from "node:os";
import path from "node:path";
import { labControl } from "../../../provider/lab/control/lab-control";
import type { SshAddress } from "../../../provider/machine/ssh-address";
import { describeHostKey } from "../../../provider/machine/host-keys";
import { LabRunError } from "../lab-run-error";
import { writeSshdFolder } from "./sshd-config";

/** The SSH servers of a lab's machines. */
export interface LabSshd {
  /** Lets a machine answer on a port of its own on loopback. */
  listen(machine: string): Promise<SshAddress>;
  close(): Promise<void>;
}

export interface LabSshdOptions {
  /** ARM endpoint of the lab that has the machines. */
  lab: string;
  /** Shell command that runs for each command over SSH. @default - the simulated machine */
  forcedCommand?: (machine: string) => string;
}

const usualPlaces = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/opt/homebrew/sbin/sshd"];

/** The OpenSSH server of this machine, if it has one. */
export const findSshd = (): string | undefined => usualPlaces.find((place) => existsSync(place));

/**
 * SSH servers for machines of a lab: a real sshd, started for each connection as inetd does, so that there may be
 * more ports than one sshd listens on. @throws LabRunError KMS3290 when there is no sshd
 */
export function startLabSshd({ lab, forcedCommand }: LabSshdOptions): LabSshd {
  const sshd = findSshd();
  if (sshd === undefined) {
    throw new LabRunError("KMS3290");
  }
  const { folder, configFile, hostKey, clientKey } = writeSshdFolder();
  const commandOf = forcedCommand ?? ((machine) => machineCommand(lab, machine));
  const servers: Server[] = [];
  const sessions = new Set<ChildProcess>();
  const serve = (socket: Socket, machine: string) => {
    const options = ["-i", "-e", "-f", configFile, "-o", `ForceCommand ${commandOf(machine)}`];
    const session = spawn(sshd, options, {
      stdio: [socket, socket, "ignore"],
      env: { PATH: process.env.PATH },
    });
    sessions.add(session);
    session.on("error", () => sessions.delete(session));
    session.on("exit", () => sessions.delete(session));
    // sshd has the connection now.
    socket.destroy();
  };
  return {
    async listen(machine) {
      const server = createServer({ pauseOnConnect: true }, (socket) => {
        socket.on("error", () => socket.destroy());
        void isOff(lab, machine).then((off) => (off ? socket.destroy() : serve(socket, machine)));
      });
      servers.push(server);
      await new Promise<void>((resolve, reject) =>
        server.once("error", reject).listen(0, "127.0.0.1", resolve),
      );
      return {
        host: "127.0.0.1",
        port: (server.address() as AddressInfo).port,
        user: userInfo().username,
        privateKey: clientKey,
        hostKeyFingerprint: describeHostKey(hostKey).fingerprint,
      };
    },
    async close() {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      sessions.forEach((session) => session.kill());
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether the lab has a machine of that name that does not run. */
async function isOff(lab: string, machine: string): Promise<boolean> {
  const machines = await labControl(lab)
    .machines()
    .catch(() => []);
  return machines.some(({ computerName, running }) => sameName(computerName, machine) && !running);
}

const sameName = (left: string, right: string) => left.toLowerCase() === right.toLowerCase();

/** What runs for each command over SSH: it hands the command to the simulated machine with this name. */
export const machineCommand = (lab: string, machine: string) =>
  [process.execPath, path.join(__dirname, "forced-command.mjs"), lab, machine].map(quoted).join(" ");

/** An argument for a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
