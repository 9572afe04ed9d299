import type * as pulumi from "@pulumi/pulumi";
import type { ActivationMode, FirewallProfile, RecordPublisher, TsigAlgorithm } from "../catalog/constants";
import type { Edition, KeyGroup, OfficeVersion, OperatingSystem } from "../catalog/names.generated";
import type { CommonArgs, CreateMachineArgs, OneOf, SshMachineArgs } from "../component/shared-args";

/** Activations of a KMS host key that were spent on machines outside the ledger. */
export interface ActivationsSpentArgs {
  /**
   * KMS hosts that are not in the ledger, 0 to 100000.
   *
   * @integer 0 100000
   */
  hosts: pulumi.Input<number>;

  /**
   * Activations of all of them together, 0 to 100000.
   *
   * @integer 0 100000
   */
  activations: pulumi.Input<number>;
}

/** An exception from the six hosts of a KMS host key, as Microsoft granted it. */
export interface HostLimitExceptionArgs {
  /**
   * Hosts that the key may activate in all, 7 to 10000.
   *
   * @integer 7 10000
   */
  hosts: pulumi.Input<number>;

  /**
   * Microsoft's reference of the exception.
   *
   * @minLength 1
   * @allowed Microsoft's reference of the exception
   */
  reference: pulumi.Input<string>;
}

/** How the activations of a KMS host key are counted. */
export interface KeyLedgerArgs {
  /**
   * Where they are counted: `file://PATH`, or `azblob://CONTAINER?storage_account=NAME` for several people and pipelines.
   *
   * @format ledgerUrl
   * @default - the stack configuration `windows-kms:ledger`, else the environment variable PULUMI_WINDOWS_KMS_LEDGER, else the folder kms-ledger beside the program
   */
  ledger?: pulumi.Input<string>;

  /**
   * Activations that were spent on machines outside the ledger. It seeds a new ledger, once.
   *
   * @default - none
   */
  activationsSpent?: pulumi.Input<ActivationsSpentArgs>;

  /**
   * More hosts than six, as Microsoft granted them.
   *
   * @default - none
   */
  hostLimitException?: pulumi.Input<HostLimitExceptionArgs>;
}

/** A KMS host key of Windows. Several hosts of one key may share one such object. */
export interface KMSHostKeyArgs extends KeyLedgerArgs {
  /**
   * Product key group of the key. Must be known at preview.
   *
   * @known
   * @minLength 1
   */
  keyGroup: pulumi.Input<OneOf<KeyGroup>>;

  /**
   * The KMS host key (CSVLK). Not needed where the host is `readOnly`. Kept secret; only its last five characters are ever
   * shown.
   *
   * @secret
   * @minLength 1
   * @allowed the KMS host key
   * @default - none; for `readOnly` hosts only
   */
  productKey?: pulumi.Input<string>;
}

/**
 * The KMS host key of one Office version. Its Volume License Pack must already be installed on the machine: the package
 * cannot download it.
 *
 * @see https://learn.microsoft.com/office/volume-license-activation/configure-a-kms-host-computer-for-office
 */
export interface KMSHostOfficeKeyArgs extends KeyLedgerArgs {
  /**
   * Office version, with or without `Office` before it. Must be known at preview.
   *
   * @known
   * @minLength 1
   */
  office: pulumi.Input<OneOf<OfficeVersion>>;

  /**
   * The KMS host key (CSVLK) of this Office version. Not needed where the host is `readOnly`. Kept secret; only its last
   * five characters are ever shown.
   *
   * @secret
   * @minLength 1
   * @allowed the KMS host key
   * @default - none; for `readOnly` hosts only
   */
  productKey?: pulumi.Input<string>;

  /**
   * How the key is activated.
   *
   * @known
   * @default "online"
   */
  activation?: pulumi.Input<OneOf<ActivationMode>>;

  /**
   * Confirmation ID from Microsoft's telephone activation, 48 digits with or without blanks and hyphens; with activation
   * `offline`. Kept secret.
   *
   * @secret
   * @format confirmationId
   * @default - none; the key then awaits confirmation
   */
  confirmationId?: pulumi.Input<string>;
}

/** A virtual machine that the package creates for a KMS host, with its network interface and network security group. */
export interface CreateHostMachineArgs extends CreateMachineArgs {
  /**
   * Host name of the machine, at most 15 letters, digits and hyphens.
   *
   * @known
   * @format computerName
   * @default - the resource's name, shortened
   */
  computerName?: pulumi.Input<string>;
}

