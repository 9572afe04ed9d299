/*
 * Names that blocks of code in the documentation may use when they are parts of a program: everything that the package
 * exports, and values that a reader's program has under such names.
 */
import type * as azureCompute from "@pulumi/azure-native/compute";
import type * as azureNetwork from "@pulumi/azure-native/network";
import type * as azurePrivateDns from "@pulumi/azure-native/privatedns";
import type * as pulumiSdk from "@pulumi/pulumi";
import type { KeyGroup, KMSClientGroup, KMSClientGroupArgs, KMSHost, KMSHostArgs } from "pulumi-windows-kms";

export * as pulumi from "@pulumi/pulumi";
export * from "pulumi-windows-kms";

export declare const config: pulumiSdk.Config;
export declare const resourceGroupName: pulumiSdk.Output<string>;
export declare const location: string;
export declare const subnetId: pulumiSdk.Output<string>;
export declare const adminPassword: pulumiSdk.Output<string>;
export declare const privateKey: pulumiSdk.Output<string>;
export declare const keyName: string;
export declare const diskEncryptionSetId: string;
export declare const secret: pulumiSdk.Output<string>;
export declare const table: azureNetwork.RouteTable;
export declare const zone: azurePrivateDns.PrivateZone;
/** Existing machines. */
export declare const web: azureCompute.VirtualMachine[];
export declare const oldVmId: string;
export declare const newVmId: string;
/** Resources and arguments that the page declared before. */
export declare const key: { keyGroup: KeyGroup; productKey: pulumiSdk.Output<string> };
export declare const create: {
  resourceGroupName: pulumiSdk.Output<string>;
  subnetId: pulumiSdk.Output<string>;
  adminPassword: pulumiSdk.Output<string>;
};
export declare const host: KMSHost;
export declare const hostArgs: KMSHostArgs;
export declare const oldHost: KMSHost;
export declare const newHost: KMSHost;
export declare const group: KMSClientGroup;
export declare const groupArgs: KMSClientGroupArgs;
