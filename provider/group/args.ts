import type * as pulumi from "@pulumi/pulumi";
import type { Discovery, OnRemove, OrchestrationMode, UnreachablePolicy } from "../catalog/constants";
import type { Edition, OfficeVersion, OperatingSystem } from "../catalog/names.generated";
import type {
  CommonArgs,
  CreateMachineArgs,
  OneOf,
  SshMachineArgs,
  SshServerArgs,
  SshSignInArgs,
} from "../component/shared-args";
import type { KMSHost } from "../host/kms-host";

/** Virtual machines that the package creates for a client group. */
export interface CreateClientMachinesArgs extends CreateMachineArgs {
  /**
   * How many machines, 1 to 1000; the preview lists each of them. Must be known at preview.
   *
   * @known
   * @integer 1 1000
   */
  count: pulumi.Input<number>;

  /**
   * Prefix of the machines' host names, at most 10 letters, digits and hyphens; a number follows.
   *
   * @format groupNamePrefix
   * @default - the resource's name, shortened
   */
  computerNamePrefix?: pulumi.Input<string>;
}

/** A virtual machine scale set that the package creates for a client group. */
export interface CreateScaleSetArgs extends CreateMachineArgs {
  /**
   * How many instances, 0 to 1000. Where the group is `autoscaled`, how many a new set begins with;
   * an update leaves the number that Azure has.
   *
   * @integer 0 1000
   */
  capacity: pulumi.Input<number>;

  /**
   * `Flexible` instances are virtual machines that the rollout configures by run commands. `Uniform` instances are
   * configured by Azure through an extension of the scale set's model, so that updates do not take longer as the set
   * grows. Must be known at preview.
   *
   * @known
   * @default "Flexible"
   */
  orchestrationMode?: pulumi.Input<OneOf<OrchestrationMode>>;

  /**
   * Name of the scale set in Azure.
   *
   * @format scaleSetName
   * @default - the resource's name and a suffix
   */
  name?: pulumi.Input<string>;

  /**
   * Prefix of the instances' host names, at most 9 letters, digits and hyphens; Azure appends six characters.
   *
   * @format instanceNamePrefix
   * @default - the resource's name, shortened
   */
  computerNamePrefix?: pulumi.Input<string>;
}

/**
 * Existing machines that are reached over SSH. The members beside `machines` are what all of them have in common; each
 * machine may override them.
 */
export interface SshClientsArgs extends SshSignInArgs {
  /**
   * TCP port of the machines, 1 to 65535.
   *
   * @integer 1 65535
   * @default 22
   */
  port?: pulumi.Input<number>;

  /**
   * An SSH server through which the machines are reached.
   *
   * @default - the machines are reached directly
   */
  jump?: pulumi.Input<SshServerArgs>;

  /**
   * The machines, at least one. How many there are must be known at preview.
   *
   * @known
   * @minItems 1
   */
  machines: pulumi.Input<pulumi.Input<SshMachineArgs>[]>;
}

/**
 * The machines of a client group. Sources add up, except that a scale set stands alone. At least one of `create`,
 * `azureVmIds`, `ssh`, `scaleSet` and `scaleSetId` is given.
 */
export interface KMSClientMachinesArgs {
  /** Virtual machines to create in Azure. */
  create?: pulumi.Input<CreateClientMachinesArgs>;

  /**
   * Azure resource IDs of existing virtual machines.
   *
   * @minItems 1
   * @items format azureVmId
   */
  azureVmIds?: pulumi.Input<pulumi.Input<string>[]>;

  /** Existing machines that are reached over SSH. */
  ssh?: pulumi.Input<SshClientsArgs>;

  /** A virtual machine scale set to create, whose instances are the members. */
  scaleSet?: pulumi.Input<CreateScaleSetArgs>;

