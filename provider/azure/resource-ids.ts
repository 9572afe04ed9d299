import { KmsError } from "../errors/kms-error";

/** What the Azure resource ID of a virtual machine scale set tells. */
export interface ScaleSetPlace {
  subscriptionId: string;
  resourceGroupName: string;
  scaleSetName: string;
}

const scaleSetIdPattern =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute\/virtualMachineScaleSets\/([^/]+)$/i;

/** Takes the Azure resource ID of a virtual machine scale set apart. @throws KmsError KMS3024 */
export function parseScaleSetId(id: string): ScaleSetPlace {
  const match = scaleSetIdPattern.exec(id);
  if (match === null) {
    throw new KmsError("KMS3024", { values: { given: id } });
  }
  return { subscriptionId: match[1], resourceGroupName: match[2], scaleSetName: match[3] };
}

/** What the Azure resource ID of a virtual machine tells. */
export interface AzureVmPlace {
  subscriptionId: string;
  resourceGroupName: string;
  vmName: string;
}

const vmIdPattern =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute\/virtualMachines\/([^/]+)$/i;

/** Takes the Azure resource ID of a virtual machine apart. @throws KmsError KMS3104 */
export function parseAzureVmId(id: string): AzureVmPlace {
  const match = vmIdPattern.exec(id);
  if (match === null) {
    throw new KmsError("KMS3104", { values: { given: id } });
  }
  return { subscriptionId: match[1], resourceGroupName: match[2], vmName: match[3] };
}
