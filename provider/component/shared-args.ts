import type * as pulumi from "@pulumi/pulumi";
import type { LicenseType, NextHopType, OsDiskType, OutboundAccess } from "../catalog/constants";

/** One of the constants of a closed set, or the same as a plain string. */
export type OneOf<Constant extends string> = Constant | (string & {});

/** A diagnostic that a team has looked at and accepts. */
export interface AcknowledgementArgs {
  /**
   * Code of the diagnostic, for example `KMS2209`. The error reference says which codes can be acknowledged.
   *
   * @format diagnosticCode
   */
  code: pulumi.Input<string>;

  /**
   * Why it is accepted. Shown with the diagnostic.
   *
   * @minLength 1
   * @allowed the reason in words
   */
  reason: pulumi.Input<string>;

  /**
   * Last day on which the acknowledgement counts, an ISO 8601 date such as `2027-03-31`. Required for codes that spend
   * a host or an activation, and then at most a year from today.
   *
   * @format date
   * @default - no end
   */
  until?: pulumi.Input<string>;
}

/** What is known of the image that machines were made from. */
export interface MachineImageArgs {
  /**
   * Whether it is an evaluation copy, which takes no volume license key.
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

/** What is known of the network around machines. */
export interface MachineNetworkArgs {
  /**
   * Whether the subnet is private, that is without Azure's default outbound access.
   *
   * @default false
   */
  privateSubnet?: pulumi.Input<boolean>;

  /**
   * How machines of the subnet reach the Internet.
   *
   * @default "none"
   */
  outbound?: pulumi.Input<OneOf<OutboundAccess>>;

  /**
   * Next hop type of the route for 0.0.0.0/0.
   *
   * @default "Internet"
   */
  defaultRoute?: pulumi.Input<OneOf<NextHopType>>;

  /**
   * Application rules of an Azure Firewall on the way, each as `protocol:port name`.
   *
   * @items minLength 1
   * @allowed a list of rules
   * @default - none
   */
  firewallApplicationRules?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * Network rules of an Azure Firewall on the way, each as `protocol:port address`.
   *
   * @items minLength 1
   * @allowed a list of rules
   * @default - none
   */
  firewallNetworkRules?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * DNS servers other than Azure's own.
   *
   * @items minLength 1
   * @allowed a list of addresses
   * @default - Azure's own
   */
  dnsServers?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * Facts about machines and their network that nobody has observed yet. They decide what the preview reports; what a
 * visit to the machine has seen takes their place.
 */
export interface AssumeArgs {
  /**
   * Installed updates, for example `KB3172614`; a later cumulative update stands for those before it.
   *
   * @items format update
   * @default - not known
   */
  updates?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * Build of the operating system with its revision, for example `20348.2322`.
   *
   * @format osBuild
   * @default - not known
   */
  osBuild?: pulumi.Input<string>;

  /**
   * Day through which all cumulative updates are installed, for example `2026-11-10`: a way to say how current a machine is
   * where its build does not tell, as with Windows Server 2012 R2.
   *
   * @format date
   * @default - not known
   */
  updatedThrough?: pulumi.Input<string>;

  /**
   * The image that the machines were made from.
   *
   * @default - a generalized image of a volume edition
   */
  image?: pulumi.Input<MachineImageArgs>;

  /**
   * The network around the machines.
   *
   * @default - nothing is known
   */
  network?: pulumi.Input<MachineNetworkArgs>;

  /**
   * Whether the machines are in an Active Directory domain; clients then look for KMS hosts in it.
   *
   * @default - not known
   */
  domainJoined?: pulumi.Input<boolean>;

  /**
   * Primary DNS suffix of machines outside a domain, at most 253 characters; "" for none.
   *
   * @maxLength 253
   * @allowed a DNS suffix, or "" for none
   * @default - not known
   */
  dnsSuffix?: pulumi.Input<string>;

  /**
   * What the machines run on, for example `Hyper-V on Windows Server Datacenter`.
   *
   * @minLength 1
   * @allowed what the machines run on, for example Hyper-V on Windows Server Datacenter
   * @default - not known
   */
  hypervisor?: pulumi.Input<string>;

