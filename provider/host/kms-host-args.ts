import type * as pulumi from "@pulumi/pulumi";
import type { DnsUpdateZoneArgs } from "./dns-update-args";
import type { MachineImageArgs, MachineNetworkArgs } from "../args/machine-facts-args";
import type { KMSHostOfficeKeyArgs } from "./office-key-args";
import type { SshMachineArgs } from "../args/ssh-args";
import type { WindowsVmArgs } from "../vm/windows-vm";

/** What was spent of a KMS host key outside the ledger. */
export interface ActivationsSpentArgs {
  /** KMS hosts that are not in the ledger, 0 to 100000. */
  hosts: pulumi.Input<number>;

  /** Activations of all of them together, 0 to 100000. */
  activations: pulumi.Input<number>;
}

/** An exception from the six hosts of a KMS host key. */
export interface HostLimitExceptionArgs {
  /** Hosts that the key may activate in all, 7 to 10000. */
  hosts: pulumi.Input<number>;

  /** Microsoft's reference of the exception. */
  reference: pulumi.Input<string>;
}

/** An Azure private DNS zone. */
export interface PrivateZoneArgs {
  /** Resource group of the zone. */
  resourceGroupName: pulumi.Input<string>;

  /** Name of the zone, for example `corp.example`. */
  zoneName: pulumi.Input<string>;

  /**
   * Subscription of the zone. The SRV record is written there; the address record is made by the azure-native provider
   * of the host, in the provider's own subscription, so it is switched off (`addressRecord: false`) where that is another.
   *
   * @default - the subscription of the KMS host's virtual machine
   */
  subscriptionId?: pulumi.Input<string>;
}

/** The SRV record that a KMS host has in one zone. */
export interface KMSHostSrvRecordArgs {
  /** An Azure private DNS zone that gets the record. Exactly one of `privateZone` and `dnsUpdate` is given. */
  privateZone?: PrivateZoneArgs;

  /**
   * A zone on other DNS servers that gets the record. Exactly one of `privateZone` and `dnsUpdate` is given. The host's
   * address record there is the host's own business, or the administrator's.
   */
  dnsUpdate?: DnsUpdateZoneArgs;

  /**
   * Full name of the host that the record points to; it begins with the computer name.
   *
   * @default - the computer name in the zone
   */
  target?: pulumi.Input<string>;

  /**
   * Priority, 0 to 65535; clients ask the lowest first.
   *
   * @default 0
   */
  priority?: pulumi.Input<number>;

  /**
   * Weight, 0 to 65535; the share among records of one priority.
   *
   * @default 0
   */
  weight?: pulumi.Input<number>;

  /**
   * Time to live of the record set in seconds, 1 to 2147483647.
   *
   * @default 3600
   */
  ttlSeconds?: pulumi.Input<number>;

  /**
   * Whether an address record for the KMS host is created beside the SRV record. Switch it off where one exists,
   * for example by auto-registration of the zone's network link. Only for `privateZone`.
   *
   * @default true
   */
  addressRecord?: pulumi.Input<boolean>;
}

/** A KMS host: one machine that answers KMS clients with one KMS host key. */
export interface KMSHostArgs {
  /** Product key group of the KMS host key, a value of `KeyGroup`. */
  keyGroup: pulumi.Input<string>;

  /** The KMS host key (CSVLK). Kept secret; only its last five characters are ever shown. */
  productKey: pulumi.Input<string>;

  /**
   * How the key is activated: `online` over the Internet, `offline` by telephone in two updates, `none` for a key that
   * is installed only. With `offline` the first update gives the output `installationId`, and the second takes the
   * `confirmationId` that Microsoft answers with.
   *
   * @default "online"
   */
  activation?: pulumi.Input<string>;

  /**
   * Confirmation ID of Microsoft's telephone line, 48 digits with or without hyphens; with activation `offline`. Kept
   * secret.
   *
   * @default - none; the host then awaits confirmation
   */
  confirmationId?: pulumi.Input<string>;

  /** Operating system of the machine, a value of `OperatingSystem`. */
  os: pulumi.Input<string>;

  /**
   * Edition of the operating system.
   *
   * @default "Datacenter" for a server, "Enterprise" for a client
   */
  edition?: pulumi.Input<string>;

  /** A virtual machine to create. Exactly one of `vm`, `azureVmId` and `ssh` is given. */
  vm?: WindowsVmArgs;

