import type { RunOptions } from "../../machine/machine";
import type { ScaleSet, ScaleSetAccess } from "../../machine/scale-set";
import type { ClientActivationInputs, ClientActivationOutputs } from "../client-activation";

/** The scale set whose instances are the members of a group. */
export interface ScaleSetInputs {
  /** Azure resource ID. */
  id: string;
  /** Number of instances that the program wants; -1 when it does not say. */
  capacity: number;
  /** Whether an autoscaler sets the number of instances. */
  autoscaled: boolean;
  /** Whether the package creates the scale set; the model then has our extension from the start. */
  created: boolean;
}

/** What the engine stores of it. */
export interface ScaleSetOutputs extends ScaleSetInputs {
  uniform: boolean;
  /** Number of our extension in the model; 0 without one. */
  timestamp: number;
}

/** Inputs of a group whose members are instances of a scale set. */
export type ScaleSetGroup = ClientActivationInputs & { scaleSet: ScaleSetInputs };

/** Outputs of such a group. */
export type ScaleSetGroupOutputs = ClientActivationOutputs & { scaleSet: ScaleSetOutputs };

/** A group of a scale set while it is worked on or looked at. */
export interface ScaleSetWork<Group = ScaleSetGroup> {
  group: Group;
  access: ScaleSetAccess;
  set: ScaleSet;
  options: RunOptions;
}

export const isScaleSetGroup = (inputs: ClientActivationInputs): inputs is ScaleSetGroup =>
  inputs.scaleSet !== undefined;

export const wasScaleSetGroup = (
  outputs: ClientActivationOutputs | undefined,
): outputs is ScaleSetGroupOutputs => outputs?.scaleSet !== undefined;

/** Whether Azure runs our extension on the instances: in a Uniform set on all, in an autoscaled one on new ones. */
export const hasExtension = ({ uniform, autoscaled }: { uniform: boolean; autoscaled: boolean }) =>
  uniform || autoscaled;
