import { KmsError } from "../errors/kms-error";

/** What the Azure resource ID of a virtual machine tells. */
export interface AzureVmPlace {
  subscriptionId: string;
  resourceGroupName: string;
  vmName: string;
}

const pattern =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute\/virtualMachines\/([^/]+)$/i;

/** Takes the Azure resource ID of a virtual machine apart. @throws KmsError KMS3104 */
export function parseAzureVmId(id: string): AzureVmPlace {
  const match = pattern.exec(id);
  if (match === null) {
    throw new KmsError("KMS3104", { values: { given: id } });
  }
  return { subscriptionId: match[1], resourceGroupName: match[2], vmName: match[3] };
}
