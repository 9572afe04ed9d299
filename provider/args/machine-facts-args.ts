import type * as pulumi from "@pulumi/pulumi";

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
