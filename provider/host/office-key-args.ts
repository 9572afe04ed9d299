import * as pulumi from "@pulumi/pulumi";
import type { ActivationsSpentArgs, HostLimitExceptionArgs } from "./kms-host-args";

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