  /**
   * Whether the machines are domain controllers.
   *
   * @default false
   */
  domainController?: pulumi.Input<boolean>;

  /**
   * Longest time that the machines are off or cut off from their KMS hosts, in days, 0 to 3650.
   *
   * @integer 0 3650
   * @default 0
   */
  offlineDays?: pulumi.Input<number>;
}

/** How to sign in to an SSH server. */
export interface SshSignInArgs {
  /**
   * User to sign in as; on Windows an administrator, `DOMAIN\user` for one of a domain.
   *
   * @minLength 1
   * @allowed the name of a user
   * @default - for a machine of a client group the user that all have in common; required elsewhere
   */
  user?: pulumi.Input<string>;

  /**
   * Password of the user. Kept secret.
   *
   * @secret
   * @minLength 1
   * @allowed a password
   * @default - none
   */
  password?: pulumi.Input<string>;

  /**
   * Private key in OpenSSH, PEM or PPK format. Kept secret.
   *
   * @secret
   * @minLength 1
   * @allowed a private key in OpenSSH, PEM or PPK format
   * @default - none
   */
  privateKey?: pulumi.Input<string>;

  /**
   * Passphrase of the private key. Kept secret.
   *
   * @secret
   * @minLength 1
   * @allowed the passphrase of the private key
   * @default - none
   */
  passphrase?: pulumi.Input<string>;

  /**
   * Whether the keys of the running SSH agent are tried.
   *
   * @default true where neither a password nor a private key is given
   */
  agent?: pulumi.Input<boolean>;

  /**
   * How often the server must show that it is still there, in seconds, 1 to 600.
   *
   * @integer 1 600
   * @default 15
   */
  keepAliveSeconds?: pulumi.Input<number>;

  /**
   * Lines of an OpenSSH `known_hosts` file that name the server's host key, hashed names included. Takes the place of
   * `hostKeyFingerprint`.
   *
   * @minLength 1
   * @allowed lines of a known_hosts file
   * @default - none
   */
  knownHosts?: pulumi.Input<string>;
}

/**
 * An SSH server: where it is, how to sign in to it, and what it is recognised by. Either `hostKeyFingerprint` or
 * `knownHosts` is needed.
 */
export interface SshServerArgs extends SshSignInArgs {
  /**
   * Host name or address.
   *
   * @format sshHost
   */
  host: pulumi.Input<string>;

  /**
   * TCP port, 1 to 65535.
   *
   * @integer 1 65535
   * @default 22
   */
  port?: pulumi.Input<number>;

  /**
   * Fingerprint of the server's host key, `SHA256:…` as `ssh-keygen -lf` shows it on the machine itself.
   *
   * @format hostKeyFingerprint
   * @default - the key is looked up in `knownHosts`
   */
  hostKeyFingerprint?: pulumi.Input<string>;
}

/** A Windows machine with OpenSSH, physical or virtual, in any network. */
export interface SshMachineArgs extends SshServerArgs {
  /**
   * An SSH server through which the machine is reached.
   *
   * @default - the machine is reached directly
   */
  jump?: pulumi.Input<SshServerArgs>;
}

/**
 * An image for machines in place of the one that the catalogue of this package has. Either `id` is given, or `publisher`,
 * `offer` and `sku`.
 */
export interface CreateImageArgs {
  /**
   * Azure resource ID of an image: of a gallery, one of its versions, or a managed image.
   *
   * @minLength 1
   * @allowed the Azure resource ID of an image
   * @default - none; the image is then named in the Azure Marketplace
   */
  id?: pulumi.Input<string>;

  /**
   * Publisher in the Azure Marketplace, for example `MicrosoftWindowsServer`.
   *
   * @minLength 1
   * @allowed the name of a publisher
   * @default - none; required without `id`
   */
  publisher?: pulumi.Input<string>;

