import type * as pulumi from "@pulumi/pulumi";

/** A Windows virtual machine that the package creates. */
export interface WindowsVmArgs {
  /** Resource group of the virtual machine, its network interface and its network security group. */
  resourceGroupName: pulumi.Input<string>;

  /** Azure resource ID of the subnet. The machine gets no public address. */
  subnetId: pulumi.Input<string>;

  /** Password of the local administrator; 12 to 123 characters. Kept secret. */
  adminPassword: pulumi.Input<string>;

  /**
   * Name of the local administrator.
   *
   * @default "kmsadmin"
   */
  adminUsername?: pulumi.Input<string>;

  /**
   * Azure region.
   *
   * @default - the region of the provider's configuration, or of the resource group
   */
  location?: pulumi.Input<string>;

  /**
   * Azure virtual machine size.
   *
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
   * Storage type of the operating system disk: `Standard_LRS`, `StandardSSD_LRS`, `StandardSSD_ZRS`, `Premium_LRS` or
   * `Premium_ZRS`.
   *
   * @default "StandardSSD_LRS"
   */
  osDiskType?: pulumi.Input<string>;

  /**
   * Azure licence type, `Windows_Server`, `Windows_Client` or `None`; it changes billing, not activation.
   *
   * @default - none
   */
  licenseType?: pulumi.Input<string>;

  /**
   * Encryption of disks and caches on the Azure host; the subscription must have the feature registered.
   *
   * @default false
   */
  encryptionAtHost?: pulumi.Input<boolean>;

  /**
   * Tags of every Azure resource that is created.
   *
   * @default - none
   */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
