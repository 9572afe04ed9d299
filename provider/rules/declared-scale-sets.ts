import { type DeclaredResource, hasUnknown, objectsAt, stringAt } from "./azure-network/declared-resource";
import type { ProgramNetwork } from "./azure-network/program-network";
import { type Diagnostic, diagnostic } from "./diagnostic";
import { type GroupFacts, isUnknown } from "./facts";
import { valueAt } from "./paths";
import type { ProgramIndex } from "./program-index";

/*
 * A scale set that the program declares itself: azure-native sends its number of instances with every change of it, so that
 * Azure takes away what an autoscaler has added. Source: github.com/Azure/vm-scale-sets/issues/70; with ignoreChanges the engine
 * sends the number of the state, github.com/pulumi/docs/pull/16161.
 */

const capacity = "sku.capacity";

/** What changes of a scale set of the program do to its members. */
export const declaredSetDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] => [
  ...autoscaledSetDiagnostics(group, index),
  ...extensionDiagnostics(group, index),
];

/** What becomes of the number of instances that an autoscaler sets. */
function autoscaledSetDiagnostics(group: GroupFacts, { network }: ProgramIndex): Diagnostic[] {
  const path = "machines.scaleSetId";
  return network
    .machines(group, path)
    .filter(({ machine }) => machine.type.endsWith("ScaleSet"))
    .flatMap(({ machine: set }) => {
      const [settings] = autoscaleSettings(set, network);
      const isDeclaredSo = group.args.machines?.autoscaled === true;
      if (!isDeclaredSo && (settings === undefined || isUnknown(group, "machines.autoscaled"))) {
        return [];
      }
      const by = settings === undefined ? "" : ` by ${settings.name}`;
      const unknownToGroup = isDeclaredSo
        ? []
        : [diagnostic("KMS2291", "warning", "machines.autoscaled", { set: set.name, by })];
      return [...sentCapacity(set, by, path), ...unknownToGroup];
    });
}

function sentCapacity(set: DeclaredResource, by: string, path: string): Diagnostic[] {
  const number = valueAt(set.values, capacity);
  if (hasUnknown(set, capacity) || (set.ignored ?? []).includes("*")) {
    return [];
  }
  if ((set.ignored ?? []).some((one) => one === capacity || one === "sku")) {
    return [diagnostic("KMS2292", "info", path, { set: set.name, by })];
  }
  return typeof number === "number"
    ? [diagnostic("KMS2290", "warning", path, { set: set.name, by, given: number })]
    : [];
}

const extensionProfile = "virtualMachineProfile.extensionProfile";

/**
 * The instances of a Uniform or autoscaled set are activated by an extension in its model, which a list of extensions that
 * azure-native sends for the set leaves out, and of whose kind there can be one. Source: learn.microsoft.com
 * rest/api/compute/virtual-machine-scale-sets, azure/virtual-machines/extensions/custom-script-windows.
 */
const extensionDiagnostics = (group: GroupFacts, { network }: ProgramIndex): Diagnostic[] =>
  network.machines(group, "machines.scaleSetId").flatMap(({ machine: set, path }) => {
    const isFlexible = stringAt(set, "orchestrationMode") === "Flexible";
    const isOpen = hasUnknown(set, "orchestrationMode") || isUnknown(group, "machines.autoscaled");
    if (isOpen || (isFlexible && group.args.machines?.autoscaled !== true)) {
      return [];
    }
    const listed = `${extensionProfile}.extensions`;
    const isIgnored = (set.ignored ?? []).some(
      (one) => one === "*" || extensionProfile.startsWith(one) || one.startsWith(extensionProfile),
    );
    const scripts = [
      ...objectsAt(set, listed).objects.map(({ value }) => value),
      ...network.all
        .of("compute:VirtualMachineScaleSetExtension")
        .filter(
          (one) => network.all.referred(one, "vmScaleSetName", "compute:VirtualMachineScaleSet") === set,
        )
        .map(({ name, values }): Record<string, unknown> => ({ name, ...values })),
    ].filter(({ publisher, type }) => publisher === "Microsoft.Compute" && type === "CustomScriptExtension");
    if (scripts.length > 0) {
      const name = typeof scripts[0].name === "string" ? scripts[0].name : listed;
      return [diagnostic("KMS2197", "error", path, { set: set.name, name })];
    }
    return isIgnored || valueAt(set.values, listed) === undefined
      ? []
      : [diagnostic("KMS2299", "warning", path, { set: set.name })];
  });

/** Whether the program has an autoscaler for a scale set. */
export const isAutoscaled = (set: DeclaredResource, network: ProgramNetwork): boolean =>
  autoscaleSettings(set, network).length > 0;

/** The settings of an autoscaler for a scale set, where they are in force: Azure leaves them off unless it is told. */
const autoscaleSettings = (set: DeclaredResource, { all }: ProgramNetwork) =>
  all
    .of("monitor:AutoscaleSetting", "insights:AutoscaleSetting")
    .filter(
      (settings) =>
        valueAt(settings.values, "enabled") === true &&
        all.referred(settings, "targetResourceUri", "compute:VirtualMachineScaleSet") === set,
    );