  /**
   * Offer of the publisher, for example `windowsserver2022`.
   *
   * @minLength 1
   * @allowed the name of an offer
   * @default - none; required without `id`
   */
  offer?: pulumi.Input<string>;

  /**
   * SKU of the offer, for example `2022-datacenter-g2`.
   *
   * @minLength 1
   * @allowed the name of a SKU
   * @default - none; required without `id`
   */
  sku?: pulumi.Input<string>;

  /**
   * Version of the SKU.
   *
   * @minLength 1
   * @allowed a version, or latest
   * @default "latest"
   */
  version?: pulumi.Input<string>;

  /**
   * Whether the image can be started with Trusted Launch, as those of generation 2 can.
   *
   * @default true
   */
  trustedLaunch?: pulumi.Input<boolean>;
}

/** A Windows virtual machine that the package creates in Azure, without a public address. */
export interface CreateMachineArgs {
  /**
   * Resource group of everything that is created, 1 to 90 characters that Azure accepts.
   *
   * @minLength 1
   * @maxLength 90
   * @allowed the name of a resource group, 1 to 90 characters
   */
  resourceGroupName: pulumi.Input<string>;

  /**
   * Azure resource ID of the subnet.
   *
   * @format subnetId
   */
  subnetId: pulumi.Input<string>;

  /**
   * Password of the local administrator, 8 to 123 characters of at least three of the classes lower case, upper case, digits
   * and others. Kept secret.
   *
   * @secret
   * @minLength 8
   * @maxLength 123
   */
  adminPassword: pulumi.Input<string>;

  /**
   * Name of the local administrator, 1 to 20 characters, and none of the common names that Azure refuses.
   *
   * @minLength 1
   * @maxLength 20
   * @default "kmsadmin"
   */
  adminUsername?: pulumi.Input<string>;

  /**
   * Azure region.
   *
   * @minLength 1
   * @allowed the name of an Azure region, for example westeurope
   * @default - the region of the provider's configuration, or of the resource group
   */
  location?: pulumi.Input<string>;

  /**
   * Azure virtual machine size, for x64 and with Trusted Launch.
   *
   * @format vmSize
   * @default "Standard_B2as_v2"
   */
  size?: pulumi.Input<string>;

  /**
   * Server Core instead of the desktop, where Azure has such an image.
   *
   * @default false
   */
  core?: pulumi.Input<boolean>;

  /**
   * Image that the machine is created from. It must have the declared `os` and `edition`. A change has its effect on new
   * machines alone.
   *
   * @default - the image of the Azure Marketplace for `os`, `edition` and `core`
   */
  image?: pulumi.Input<CreateImageArgs>;

  /**
   * Storage type of the operating system disk. A change replaces a virtual machine, a KMS host included.
   *
   * @default "StandardSSD_LRS"
   */
  osDiskType?: pulumi.Input<OneOf<OsDiskType>>;

  /**
   * Azure licence type; it changes billing, not activation.
   *
   * @default - none
   */
  licenseType?: pulumi.Input<OneOf<LicenseType>>;

  /**
   * Encryption of disks and caches on the Azure host; the subscription must have the feature registered.
   *
   * @default false
   */
  encryptionAtHost?: pulumi.Input<boolean>;
}

/** Arguments that KMS hosts and client groups have in common. */
export interface CommonArgs {
  /**
   * Facts that nobody has observed yet.
   *
   * @default - nothing is assumed
   */
  assume?: pulumi.Input<AssumeArgs>;

  /**
   * Tags of everything that this resource creates in Azure, run commands on existing machines included: at most 50, names of
   * 1 to 512 characters without `< > % & \ ? /`, values of at most 256.
   *
   * @allowed tag names with their values
   * @default - none
   */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;

  /**
   * Whether warnings of this resource are errors.
   *
   * @default - the stack configuration `windows-kms:strict`, else false
   */
  strict?: pulumi.Input<boolean>;

  /**
   * Diagnostics that are accepted: an error becomes a warning, a warning an information.
   *
   * @default - none
   */
  acknowledge?: pulumi.Input<pulumi.Input<AcknowledgementArgs>[]>;
}
