/** What the engine hands to the handler of the number of instances of an autoscaled set. */
export interface ScaleSetCapacityInputs {
  kind: "ScaleSetCapacity";
  /** Azure resource ID of the scale set, which may not exist yet. */
  scaleSetId: string;
  /** How many instances a new set begins with. */
  capacity: number;
  /** Whether this is a preview, in which another number is no difference. */
  preview: boolean;
}

/** What the engine keeps: `capacity` is the number that Azure had when it was last asked. */
export type ScaleSetCapacityOutputs = Pick<ScaleSetCapacityInputs, "scaleSetId" | "capacity">;
