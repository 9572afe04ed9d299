import type * as pulumi from "@pulumi/pulumi";
import type { MachineImageArgs, MachineNetworkArgs, SshMachineArgs } from "../component/old-args";
import type { KMSHost } from "../host/kms-host";
import type { WindowsVmArgs } from "../host/windows-vm-args";

/** A virtual machine scale set that the package creates for a client group. */
export interface KMSClientScaleSetArgs extends WindowsVmArgs {
  /** How many instances, 0 to 1000. Where the group is `autoscaled`: how many to begin with. */
  capacity: pulumi.Input<number>;

  /**
   * `Flexible`: instances are virtual machines, which the rollout visits by run commands. `Uniform`: Azure configures
   * them by an extension of the scale set's model, so that thousands need no time of the update.
   *
   * @default "Flexible"
   */
  orchestrationMode?: string;

  /**
   * Name of the scale set in Azure.
   *
   * @default - the resource's name and a suffix
   */
  name?: pulumi.Input<string>;

  /**
   * Begin of the instances' host names, at most 9 letters, digits and hyphens; Azure appends six characters.
   *
   * @default - the resource's name, shortened
   */
  computerNamePrefix?: pulumi.Input<string>;
}

/** Virtual machines that the package creates for a client group. */
export interface KMSClientVmsArgs extends WindowsVmArgs {
  /** How many machines, 1 to 1000; the preview names each of them. */
  count: number;

  /**
   * Begin of the machines' host names, at most 10 letters, digits and hyphens; a number follows.
   *
   * @default - the resource's name, shortened
   */
  computerNamePrefix?: pulumi.Input<string>;
}

/**
 * How the members of a client group are worked on: canaries first, then batch by batch. A rollout that stops keeps what
 * is done, and the next `pulumi up` goes on where it stopped.
 */
export interface KMSRolloutArgs {
  /**
   * How many members are visited before all others, 0 to 1000. If every one of them fails, the rollout stops.
   *
   * @default - one in a hundred, 1 to 10; 0 for groups of fewer than 10
   */
  canary?: pulumi.Input<number>;

  /**
   * Members of one batch, 1 to 10000. A batch starts when the one before it is done.
   *
   * @default - a tenth of the group, 50 to 1000
   */
  batchSize?: pulumi.Input<number>;

  /**
   * How many members are worked on at the same time, 1 to 500.
   *
   * @default - a fiftieth of the group, 50 to 100
   */
  maxConcurrent?: pulumi.Input<number>;

  /**
   * More failed members than this stop the rollout, 0 to 10000. Members that are off or unreachable are told at the end
   * and not counted here; pending ones have not failed.
   *
   * @default - a twentieth of the group, at least 2
   */
  maxFailures?: pulumi.Input<number>;

  /**
   * Pause before each batch but the first, in seconds, 0 to 86400.
   *
   * @default 0
   */
  pauseSecondsBetweenBatches?: pulumi.Input<number>;

  /**
   * How long the work on all members may take, in minutes, 5 to 1440.
   *
   * @default - 3 for each time that `maxConcurrent` members are visited, and the pauses; 120 to 1440
   */
  deadlineMinutes?: pulumi.Input<number>;
}

/** Route table of the members' subnet that gets the routes to Azure's own KMS. */
export interface AzureKmsRoutesArgs {
  /** Resource group of the route table. */
  resourceGroupName: pulumi.Input<string>;

  /** Name of the route table. It keeps its other routes: declare them as resources of their own, not inside the table. */
  routeTableName: pulumi.Input<string>;
}

/** KMS clients of one operating system and edition that are served by the same KMS hosts, or by Azure's own KMS. */
export interface KMSClientGroupArgs {
  /** KMS hosts that serve the group, at least one. Exactly one of `hosts` and `azureKms` is given. */
  hosts?: KMSHost[];

  /**
   * Whether Azure's own KMS activates the members: Azure virtual machines only, without a threshold. The cloud is that
   * of `ARM_ENVIRONMENT`: `public`, `usgovernment` or `china`. Exactly one of `hosts` and `azureKms` is given.
   *
   * @default false
   * @see https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/troubleshoot-activation-problems
   */
  azureKms?: pulumi.Input<boolean>;

  /**
   * With `azureKms`: route table that gets a route with next hop Internet for each address of Azure's own KMS, which
   * forced tunnelling needs. One group of a table names it, the others depend on that group. A private subnet needs an
   * outbound method as well.
   *
   * @default - no routes
   * @see https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/custom-routes-enable-kms-activation
   */
  azureKmsRoutes?: AzureKmsRoutesArgs;

  /** Operating system of the members, a value of `OperatingSystem`. */
  os: pulumi.Input<string>;

