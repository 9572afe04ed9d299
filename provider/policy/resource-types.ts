import type { DeclaredResource } from "./declared-resource";

/** Type of the KMSHost component. */
export const kmsHostType = "pulumi-windows-kms:index:KMSHost";

/** Type of a host that `KMSHost.get` gives: another stack manages it. */
export const kmsHostLookupType = "pulumi-windows-kms:index:KMSHostLookup";

/** Type of the KMSClientGroup component. */
export const kmsClientGroupType = "pulumi-windows-kms:index:KMSClientGroup";

/** Type of the resource that installs and activates a KMS host key. */
export const hostActivationType = "pulumi-nodejs:dynamic/kms:HostActivation";

/** Type of a KMS host's own SRV record. */
export const srvRecordType = "pulumi-nodejs:dynamic/kms:SrvRecord";

/** Whether a resource is one of azure-native, of any API version: `azure-native:network/v20240501:SecurityRule`. */
export function isAzureNative({ type }: DeclaredResource, module: string, resource: string): boolean {
  const [provider, typeModule, name] = type.split(":");
  return provider === "azure-native" && typeModule?.split("/")[0] === module && name === resource;
}
