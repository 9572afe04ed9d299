import * as pulumi from "@pulumi/pulumi";
import type { MachineImageArgs, MachineNetworkArgs, SshMachineArgs } from "../component/old-args";
import type { WindowsVmArgs } from "./windows-vm-args";

/** A key that signs dynamic updates (TSIG, RFC 8945). */
export interface TsigKeyArgs {
  /** Name of the key as the server knows it. */
  keyName: pulumi.Input<string>;

  /**
   * `hmac-sha256`, `hmac-sha384` or `hmac-sha512`.
   *
   * @default "hmac-sha256"
   */
  algorithm?: pulumi.Input<string>;

  /** Secret of the key in base64, as in the server's key statement. Kept secret. */
  secret: pulumi.Input<string>;
}

/** A DNS zone that takes dynamic updates (RFC 2136), for example on BIND or on Windows DNS with nonsecure updates. */
export interface DnsUpdateZoneArgs {
  /** Name of the zone, for example `corp.example`. */
  zoneName: pulumi.Input<string>;

  /**
   * Servers that have the zone, asked in this order; each an IPv4 address, a name, or an IPv6 address in brackets, with a
   * port when it is not 53: `10.0.0.4`, `dc1.corp.example:5353`, `[::1]:53`.
   */
  servers: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * The key that signs the updates.
   *
   * @default - updates are not signed
   */
  tsig?: TsigKeyArgs;
}

/** The SRV records with the secrets of their keys marked. */
export function withTsigSecrets(records: KMSHostSrvRecordArgs[]): KMSHostSrvRecordArgs[] {
  return records.map((record) => {
    const tsig = record?.dnsUpdate?.tsig;
    return tsig?.secret === undefined
      ? record
      : {
          ...record,
          dnsUpdate: { ...record.dnsUpdate!, tsig: { ...tsig, secret: pulumi.secret(tsig.secret) } },
        };
  });
}

/**
 * The KMS host key of one Office version. Each version needs its own, and its Volume License Pack, which is installed on
 * the machine before: the package cannot fetch it.
 * Source: learn.microsoft.com/office/volume-license-activation/configure-a-kms-host-computer-for-office
 */
export interface KMSHostOfficeKeyArgs {
  /** Office version: `LTSC 2024`, `LTSC 2021`, `2019` or `2016`, with or without `Office` before it. */
  office: string;

  /** The KMS host key (CSVLK) of this Office version. Kept secret; only its last five characters are ever shown. */
  productKey: pulumi.Input<string>;

  /**
   * How the key is activated: `online`, `offline` by telephone, `none` not at all.
   *
   * @default "online"
   */
  activation?: pulumi.Input<string>;

  /**
   * Confirmation ID of Microsoft's telephone line, 48 digits with or without hyphens; with activation `offline`. Kept
   * secret.
   *
   * @default - none; the key then awaits confirmation
   */
  confirmationId?: pulumi.Input<string>;

  /**
   * What was spent of this key outside the ledger.
   *
   * @default - nothing
   */
  activationsSpent?: ActivationsSpentArgs;

  /**
   * More hosts for this key than six, as Microsoft granted them.
   *
   * @default - none
   */
  hostLimitException?: HostLimitExceptionArgs;
}

/** Office host keys with their secrets marked. */
export const withOfficeSecrets = (keys: KMSHostOfficeKeyArgs[]): KMSHostOfficeKeyArgs[] =>
  keys.map(({ productKey, confirmationId, ...key }) => ({
    ...key,
    productKey: pulumi.secret(productKey),
    ...(confirmationId !== undefined && { confirmationId: pulumi.secret(confirmationId) }),
  }));

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

/**
 * A KMS host that this program does not manage: another stack's, or one that was set up by hand. Nothing on it is
 * changed. With `azureVmId` or `ssh` it is looked at once, and again in each refresh; with `fqdn` alone it is taken for
 * what the program says of it.
 */
export interface KMSHostLookupArgs {
  /** Product key group of its KMS host key, a value of `KeyGroup`. */
  keyGroup: pulumi.Input<string>;

  /** Operating system of the machine, a value of `OperatingSystem`. */
  os: pulumi.Input<string>;

  /** Azure resource ID of its virtual machine. At least one of `azureVmId`, `ssh` and `fqdn` is given. */
  azureVmId?: pulumi.Input<string>;

  /** Its machine over SSH; not together with `azureVmId`. At least one of `azureVmId`, `ssh` and `fqdn` is given. */
  ssh?: SshMachineArgs;

  /**
   * Full DNS name, or address, that clients reach the host under. At least one of `azureVmId`, `ssh` and `fqdn` is given.
   *
   * @default - its computer name in the first of `zoneNames`; else its private address, over SSH its name in its domain
   */
  fqdn?: pulumi.Input<string>;

  /**
   * DNS zones that hold an SRV record of the host; client groups then find it by DNS.
   *
   * @default - none; client groups are told its name
   */
  zoneNames?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * TCP port of the KMS host, 1 to 65535.
   *
   * @default - the port that the machine listens on; 1688 for a host that is known by `fqdn` alone
   */
  port?: pulumi.Input<number>;

  /**
   * Office versions that it has an activated host key for: `LTSC 2024`, `LTSC 2021`, `2019` or `2016`, with or without
   * `Office` before it. They are looked at with the host.
   *
   * @default - none
   */
  officeVersions?: string[];

  /**
   * Updates that are installed on the machine, for example `KB5034770`; a later one stands for those it contains.
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
   * Turns warnings of this resource into errors.
   *
   * @default false
   */
  strict?: pulumi.Input<boolean>;

  /**
   * Codes of warnings that are known and accepted, for example `KMS2236`; they are shown as information.
   *
   * @default - none
   */
  acknowledge?: pulumi.Input<pulumi.Input<string>[]>;
}
