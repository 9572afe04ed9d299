import * as pulumi from "@pulumi/pulumi";
import { randomUUID } from "node:crypto";
import { deadlineIn } from "../engine/clock";
import { KmsError } from "../errors/kms-error";
import { openScaleSet } from "../machine/scale-set";
import { presentScaleSet } from "./scale-set-group";

/** How long the look at a scale set may take. */
const readMinutes = 2;

/** What the engine hands to a hook before an update, as far as it is looked at. */
export type ScaleSetUpdate = Pick<pulumi.ResourceHookArgs, "id" | "name"> & {
  newInputs?: { sku?: { capacity?: unknown } };
};

/**
 * Looks at an autoscaled scale set before the engine updates it, also in a preview. azure-native sends the number of
 * instances that the state has along with whatever has changed, and Azure would delete the machines that the autoscaler
 * has added since, or add those that it has deleted. The engine lets nobody change the request, so the update ends here.
 * Source: github.com/Azure/vm-scale-sets/issues/70.
 */
export const keepsCapacity = (): pulumi.ResourceHook =>
  // The engine wants a name of its own for each; a logical name may occur under several parents.
  new pulumi.ResourceHook(`windows-kms-autoscaled-capacity-${randomUUID()}`, refuseResize, { onDryRun: true });

/** @throws KmsError KMS4055 when the update would change the number of instances, and KMS3009, KMS3021 */
export async function refuseResize({ id, name, newInputs }: ScaleSetUpdate): Promise<void> {
  const sent = newInputs?.sku?.capacity;
  if (typeof sent !== "number") {
    return;
  }
  const set = await presentScaleSet(openScaleSet(id), deadlineIn(readMinutes));
  if (set?.capacity !== undefined && set.capacity !== sent) {
    throw new KmsError("KMS4055", { values: { name, given: set.capacity, sent } });
  }
}
