/** Where an SSH server is, how to sign in to it, and what it is recognised by. */
export interface SshEndpoint {
  host: string;
  /** @default 22 */
  port?: number;
  user: string;
  /** Secret. */
  password?: string;
  /** Private key in OpenSSH, PEM or PPK format; secret. */
  privateKey?: string;
  /** Passphrase of the private key; secret. */
  passphrase?: string;
  /** Whether keys of the running SSH agent are tried. @default - where neither a password nor a private key is given */
  agent?: boolean;
  /** `SHA256:` and the hash of the server's host key, as `ssh-keygen -l` shows it. */
  hostKeyFingerprint: string;
  /** @default 15 */
  keepAliveSeconds?: number;
}

/** A Windows machine that is reached over SSH. */
export interface SshAddress extends SshEndpoint {
  /** An SSH server on the way. */
  jump?: SshEndpoint;
}

const defaultPort = 22;

/** The endpoint's TCP port. */
export const sshPort = ({ port }: Pick<SshEndpoint, "port">) => port ?? defaultPort;

/** What an endpoint is called in messages: its host, with the port where it is not the usual one. */
export function sshName(endpoint: Pick<SshEndpoint, "host" | "port">): string {
  const { host } = endpoint;
  const port = sshPort(endpoint);
  return port === defaultPort ? host : `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** What tells machines over SSH apart, also a new one at the address of an old one. */
export const sshKey = (address: SshAddress) =>
  `${sshName(address).toLowerCase()} ${address.hostKeyFingerprint}`;

/** The secrets of an address, which no message may show. */
export function sshSecrets({ password, passphrase, privateKey, jump }: SshAddress): string[] {
  const own = [password, passphrase, privateKey].filter((secret) => secret !== undefined && secret !== "");
  return [...(own as string[]), ...(jump === undefined ? [] : sshSecrets(jump))];
}