/** The machine of a KMS host. Exactly one of `create`, `azureVmId` and `ssh` is given, or `fqdn` alone with `readOnly`. */
export interface KMSHostMachineArgs {
  /** A virtual machine to create in Azure. Not with `readOnly`. */
  create?: pulumi.Input<CreateHostMachineArgs>;

  /**
   * Azure resource ID of an existing virtual machine.
   *
   * @format azureVmId
   */
  azureVmId?: pulumi.Input<string>;

  /** An existing machine that is reached over SSH. */
  ssh?: pulumi.Input<SshMachineArgs>;

  /**
   * Full DNS name, or address, that clients reach the host under. Alone it names a `readOnly` host that is not looked at;
   * beside another member it is the name that clients use.
   *
   * @format fqdn
   * @default - the computer name in the first of `zones`; else the private address, over SSH the name in its domain
   */
  fqdn?: pulumi.Input<string>;
}

/** A key that signs dynamic updates (TSIG, RFC 8945). */
export interface TsigKeyArgs {
  /**
   * Name of the key as the server knows it.
   *
   * @format tsigKeyName
   */
  keyName: pulumi.Input<string>;

  /**
   * Algorithm of the key.
   *
   * @default "hmac-sha256"
   */
  algorithm?: pulumi.Input<OneOf<TsigAlgorithm>>;

  /**
   * The key in base64, as in the server's key statement. Kept secret.
   *
   * @secret
   * @format base64
   */
  secret: pulumi.Input<string>;
}

/** DNS servers that take dynamic updates (RFC 2136), for example BIND, or Windows DNS with nonsecure updates. */
export interface DynamicUpdateArgs {
  /**
   * Servers that hold the zone, tried in this order; each an IPv4 address, a name, or an IPv6 address in brackets, with a
   * port where that is not 53: `10.0.0.4`, `dc1.corp.example:5353`, `[::1]:53`.
   *
   * @minItems 1
   * @uniqueItems
   * @items format dnsServer
   */
  servers: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * The key that signs the updates.
   *
   * @default - updates are not signed
   */
  tsig?: pulumi.Input<TsigKeyArgs>;
}

/**
 * A DNS zone in which clients find a KMS host. Exactly one of `azurePrivateZoneId` and `dynamicUpdate` is given where the
 * package writes the records; neither is needed for a `readOnly` host or where Windows publishes.
 */
export interface KMSHostZoneArgs {
  /**
   * Name of the zone, for example `corp.example`. Must be known at preview.
   *
   * @known
   * @format zoneName
   */
  zoneName: pulumi.Input<string>;

  /**
   * Azure resource ID of the private DNS zone. The records are written to the subscription that the ID names. Not together
   * with `dynamicUpdate`.
   *
   * @format azurePrivateZoneId
   */
  azurePrivateZoneId?: pulumi.Input<string>;

  /**
   * DNS servers that take the record by dynamic update. Not together with `azurePrivateZoneId`. The host's address record
   * is left to the host or to its administrator.
   */
  dynamicUpdate?: pulumi.Input<DynamicUpdateArgs>;

  /**
   * Who writes the SRV record. With `windows` the zone is put on Windows' own list of domains to publish in, Windows chooses
   * the time to live, and the update fails where `dynamicUpdate` names servers and the record does not appear on them; with
   * `dynamicUpdate` the record is removed on destroy.
   *
   * @known
   * @default "package"
   */
  publishedBy?: pulumi.Input<OneOf<RecordPublisher>>;

  /**
   * Full name of the host that the record points to; it begins with the computer name.
   *
   * @minLength 1
   * @maxLength 253
   * @allowed the full name of the host, for example kms01.corp.example
   * @default - the computer name in the zone
   */
  target?: pulumi.Input<string>;

  /**
   * Priority, 0 to 65535; clients ask the lowest first.
   *
   * @integer 0 65535
   * @default 0
   */
  priority?: pulumi.Input<number>;

  /**
   * Weight, 0 to 65535; the share among records of one priority.
   *
   * @integer 0 65535
   * @default 0
   */
  weight?: pulumi.Input<number>;

  /**
   * Time to live of the record set in seconds, 1 to 2147483647. While the set also has records that this program does not
   * declare, theirs stays.
   *
   * @integer 1 2147483647
   * @default 3600
   */
  ttlSeconds?: pulumi.Input<number>;