  /** Azure resource ID of an existing virtual machine. Exactly one of `vm`, `azureVmId` and `ssh` is given. */
  azureVmId?: pulumi.Input<string>;

  /** An existing machine that is reached over SSH. Exactly one of `vm`, `azureVmId` and `ssh` is given. */
  ssh?: SshMachineArgs;

  /**
   * Host name of a created machine, at most 15 letters, digits and hyphens.
   *
   * @default - the resource's name, shortened
   */
  computerName?: pulumi.Input<string>;

  /**
   * Address prefixes that may reach the KMS port of a created machine. None: nobody may.
   *
   * @default - none
   */
  clientPrefixes?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * SRV records to publish, one for each zone.
   *
   * @default - none
   */
  srvRecords?: KMSHostSrvRecordArgs[];

  /**
   * Who writes the SRV records: with `package` this package, with `host` Windows itself by dynamic update. With `host` each record of
   * `srvRecords` is only looked for after the activation, and an update fails when it does not come; Windows chooses the
   * time to live, and the registry value DnsDomainPublishList on the host names zones besides the host's own domain,
   * priority and weight. The package removes a record when its host is gone, for Windows does not. Only for `dnsUpdate`
   * zones. Without `srvRecords` Windows publishes either way, and nothing is looked for.
   *
   * @default "package"
   */
  dnsPublishing?: pulumi.Input<string>;

  /**
   * TCP port of the KMS host, 1 to 65535.
   *
   * @default 1688
   */
  port?: pulumi.Input<number>;

  /**
   * How often a client that is not activated asks, in minutes, 15 to 43200.
   *
   * @default 120
   */
  activationIntervalMinutes?: pulumi.Input<number>;

  /**
   * How often an activated client renews, in minutes, 15 to 43200.
   *
   * @default 10080
   */
  renewalIntervalMinutes?: pulumi.Input<number>;

  /**
   * Runs the KMS host with low thread priority, for a machine that has other work.
   *
   * @default false
   */
  lowPriority?: pulumi.Input<boolean>;

  /**
   * Network profiles that the inbound rule of Windows Defender Firewall is enabled for: `Domain`, `Private`, `Public`.
   * Azure machines outside a domain are in the profile `Public`.
   *
   * @default ["Domain", "Private", "Public"]
   */
  firewallProfiles?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * How long the work on the machine may take, in minutes, 5 to 720.
   *
   * @default 60
   */
  deadlineMinutes?: pulumi.Input<number>;

  /**
   * Updates that are installed on the machine, for example `KB3172614`; a later one stands for those it contains.
   *
   * @default - not known
   */
  updates?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * Build of the machine's operating system with its revision, for example `20348.2322`.
   *
   * @default - not known
   */
  osBuild?: pulumi.Input<string>;

  /**
   * What is known of the image that the machine was made from.
   *
   * @default - an image of a volume edition
   */
  image?: MachineImageArgs;

  /**
   * What is known of the machine's network.
   *
   * @default - nothing
   */
  network?: MachineNetworkArgs;

  /**
   * KMS host keys of Office, one for each version, beside that of Windows.
   *
   * @default - none
   */
  officeKeys?: KMSHostOfficeKeyArgs[];

  /**
   * More hosts for the key than six, as Microsoft granted them.
   *
   * @default - none
   */
  hostLimitException?: HostLimitExceptionArgs;

  /**
   * Activations of the key that were spent on machines outside the ledger.
   *
   * @default - none
   */
  activationsSpent?: ActivationsSpentArgs;

  /**
   * Where the activations of the key are counted: `file://PATH`, or `azblob://CONTAINER?storage_account=NAME` for several
   * people and pipelines.
   *
   * @default - the environment variable PULUMI_WINDOWS_KMS_LEDGER, else the folder kms-ledger beside the program
   */
  ledger?: pulumi.Input<string>;

  /**
   * Takes over a machine that the ledger knows as the KMS host of another stack or resource; its activations stay
   * counted.
   *
   * @default false
   */
  adopt?: pulumi.Input<boolean>;

  /**
   * Turns warnings of this resource into errors.
   *
   * @default false
   */
  strict?: pulumi.Input<boolean>;

  /**
   * Codes of warnings that are known and accepted, for example `KMS2104`; they are shown as information.
   *
   * @default - none
   */
  acknowledge?: pulumi.Input<pulumi.Input<string>[]>;
}
