import { KmsError } from "../errors/kms-error";

/** What the Azure resource ID of a virtual machine scale set tells. */
export interface ScaleSetPlace {
  subscriptionId: string;
  resourceGroupName: string;
  scaleSetName: string;
}

const pattern =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute\/virtualMachineScaleSets\/([^/]+)$/i;

/** Takes the Azure resource ID of a virtual machine scale set apart. @throws KmsError KMS3024 */
export function parseScaleSetId(id: string): ScaleSetPlace {
  const match = pattern.exec(id);
  if (match === null) {
    throw new KmsError("KMS3024", { values: { given: id } });
  }
  return { subscriptionId: match[1], resourceGroupName: match[2], scaleSetName: match[3] };
}
