import data from "./data/fixed-properties.json";

/** What happens to an existing machine for which a property is given another value. */
export type FixedChange = "replaces" | "refused" | "deallocated";

/** Types of Microsoft.Compute that have properties which are fixed at their creation. */
export type FixedResource = "VirtualMachine" | "VirtualMachineScaleSet";

/** A property of a resource that Azure does not change as it changes others. */
export interface FixedProperty {
  resource: FixedResource;
  /** Path, in the names of azure-native. */
  property: string;
  /** What another value does: azure-native replaces the resource, Azure refuses it, or wants the machine to be deallocated. */
  change: FixedChange;
  /** What a resource has that gives none. */
  default?: string | boolean | number;
  source: string;
}

/**
 * The properties of one type that are fixed at its creation. The schema of azure-native has none of them but the resource
 * group: for the others its plugin sends an update, which fails.
 * Source: pulumi-azure-native 3.28.0, provider/pkg/gen/replacement.go.
 */
export const fixedProperties = (resource: FixedResource): readonly FixedProperty[] =>
  (data as FixedProperty[]).filter((row) => row.resource === resource);
