import { KmsError } from "../errors/kms-error";

/** A virtual machine, by the parts of its Azure resource ID. */
export interface AzureVmName {
  subscriptionId: string;
  resourceGroupName: string;
  vmName: string;
}

/** Takes the Azure resource ID of a virtual machine apart. @throws KmsError KMS3104 */
export function parseAzureVmId(id: string): AzureVmName {
  const [subscriptionId, resourceGroupName, vmName] = parsed(
    id,
    "Microsoft.Compute/virtualMachines",
    "KMS3104",
  );
  return { subscriptionId, resourceGroupName, vmName };
}

/** A virtual machine scale set, by the parts of its Azure resource ID. */
export interface ScaleSetName {
  subscriptionId: string;
  resourceGroupName: string;
  scaleSetName: string;
}

/** Takes the Azure resource ID of a virtual machine scale set apart. @throws KmsError KMS3024 */
export function parseScaleSetId(id: string): ScaleSetName {
  const type = "Microsoft.Compute/virtualMachineScaleSets";
  const [subscriptionId, resourceGroupName, scaleSetName] = parsed(id, type, "KMS3024");
  return { subscriptionId, resourceGroupName, scaleSetName };
}

/** A private DNS zone, by the parts of its Azure resource ID. */
export interface PrivateZoneName {
  subscriptionId: string;
  resourceGroupName: string;
  zoneName: string;
}

/** Takes the Azure resource ID of a private DNS zone apart. @throws KmsError KMS5019 */
export function parsePrivateZoneId(id: string): PrivateZoneName {
  const [subscriptionId, resourceGroupName, zoneName] = parsed(
    id,
    "Microsoft.Network/privateDnsZones",
    "KMS5019",
  );
  return { subscriptionId, resourceGroupName, zoneName };
}

/** Subscription, resource group and name in the ID of a resource of this type. */
function parsed(id: string, type: string, code: string): [string, string, string] {
  const pattern = `^/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/${type}/([^/]+)$`;
  const match = new RegExp(pattern, "i").exec(id);
  if (match === null) {
    throw new KmsError(code, { values: { given: id } });
  }
  return [match[1], match[2], match[3]];
}
