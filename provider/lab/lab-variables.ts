/** What leads a program to a lab. */
export interface LabPlace {
  /** ARM endpoint, http on loopback. */
  arm: string;
  /** Port of the azure-native provider. */
  azureNative: number;
  subscriptionId: string;
  tenantId: string;
}

/** Environment that a Pulumi program must have to use the lab. */
export function labVariables(place: LabPlace): Record<string, string> {
  return {
    PULUMI_DEBUG_PROVIDERS: `azure-native:${place.azureNative}`,
    PULUMI_WINDOWS_KMS_ARM_ENDPOINT: place.arm,
    ARM_SUBSCRIPTION_ID: place.subscriptionId,
    ARM_TENANT_ID: place.tenantId,
  };
}