  /**
   * Whether an address record of the host is created beside the SRV record. Switch it off where one exists, for example by
   * auto-registration of the zone's network link. Only with `azurePrivateZoneId`.
   *
   * @known
   * @default true for Azure machines
   */
  addressRecord?: pulumi.Input<boolean>;
}

/** A KMS host: one machine that activates KMS clients with one KMS host key. */
export interface KMSHostArgs extends CommonArgs {
  /** The KMS host key of Windows. At least one of `key` and `officeKeys` is given. */
  key?: pulumi.Input<KMSHostKeyArgs>;

  /**
   * KMS host keys of Office, one for each version.
   *
   * @minItems 1
   * @default - none
   */
  officeKeys?: pulumi.Input<pulumi.Input<KMSHostOfficeKeyArgs>[]>;

  /**
   * Operating system of the machine. Must be known at preview. Optional for machines that exist: what the machine reports is
   * used, and what is declared is enforced.
   *
   * @known
   * @minLength 1
   * @default - as found on the machine
   */
  os?: pulumi.Input<OneOf<OperatingSystem>>;

  /**
   * Edition of the operating system.
   *
   * @known
   * @minLength 1
   * @default - as found on the machine; "Datacenter" for a server and "Enterprise" for a client that is created
   */
  edition?: pulumi.Input<OneOf<Edition>>;

  /**
   * The machine. Which one it is must be known at preview, not what it is made of.
   *
   * @known
   */
  machine: pulumi.Input<KMSHostMachineArgs>;

  /**
   * Whether somebody else manages the host: it is looked at in each refresh and never changed. Switching it on hands a
   * host over untouched, switching it off adopts it; neither deletes anything. Must be known at preview.
   *
   * @known
   * @default false
   */
  readOnly?: pulumi.Input<boolean>;

  /**
   * How the key is activated.
   *
   * @known
   * @default "online"
   */
  activation?: pulumi.Input<OneOf<ActivationMode>>;

  /**
   * Confirmation ID from Microsoft's telephone activation, 48 digits with or without blanks and hyphens; with activation
   * `offline`. Kept secret.
   *
   * @secret
   * @format confirmationId
   * @default - none; the host then awaits confirmation
   */
  confirmationId?: pulumi.Input<string>;

  /**
   * TCP port of the KMS host, 1 to 65535.
   *
   * @integer 1 65535
   * @default 1688; where `readOnly` the port that the machine listens on
   */
  port?: pulumi.Input<number>;

  /**
   * How often a client that is not activated asks, in minutes, 15 to 43200.
   *
   * @integer 15 43200
   * @default 120
   */
  activationIntervalMinutes?: pulumi.Input<number>;

  /**
   * How often an activated client renews, in minutes, 15 to 43200.
   *
   * @integer 15 43200
   * @default 10080
   */
  renewalIntervalMinutes?: pulumi.Input<number>;

  /**
   * Whether the KMS host runs with low thread priority, for a machine that has other work.
   *
   * @default false
   */
  lowPriority?: pulumi.Input<boolean>;

  /**
   * Network profiles that the inbound rule of Windows Defender Firewall is enabled for. Azure machines outside a domain are
   * in the profile `Public`.
   *
   * @minItems 1
   * @uniqueItems
   * @default ["Domain", "Private", "Public"]
   */
  firewallProfiles?: pulumi.Input<pulumi.Input<OneOf<FirewallProfile>>[]>;

  /**
   * Address prefixes that may reach the KMS port of a created machine, at most 4000 IPv4 prefixes that do not overlap. If
   * empty, no client can reach it. Only with `machine.create`, whose network security group the package owns.
   *
   * @known
   * @items format addressPrefix
   * @default - none
   */
  clientPrefixes?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * DNS zones in which clients find the host, each with the record that the host gets there. For a `readOnly` host the
   * zones that already hold its record, each as `{ zoneName }`.
   *
   * @default - none; client groups are given the host's name
   */
  zones?: pulumi.Input<pulumi.Input<KMSHostZoneArgs>[]>;

  /**
   * Takes over a machine that the ledger knows as the KMS host of another stack or resource; its activations stay counted.
   *
   * @default false
   */
  adopt?: pulumi.Input<boolean>;

  /**
   * How long the work on the machine may take, in minutes, 5 to 720.
   *
   * @integer 5 720
   * @default 60
   */
  timeoutMinutes?: pulumi.Input<number>;
}
