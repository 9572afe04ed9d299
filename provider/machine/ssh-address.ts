/** How to sign in to an SSH server. Holds secrets. */
export interface SshSignIn {
  /** User to sign in as. */
  user?: string;
  /** Secret. */
  password?: string;
  /** Private key in OpenSSH, PEM or PPK format; secret. */
  privateKey?: string;
  /** Passphrase of the private key; secret. */
  passphrase?: string;
  /** Whether keys of the running SSH agent are tried. @default - where neither a password nor a private key is given */
  agent?: boolean;
  /** @default 15 */
  keepAliveSeconds?: number;
  /** Lines of an OpenSSH `known_hosts` file. */
  knownHosts?: string;
}

/** Where an SSH server is, how to sign in to it, and what it is recognised by. */
export interface SshServer extends SshSignIn {
  host: string;
  /** @default 22 */
  port?: number;
  /** `SHA256:` and the hash of the server's host key, as `ssh-keygen -l` shows it. @default - looked up in `knownHosts` */
  hostKeyFingerprint?: string;
}

/** A Windows machine that is reached over SSH. */
export interface SshAddress extends SshServer {
  /** An SSH server on the way. */
  jump?: SshServer;
}

/** What machines over SSH have in common. */
export type CommonSshAddress = Omit<SshAddress, "host" | "hostKeyFingerprint">;

/** A machine's address with all that it has in common with others; what it has of its own counts. */
export const completeSshAddress = (address: SshAddress, common: CommonSshAddress = {}): SshAddress => ({
  ...common,
  ...Object.fromEntries(Object.entries(address).filter(([, value]) => value !== undefined)),
  host: address.host,
});

const defaultPort = 22;

/** The server's TCP port. */
export const sshPort = ({ port }: Pick<SshServer, "port">) => port ?? defaultPort;

/** What a server is called in messages: its host, with the port where it is not the usual one. */
export function sshName(server: Pick<SshServer, "host" | "port">): string {
  const { host } = server;
  const port = sshPort(server);
  return port === defaultPort ? host : `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * What tells machines over SSH apart: their name, and the fingerprint where one is given, so that a new machine at the
 * address of an old one is another one. Lines of `knownHosts` don't count: a machine keeps its identity when they change.
 */
export const sshKey = (address: Pick<SshServer, "host" | "port" | "hostKeyFingerprint">) =>
  [sshName(address).toLowerCase(), ...(address.hostKeyFingerprint ? [address.hostKeyFingerprint] : [])].join(
    " ",
  );

/** The secrets of an address, which no message may show. */
export function sshSecrets({ password, passphrase, privateKey, jump }: SshAddress): string[] {
  const own = [password, passphrase, privateKey].filter((secret) => secret !== undefined && secret !== "");
  return [...(own as string[]), ...(jump === undefined ? [] : sshSecrets(jump))];
}
