import * as pulumi from "@pulumi/pulumi";
import type { ScaleSetInputs } from "../dynamic/scale-set/scale-set-group";
import { type ExtensionSettings, instanceExtension } from "../dynamic/scale-set/instance-extension";
import type { KMSClientGroupArgs } from "./kms-client-group-args";
import { createWindowsScaleSet } from "../vm/windows-scale-set";

/** What the instances of a scale set are told, once it is known. */
type Settings = { [Name in keyof ExtensionSettings]: pulumi.Input<ExtensionSettings[Name]> };

/** The scale set whose instances are the members, created or taken over; undefined for a group of other machines. */
export function groupScaleSet(
  name: string,
  args: KMSClientGroupArgs,
  settings: Settings,
  opts: pulumi.CustomResourceOptions,
): { [Name in keyof ScaleSetInputs]: pulumi.Input<ScaleSetInputs[Name]> } | undefined {
  const { scaleSet, scaleSetId, os, edition, autoscaled = false } = args;
  if (scaleSet === undefined) {
    return scaleSetId === undefined
      ? undefined
      : { id: scaleSetId, capacity: -1, autoscaled, created: false };
  }
  const byExtension = scaleSet.orchestrationMode === "Uniform" || autoscaled;
  const extension = byExtension
    ? pulumi.output(settings).apply((known) => instanceExtension(known as ExtensionSettings))
    : undefined;
  const spec = { os, edition, args: scaleSet, autoscaled, extension };
  const { id } = createWindowsScaleSet(name, spec, opts);
  return { id, capacity: autoscaled ? -1 : scaleSet.capacity, autoscaled, created: true };
}
