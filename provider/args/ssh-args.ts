import * as pulumi from "@pulumi/pulumi";

/** An SSH server: where it is, how to sign in to it, and what it is recognised by. */
export interface SshServerArgs {
  /** Host name or address. */
  host: pulumi.Input<string>;

  /**
   * TCP port, 1 to 65535.
   *
   * @default 22
   */
  port?: pulumi.Input<number>;

  /** User to sign in as; on Windows an administrator, `DOMAIN\user` for one of a domain. */
  user: pulumi.Input<string>;

  /**
   * Password of the user. Kept secret.
   *
   * @default - none
   */
  password?: pulumi.Input<string>;

  /**
   * Private key in OpenSSH, PEM or PPK format. Kept secret.
   *
   * @default - none
   */
  privateKey?: pulumi.Input<string>;

  /**
   * Passphrase of the private key. Kept secret.
   *
   * @default - none
   */
  passphrase?: pulumi.Input<string>;

  /**
   * Whether the keys of the running SSH agent are tried.
   *
   * @default true where neither a password nor a private key is given
   */
  agent?: pulumi.Input<boolean>;

  /** Fingerprint of the server's host key, `SHA256:…` as `ssh-keygen -lf` shows it on the machine itself. */
  hostKeyFingerprint: pulumi.Input<string>;

  /**
   * How often the server must show that it is still there, in seconds, 1 to 600.
   *
   * @default 15
   */
  keepAliveSeconds?: pulumi.Input<number>;
}

/** A Windows machine with OpenSSH, physical or virtual, in any network. */
export interface SshMachineArgs extends SshServerArgs {
  /**
   * An SSH server on the way.
   *
   * @default - the machine is reached directly
   */
  jump?: SshServerArgs;
}

/** The arguments with what must not be read in the state marked as secret. */
export function withSshSecrets(args: SshMachineArgs): SshMachineArgs {
  return { ...signInSecrets(args), ...(args.jump && { jump: signInSecrets(args.jump) }) };
}

function signInSecrets(args: SshServerArgs): SshServerArgs {
  const { password, privateKey, passphrase } = args;
  return {
    ...args,
    ...(password !== undefined && { password: pulumi.secret(password) }),
    ...(privateKey !== undefined && { privateKey: pulumi.secret(privateKey) }),
    ...(passphrase !== undefined && { passphrase: pulumi.secret(passphrase) }),
  };
}
