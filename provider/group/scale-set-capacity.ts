import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { stackName } from "../component/backend";
import { delegate } from "../engine/delegate";
import type { ResourceInputs } from "../engine/inputs";
import { outputState } from "../engine/sdk-internals";
import type { CreateScaleSetInputs } from "./inputs.generated";
import type { ScaleSetCapacityInputs } from "./scale-set-capacity-state";

/**
 * How many instances an autoscaled set has. azure-native sends a number with each change of the set: with `ignoreChanges` the
 * one of the state, and Azure would delete the machines that the autoscaler has added since the last refresh. The set
 * depends on this resource, which asks Azure during an update.
 * Source: github.com/Azure/vm-scale-sets/issues/70, github.com/pulumi/docs/pull/16161 (ignoreChanges).
 */
class ScaleSetCapacity extends pulumi.dynamic.Resource {
  declare readonly capacity: pulumi.Output<number>;

  constructor(
    name: string,
    inputs: ResourceInputs<ScaleSetCapacityInputs>,
    opts: pulumi.CustomResourceOptions,
  ) {
    super(
      delegate,
      name,
      { ...inputs, kind: "ScaleSetCapacity" },
      { ...opts, aliases: [{ type: "windows-kms:index:ScaleSetCapacity" }] },
      "windows-kms",
      "ScaleSetCapacity",
    );
  }
}

/** The number of instances to send for a scale set: the one that it has, or the declared one for a new set. */
export function liveCapacity(
  name: string,
  set: Pick<CreateScaleSetInputs, "resourceGroupName" | "subnetId" | "capacity"> & {
    vmScaleSetName: pulumi.Input<string>;
  },
  opts: pulumi.CustomResourceOptions,
): pulumi.Input<number> {
  const { resourceGroupName, subnetId, vmScaleSetName, capacity } = set;
  const preview = pulumi.runtime.isDryRun();
  // Machines are in the subscription of their network. Source: learn.microsoft.com/azure/virtual-network network-overview.
  const scaleSetId = pulumi
    .all([subnetId, resourceGroupName, vmScaleSetName])
    .apply(
      ([subnet, group, known]) =>
        `/subscriptions/${subnet.split("/")[2]}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${known}`,
    );
  const inputs = { kind: "ScaleSetCapacity" as const, scaleSetId, capacity, preview };
  const live = new ScaleSetCapacity(`${name}-capacity`, inputs, opts).capacity;
  return preview ? capacity : live;
}

/**
 * A name that the set keeps, so that it can be looked at before the engine updates it. It does not depend on the parent,
 * which waits for all its children.
 */
export async function ownName(name: string, parent: pulumi.Resource | undefined): Promise<string> {
  const urn = parent === undefined ? "" : (await outputState(parent.urn)).value;
  const ending = createHash("sha256")
    .update(`${stackName()} ${String(urn)}`)
    .digest("hex")
    .slice(0, 8);
  return `${name}-scale-set${ending}`;
}