  /**
   * Edition of the members, for example `Datacenter`. With `office` the edition of Office or one of its single products,
   * by the name in Microsoft's list of setup keys, for example `Office LTSC Professional Plus`.
   */
  edition: pulumi.Input<string>;

  /**
   * Office version that is activated in place of Windows: `LTSC 2024`, `LTSC 2021`, `2019` or `2016`, with or without
   * `Office` before it. The volume edition is installed on the machines already; Windows on them stays as it is, and may
   * be a member of another group.
   *
   * @default - Windows is activated
   */
  office?: pulumi.Input<string>;

  /** Virtual machines to create. Exactly one of `vms`, `azureVmIds`, `ssh`, `scaleSet` and `scaleSetId` is given. */
  vms?: KMSClientVmsArgs;

  /** Azure resource IDs of existing virtual machines, in place of `vms`. */
  azureVmIds?: pulumi.Input<pulumi.Input<string>[]>;

  /** Existing machines that are reached over SSH, in place of `vms`. */
  ssh?: SshMachineArgs[];

  /** A virtual machine scale set to create, whose instances are the members; in place of `vms`. */
  scaleSet?: KMSClientScaleSetArgs;

  /**
   * Azure resource ID of an existing virtual machine scale set, whose instances are the members; in place of `vms`.
   * The model of a Uniform or `autoscaled` set gets an extension named `pulumi-windows-kms`. A program that also declares
   * the scale set names `virtualMachineProfile.extensionProfile` in its `ignoreChanges`.
   */
  scaleSetId?: pulumi.Input<string>;

  /**
   * Whether an autoscaler sets the number of instances of the scale set: changes of it are no difference, and Azure
   * itself configures each new instance by an extension of the scale set's model.
   *
   * @default false
   */
  autoscaled?: boolean;

  /**
   * How members find a KMS host: `dns` by SRV records, `host` by a fixed name.
   *
   * @default "dns" where the hosts publish SRV records, else "host"
   */
  discovery?: pulumi.Input<string>;

  /**
   * Zone whose SRV records members read, with discovery `dns`.
   *
   * @default - the first zone that all hosts publish in
   */
  lookupDomain?: pulumi.Input<string>;

  /**
   * KMS client setup key (GVLK) to install.
   *
   * @default - Microsoft's setup key for the operating system and edition
   */
  productKey?: pulumi.Input<string>;

  /**
   * How the members are worked on.
   *
   * @default - by the number of members, see `KMSRolloutArgs`
   */
  rollout?: KMSRolloutArgs;

  /**
   * What becomes of members that leave the group or are left when it is deleted: `leave` keeps them as they are,
   * `clearKmsHost` makes them forget the KMS host and the lookup domain that they were told. Their setup key stays.
   *
   * @default "leave"
   */
  onRemove?: pulumi.Input<string>;

  /**
   * What the members were activated by before: `kmsHost`, `mak` or `retail`. The setup key replaces any other key in
   * all cases; a former KMS host also stops to answer at once.
   *
   * @default - nothing that matters
   */
  convertFrom?: pulumi.Input<string>;

  /**
   * Tries clients that Microsoft's table does not list for the hosts' product key groups; the preview then warns.
   *
   * @default false
   */
  acceptUnlisted?: pulumi.Input<boolean>;

  /**
   * Whether the members are in an Active Directory domain; they then look for KMS hosts in it.
   *
   * @default - not known
   */
  domainJoined?: pulumi.Input<boolean>;

  /**
   * Primary DNS suffix of members outside a domain, "" for none.
   *
   * @default - not known
   */
  dnsSuffix?: pulumi.Input<string>;

  /**
   * What is known of the image that the members were made from.
   *
   * @default - a generalized image of a volume edition
   */
  image?: MachineImageArgs;

  /**
   * What is known of the members' network.
   *
   * @default - nothing
   */
  network?: MachineNetworkArgs;

  /**
   * What the members run on, for example `Hyper-V on Windows Server Datacenter`.
   *
   * @default - not known
   */
  hypervisor?: pulumi.Input<string>;

  /**
   * Whether members are domain controllers.
   *
   * @default false
   */
  domainController?: pulumi.Input<boolean>;

  /**
   * Longest time that members are off or cut off from the KMS hosts, in days, 0 to 3650.
   *
   * @default 0
   */
  offlineDays?: pulumi.Input<number>;

  /**
   * Turns warnings of this resource into errors.
   *
   * @default false
   */
  strict?: pulumi.Input<boolean>;

  /**
   * Codes of warnings that are known and accepted, for example `KMS2209`; they are shown as information.
   *
   * @default - none
   */
  acknowledge?: pulumi.Input<pulumi.Input<string>[]>;
}
