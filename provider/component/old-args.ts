import * as pulumi from "@pulumi/pulumi";

/** What is known of the image that machines were made from; it decides what the preview says. */
export interface MachineImageArgs {
  /**
   * An evaluation copy, which takes no volume license key.
   *
   * @default false
   */
  evaluation?: pulumi.Input<boolean>;

  /**
   * Whether sysprep ran with /generalize.
   *
   * @default true
   */
  generalized?: pulumi.Input<boolean>;

  /**
   * SkipRearm of its answer file: with it all machines keep one client machine ID.
   *
   * @default false
   */
  skipRearm?: pulumi.Input<boolean>;
}

/** What is known of the network around machines; it decides what the preview says. */
export interface MachineNetworkArgs {
  /**
   * Whether the subnet is private, that is without Azure's default outbound access.
   *
   * @default false
   */
  privateSubnet?: pulumi.Input<boolean>;

  /**
   * How machines of the subnet reach the Internet: `none`, `natGateway`, `loadBalancer`, `firewall` or `publicAddress`.
   *
   * @default "none"
   */
  outbound?: pulumi.Input<string>;

  /**
   * Next hop type of the route for 0.0.0.0/0: `Internet`, `VirtualAppliance`, `VirtualNetworkGateway`,
   * `VnetLocal` or `None`.
   *
   * @default "Internet"
   */
  defaultRoute?: pulumi.Input<string>;

  /**
   * Application rules of an Azure Firewall on the way, as `protocol:port name`.
   *
   * @default - none
   */
  firewallApplicationRules?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * Network rules of an Azure Firewall on the way, as `protocol:port address`.
   *
   * @default - none
   */
  firewallNetworkRules?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * DNS servers other than Azure's own.
   *
   * @default - Azure's own
   */
  dnsServers?: pulumi.Input<pulumi.Input<string>[]>;
}

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
