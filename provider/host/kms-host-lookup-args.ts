import type * as pulumi from "@pulumi/pulumi";
import type { SshMachineArgs } from "../args/ssh-args";

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