  /**
   * Azure resource ID of an existing virtual machine scale set, whose instances are the members. The model of a Uniform or
   * `autoscaled` set gets an extension named `pulumi-windows-kms`. A program that also declares the scale set lists
   * `virtualMachineProfile.extensionProfile` in its `ignoreChanges`.
   *
   * @format scaleSetId
   */
  scaleSetId?: pulumi.Input<string>;

  /**
   * Whether an autoscaler sets the number of instances of the scale set: a changed number is then no difference, and Azure
   * configures each new instance through an extension of the scale set's model. Must be known at preview.
   *
   * @known
   * @default false
   */
  autoscaled?: pulumi.Input<boolean>;
}

/**
 * How a rollout proceeds: canaries first, then the other members. A rollout that stops keeps the work it has done, and the
 * next `pulumi up` continues from there.
 */
export interface KMSRolloutArgs {
  /**
   * How many members are configured before all others, 0 to 1000. If every one of them fails, the rollout stops.
   *
   * @integer 0 1000
   * @default - one in a hundred, 1 to 10; 0 for groups of fewer than 10
   */
  canary?: pulumi.Input<number>;

  /**
   * How many members are worked on at the same time, 1 to 500: of each subscription, and over SSH.
   *
   * @integer 1 500
   * @default - a fiftieth of the group, 50 to 100
   */
  maxConcurrent?: pulumi.Input<number>;

  /**
   * The rollout stops once more than this many members have failed, 0 to 10000. Pending members have not failed. Not together
   * with `maxFailuresPercent`.
   *
   * @integer 0 10000
   * @default - a twentieth of the group, at least 2
   */
  maxFailures?: pulumi.Input<number>;

  /**
   * The rollout stops once more than this share of the group's members has failed, in percent, 0 to 100. Not together with
   * `maxFailures`.
   *
   * @integer 0 100
   * @default - none
   */
  maxFailuresPercent?: pulumi.Input<number>;

  /**
   * Pause after the canaries, in seconds, 0 to 86400.
   *
   * @integer 0 86400
   * @default 0
   */
  pauseSecondsAfterCanary?: pulumi.Input<number>;

  /**
   * What members that are powered off or unreachable mean: `warn` lists them at the end, `fail` counts them as failed.
   *
   * @default "warn"
   */
  unreachable?: pulumi.Input<OneOf<UnreachablePolicy>>;
}

/** How `pulumi refresh` looks at the members of a client group. */
export interface KMSRefreshArgs {
  /**
   * Licensed members that a refresh or an update saw, or that a KMS host heard from, within so many days are not visited,
   * 0 to 365. With 0 each refresh visits every member that no host has heard from.
   *
   * @integer 0 365
   * @default 0
   */
  maxAgeDays?: pulumi.Input<number>;

  /**
   * Licensed members that one refresh visits at most, 1 to 100000, those first that were not seen for longest; what that
   * says of all is reported.
   *
   * @integer 1 100000
   * @default - all that are due
   */
  sample?: pulumi.Input<number>;

  /**
   * How long a refresh may take, in minutes, 1 to 1440. Members that it does not reach keep what was known of them.
   *
   * @integer 1 1440
   * @default - 3 for each time that `rollout.maxConcurrent` members are visited, at least 30
   */
  timeoutMinutes?: pulumi.Input<number>;
}

/** Office on the members of a client group. */
export interface OfficeClientArgs {
  /**
   * Office version that is activated in place of Windows, with or without `Office` before it. Its volume edition is already
   * installed on the machines; Windows on them stays as it is, and may be a member of another group. Must be known at
   * preview.
   *
   * @known
   * @minLength 1
   */
  version: pulumi.Input<OneOf<OfficeVersion>>;

  /**
   * Edition of Office or one of its single products, by the name in Microsoft's list of setup keys, for example
   * `Office LTSC Professional Plus 2024`.
   *
   * @known
   * @minLength 1
   * @allowed an edition of Office or one of its single products, for example Office LTSC Professional Plus 2024
   * @default - the Professional Plus edition of the version
   */
  product?: pulumi.Input<string>;
}

