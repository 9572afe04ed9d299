import type { AcknowledgementValues } from "../rules/args.generated";
import type { Diagnostic } from "../rules/diagnostic";

/*
 * What the engine hands to the handler of a created machine and what it keeps of one. What the virtual machine is made from
 * has the names that it has there, so that one transform can ignore a change of both.
 */

/** A key that the machine is to be a KMS host with, and where its activations are counted. */
export interface CountedKey {
  /** URL of the ledger. */
  ledger: string;
  keyFingerprint: string;
  keyEnding: string;
  keyGroup: string;
}

export interface CreatedMachineInputs {
  kind: "CreatedMachine";
  /** Logical name of the KMSHost, for messages and the ledger. */
  name: string;
  /** Stack that the ledger knows the host by, `organization/project/stack`. */
  stack: string;
  resourceGroupName: string;
  /** Azure region; left out for that of the resource group. */
  location?: string;
  osProfile: {
    /** Left out where it is made from the resource's name: a change of that is no reason for another machine. */
    computerName?: string;
    adminUsername: string;
  };
  /** With `edition`, `core` and `osDiskType` what the disk is made by. */
  os: string;
  edition: string;
  core: boolean;
  osDiskType: string;
  /** Computer name of a machine that is created without one. */
  defaultComputerName: string;
  keys: CountedKey[];
  /** Diagnostics that the program accepts. */
  acknowledge: AcknowledgementValues[];
  /** Whether warnings are errors. @default false */
  strict?: boolean;
  /** Secret; only whether it changed is of interest. */
  adminPassword: string;
  /** Digest of the custom data that a transformation gives the virtual machine; "" without any. Secret, as they may be. */
  customData?: string;
}

/** What the machine was made from; its computer name is always known. */
export type CreatedMachineOutputs = Omit<
  CreatedMachineInputs,
  "kind" | "acknowledge" | "strict" | "adminPassword" | "customData" | "defaultComputerName"
> & {
  /** What the last update reported; left out where there was nothing. */
  diagnostics?: Diagnostic[];
};
