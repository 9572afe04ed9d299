import { ComputeManagementClient } from "@azure/arm-compute";
import { NetworkManagementClient } from "@azure/arm-network";
import { PrivateDnsManagementClient } from "@azure/arm-privatedns";
import type { TokenCredential } from "@azure/core-auth";
import { ServiceClient } from "@azure/core-client";
import { bearerTokenAuthenticationPolicyName, proxyPolicyName } from "@azure/core-rest-pipeline";
import { resourceGroupOperations } from "./resource-groups";
import { type ResourceType, resourceTypes } from "./resource-types";

/** Operations of one operation group, called by the names in the table of resource types. */
export type Operations = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** Microsoft's clients for one subscription. */
export interface ArmClients {
  /** The client that a type's requests go through. */
  client(type: ResourceType): ServiceClient;
  /** The type's operation group of that client. */
  operations(type: ResourceType): Operations;
}

/** The clients demand a credential; its policy is removed, so it is never asked for a token. */
const noCredential: TokenCredential = { getToken: () => Promise.resolve(null) };

/** Clients for an ARM endpoint on loopback: plain HTTP, no credential, no proxy. */
export function armClients(endpoint: string, subscriptionId: string): ArmClients {
  const options = (client: ResourceType["client"]) => ({
    endpoint,
    allowInsecureConnection: true,
    apiVersion: apiVersionOf(client),
  });
  const clients = {
    compute: new ComputeManagementClient(noCredential, subscriptionId, options("compute")),
    network: new NetworkManagementClient(noCredential, subscriptionId, options("network")),
    privatedns: new PrivateDnsManagementClient(noCredential, subscriptionId, options("privatedns")),
    resources: new ServiceClient(options("resources")),
  };
  for (const { pipeline } of Object.values(clients)) {
    pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
    pipeline.removePolicy({ name: proxyPolicyName });
  }
  const resourceGroups = resourceGroupOperations(
    clients.resources,
    subscriptionId,
    apiVersionOf("resources"),
  );
  const groups: Record<string, object> = { ...clients, resources: { resourceGroups } };
  return {
    client: (type) => clients[type.client],
    operations: (type) => (groups[type.client] as Record<string, Operations>)[type.operations],
  };
}

/** The version that azure-native uses, which is newer than that of the client for private DNS. */
function apiVersionOf(client: ResourceType["client"]): string {
  return resourceTypes.find((type) => type.client === client)!.apiVersion;
}
