import type { AcknowledgementValues } from "../rules/args.generated";
import type { Diagnostic } from "../rules/diagnostic";
import type { FixedArguments, FixedValues } from "./fixed-changes";

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

export interface CreatedMachineInputs extends FixedArguments {
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
  /** What else of the virtual machine is fixed at its creation, with what transformations gave it. */
  fixed?: FixedValues;
}

/** What the machine was made from; its computer name is always known. */
export type CreatedMachineOutputs = Omit<
  CreatedMachineInputs,
  "kind" | "acknowledge" | "strict" | keyof FixedArguments | "defaultComputerName"
> & {
  /** What the last update reported; left out where there was nothing. */
  diagnostics?: Diagnostic[];
};
