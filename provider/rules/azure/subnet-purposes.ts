import { isListed } from "../../catalog/azure-rules";
import { type AzureRefusal, refusedUnless } from "./refusal";

/** What a reserved subnet is for, by its name in lower case. */
const services: Record<string, string> = {
  gatewaysubnet: "Virtual Network Gateway",
  azurefirewallsubnet: "Azure Firewall",
  azurefirewallmanagementsubnet: "Azure Firewall",
  azurebastionsubnet: "Azure Bastion",
  routeserversubnet: "Azure Route Server",
};

/** The service of Azure that subnets of a name are kept for. */
export const serviceOfSubnet = (name: string): string | undefined =>
  isListed("subnetReserved", name) ? services[name.toLowerCase()] : undefined;

/** Why Azure refuses the network interface of a machine in a subnet, by the name of the subnet. */
export const reservedSubnetRefusal = (name: string): AzureRefusal | undefined =>
  refusedUnless(
    serviceOfSubnet(name) === undefined,
    "subnetReserved",
    `a subnet of the name ${name} is for the service ${serviceOfSubnet(name)} alone`,
    name,
  );

/** Why Azure refuses the network interface of a machine in a subnet, by the services that the subnet is delegated to. */
export function delegatedSubnetRefusal(delegations: readonly string[]): AzureRefusal | undefined {
  const service = delegations.find((one) => isListed("subnetDelegated", one));
  return refusedUnless(service === undefined, "subnetDelegated", `it is delegated to ${service}`, service);
}
