import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { utils } from "ssh2";

/** A folder that an SSH server runs from, and how to sign in to it. */
export interface SshdFolder {
  folder: string;
  configFile: string;
  /** Public host key in SSH's wire format. */
  hostKey: Buffer;
  /** Private key that the server lets in; lasts as long as the folder. */
  clientKey: string;
}

/** What sshd needs when root starts it; its packages create it at boot. */
const privilegeSeparationFolder = "/run/sshd";

/** Writes host key, authorized key and configuration of an SSH server of the current user into a folder of its own. */
export function writeSshdFolder(): SshdFolder {
  const folder = mkdtempSync(path.join(tmpdir(), "kms-lab-sshd-"));
  const host = ed25519KeyPair();
  const client = ed25519KeyPair();
  const file = (name: string, text: string) => {
    const target = path.join(folder, name);
    writeFileSync(target, text, { mode: 0o600 });
    return target;
  };
  const settings = {
    HostKey: file("host_key", host.private),
    AuthorizedKeysFile: file("authorized_keys", `${client.public}\n`),
    AuthenticationMethods: "publickey",
    PermitRootLogin: "yes",
    UsePAM: "no",
    StrictModes: "no",
    PidFile: "none",
    AllowTcpForwarding: "yes",
    X11Forwarding: "no",
    PrintMotd: "no",
    LogLevel: "ERROR",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  if (process.getuid?.() === 0) {
    mkdirSync(privilegeSeparationFolder, { recursive: true, mode: 0o755 });
  }
  return {
    folder,
    configFile: file("sshd_config", lines.join("")),
    hostKey: Buffer.from(host.public.split(" ")[1] ?? "", "base64"),
    clientKey: client.private,
  };
}

/**
 * A new key pair. ssh2 writes one in 256 that nobody can read, because it leaves out zero bytes that a public key
 * begins with, so such a pair is thrown away. Source: github.com/mscdex/ssh2/issues/1390.
 */
export function ed25519KeyPair(generate = () => utils.generateKeyPairSync("ed25519")): utils.KeyPairReturn {
  let pair = generate();
  while (!isReadable(pair)) {
    pair = generate();
  }
  return pair;
}

const isReadable = ({ public: publicKey, private: privateKey }: utils.KeyPairReturn) =>
  [publicKey, privateKey].every((key) => !(utils.parseKey(key) instanceof Error));
