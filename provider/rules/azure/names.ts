import { isKnownRegion, plainRegion } from "../../catalog/azure-regions";
import { type AzureRuleName, azureRules, isWithin, matchesRule } from "../../catalog/azure-rules";
import { type AzureRefusal, refusedUnless } from "./refusal";
import { counted } from "../diagnostic";

function nameRefusal(rule: AzureRuleName, name: string): AzureRefusal | undefined {
  const { minimum, maximum, states } = azureRules[rule];
  const allowed = `${states.charAt(0).toLowerCase()}${states.slice(1).replace(/\.$/, "")}`;
  return (
    refusedUnless(
      isWithin(rule, name),
      rule,
      `it has ${counted([...name].length, "character")}, and ${minimum} to ${maximum} are allowed`,
    ) ?? refusedUnless(matchesRule(rule, name), rule, allowed)
  );
}

/** Why Azure refuses the name of a resource group. */
export const resourceGroupNameRefusal = (name: string) => nameRefusal("resourceGroupName", name);

/** Why Azure refuses the name of a network interface, a security group or rule, a subnet, a route or its table. */
export const networkResourceNameRefusal = (name: string) => nameRefusal("networkResourceName", name);

/** Why Azure refuses the name of a virtual machine or a scale set. */
export const virtualMachineNameRefusal = (name: string) => nameRefusal("virtualMachineName", name);

/** Why Azure refuses the name of a region. */
export const locationRefusal = (location: string): AzureRefusal | undefined =>
  refusedUnless(matchesRule("location", location), "location", "it is not the name of a region");

/** Why Azure refuses a region that is none of those it has, as far as this package knows them. */
export const unknownRegionRefusal = (location: string): AzureRefusal | undefined =>
  refusedUnless(isKnownRegion(location), "location", "it is none of Azure's regions", location);

/** Why Azure refuses a network interface in a region, by that of its virtual network. */
export const networkRegionRefusal = (location: string, ofNetwork: string): AzureRefusal | undefined =>
  refusedUnless(
    plainRegion(location) === plainRegion(ofNetwork),
    "networkRegion",
    `the network is in ${ofNetwork}`,
  );
