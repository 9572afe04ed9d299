import type * as pulumi from "@pulumi/pulumi";
import type { WindowsVmArgs } from "../vm/windows-vm";

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
