import type * as pulumi from "@pulumi/pulumi";
import { KmsError } from "../../errors/kms-error";
import type { ClientActivationInputs, ClientActivationOutputs } from "../client-activation";
import { containsUnknown } from "../unknown";
import { instanceExtension } from "./instance-extension";
import { hasExtension, isScaleSetGroup, type ScaleSetGroup } from "./scale-set-group";

/** Whether another number of instances is wanted, or the model of the scale set is not as it shall be. */
export function movedScaleSet({ scaleSet: old }: ClientActivationOutputs, news: ScaleSetGroup): boolean {
  const { id, capacity, autoscaled } = news.scaleSet;
  if (old === undefined || !sameSet(old.id, id) || old.autoscaled !== autoscaled) {
    return true;
  }
  const timestamp = hasExtension({ uniform: old.uniform, autoscaled })
    ? instanceExtension(news).settings.timestamp
    : 0;
  return old.timestamp !== timestamp || (!autoscaled && old.capacity !== capacity);
}

/** Whether the group leaves a scale set whose model has our extension, which its deletion takes out. */
export const leavesScaleSet = (
  { scaleSet: old }: ClientActivationOutputs,
  { scaleSet }: ClientActivationInputs,
) => old !== undefined && hasExtension(old) && !sameSet(old.id, scaleSet?.id ?? "");

const sameSet = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** What keeps the extension of an autoscaled set from being made of these inputs. */
export function extensionFailures(inputs: ClientActivationInputs): pulumi.dynamic.CheckFailure[] {
  if (!isScaleSetGroup(inputs) || !inputs.scaleSet.autoscaled || containsUnknown(inputs)) {
    return [];
  }
  try {
    instanceExtension(inputs);
    return [];
  } catch (error) {
    if (error instanceof KmsError) {
      return [{ property: "", reason: error.message }];
    }
    throw error;
  }
}