/** KMS clients that are served by the same KMS hosts, or by Azure's own KMS. */
export interface KMSClientGroupArgs extends CommonArgs {
  /**
   * KMS hosts that serve the group, at least one. Exactly one of `hosts` and `azureKms` is given.
   *
   * @known
   * @minItems 1
   */
  hosts?: pulumi.Input<pulumi.Input<KMSHost>[]>;

  /**
   * Whether Azure's own KMS activates the members: Azure virtual machines only, without a threshold. The cloud is that of
   * `ARM_ENVIRONMENT`. Exactly one of `hosts` and `azureKms` is given. Must be known at preview.
   *
   * @known
   * @default false
   * @see https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/troubleshoot-activation-problems
   */
  azureKms?: pulumi.Input<boolean>;

  /**
   * With `azureKms`: Azure resource ID of the members' route table, which gets a route with next hop Internet for each
   * address of Azure's own KMS. Forced tunnelling needs them. One group of a table names it, the others depend on that
   * group. The table keeps its other routes: declare them as resources of their own, not inside the table.
   *
   * @format routeTableId
   * @default - no routes
   * @see https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/custom-routes-enable-kms-activation
   */
  azureKmsRouteTableId?: pulumi.Input<string>;

  /**
   * The machines. From where they come must be known at preview.
   *
   * @known
   */
  machines: pulumi.Input<KMSClientMachinesArgs>;

  /**
   * Operating system of the members. Needed for machines that are created and for Uniform scale sets. Otherwise what is
   * found on each machine decides its setup key, and what is declared is enforced. Must be known at preview.
   *
   * @known
   * @minLength 1
   * @default - as found on each machine
   */
  os?: pulumi.Input<OneOf<OperatingSystem>>;

  /**
   * Edition of the members, for example `Datacenter`. Needed where `os` is.
   *
   * @known
   * @minLength 1
   * @default - as found on each machine
   */
  edition?: pulumi.Input<OneOf<Edition>>;

  /**
   * Office to activate in place of Windows.
   *
   * @default - Windows is activated
   */
  office?: pulumi.Input<OfficeClientArgs>;

  /**
   * KMS client setup key (GVLK) to install.
   *
   * @minLength 1
   * @allowed a KMS client setup key
   * @default - Microsoft's setup key for what is declared or found
   */
  setupKey?: pulumi.Input<string>;

  /**
   * How members find a KMS host.
   *
   * @known
   * @default "dns" where the hosts are in a common zone, else "fixedHost"
   */
  discovery?: pulumi.Input<OneOf<Discovery>>;

  /**
   * Zone whose SRV records members read, with discovery `dns`. Not with discovery `fixedHost`.
   *
   * @known
   * @format zoneName
   * @default - the first zone that all hosts are in
   */
  lookupDomain?: pulumi.Input<string>;

  /**
   * What happens to members that leave the group or are left when it is deleted. Their setup key stays.
   *
   * @default "leave"
   */
  onRemove?: pulumi.Input<OneOf<OnRemove>>;

  /**
   * How the rollout proceeds.
   *
   * @default - by the number of members, see `KMSRolloutArgs`
   */
  rollout?: pulumi.Input<KMSRolloutArgs>;

  /**
   * Which members a refresh visits. Before it visits any it asks the KMS hosts, whose event log names the machines that
   * they activated or renewed in the last days.
   *
   * @default - every member that no host has heard from
   */
  refresh?: pulumi.Input<KMSRefreshArgs>;

  /**
   * How long the work on all members may take, in minutes, 5 to 1440; the removal of the group as well.
   *
   * @integer 5 1440
   * @default - 3 for each time that `maxConcurrent` members are worked on, and the pause; 120 to 1440
   */
  timeoutMinutes?: pulumi.Input<number>;
}
