import { ComputeManagementClient } from "@azure/arm-compute";
import { NetworkManagementClient } from "@azure/arm-network";
import { PrivateDnsManagementClient } from "@azure/arm-privatedns";
import type { TokenCredential } from "@azure/core-auth";
import {
  type CompositeMapper,
  createSerializer,
  type FullOperationResponse,
  type OperationArguments,
  type OperationOptions,
  type OperationSpec,
  ServiceClient,
} from "@azure/core-client";
import { createHttpPoller } from "@azure/core-lro";
import { bearerTokenAuthenticationPolicyName, proxyPolicyName } from "@azure/core-rest-pipeline";
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

const text = { name: "String" as const };
const readOnly = (name: string) => ({ serializedName: name, type: text, readOnly: true });

/** Source: learn.microsoft.com/rest/api/resources/resource-groups, 2024-03-01. */
const ResourceGroupProperties: CompositeMapper = {
  serializedName: "ResourceGroupProperties",
  type: {
    name: "Composite",
    className: "ResourceGroupProperties",
    modelProperties: { provisioningState: readOnly("provisioningState") },
  },
};

const ResourceGroup: CompositeMapper = {
  serializedName: "ResourceGroup",
  type: {
    name: "Composite",
    className: "ResourceGroup",
    modelProperties: {
      id: readOnly("id"),
      name: readOnly("name"),
      type: readOnly("type"),
      properties: {
        serializedName: "properties",
        readOnly: true,
        type: { name: "Composite", className: "ResourceGroupProperties" },
      },
      location: { serializedName: "location", required: true, type: text },
      managedBy: { serializedName: "managedBy", type: text },
      tags: { serializedName: "tags", type: { name: "Dictionary", value: { type: text } } },
    },
  },
};

const CloudError: CompositeMapper = {
  serializedName: "CloudError",
  type: {
    name: "Composite",
    className: "CloudError",
    modelProperties: { error: { serializedName: "error", type: { name: "Object" } } },
  },
};

const pathParameter = (name: string) => ({
  parameterPath: name,
  mapper: { serializedName: name, required: true, type: text },
});

function operation(httpMethod: "GET" | "PUT" | "DELETE", apiVersion: string): OperationSpec {
  const group = { bodyMapper: ResourceGroup };
  const done = httpMethod === "DELETE" ? {} : group;
  return {
    path: "/subscriptions/{subscriptionId}/resourcegroups/{resourceGroupName}",
    httpMethod,
    responses: { 200: done, 201: group, 202: {}, 204: {}, default: { bodyMapper: CloudError } },
    ...(httpMethod === "PUT" && {
      requestBody: { parameterPath: "parameters", mapper: { ...ResourceGroup, required: true } },
    }),
    queryParameters: [
      {
        parameterPath: "apiVersion",
        mapper: { serializedName: "api-version", isConstant: true, defaultValue: apiVersion, type: text },
      },
    ],
    urlParameters: [pathParameter("subscriptionId"), pathParameter("resourceGroupName")],
    contentType: "application/json; charset=utf-8",
    mediaType: "json",
    serializer: createSerializer({ ResourceGroup, ResourceGroupProperties, CloudError }, false),
  };
}

/** The operation group for resource groups, in the form of Microsoft's generated clients: none of those used here has it. */
function resourceGroupOperations(client: ServiceClient, subscriptionId: string, apiVersion: string) {
  return {
    get: (resourceGroupName: string, options: OperationOptions) =>
      client.sendOperationRequest(
        { subscriptionId, resourceGroupName, options },
        operation("GET", apiVersion),
      ),
    beginCreateOrUpdateAndWait: (resourceGroupName: string, parameters: unknown, options: OperationOptions) =>
      client.sendOperationRequest(
        { subscriptionId, resourceGroupName, parameters, options },
        operation("PUT", apiVersion),
      ),
    beginDeleteAndWait: async (
      resourceGroupName: string,
      options: OperationOptions & { updateIntervalInMs?: number },
    ) => {
      const spec = operation("DELETE", apiVersion);
      const request = (path: string, method: "GET" | "DELETE") =>
        rawResponse(
          client,
          { subscriptionId, resourceGroupName, options },
          { ...spec, path, httpMethod: method },
        );
      const poller = await createHttpPoller(
        {
          requestMethod: "DELETE",
          requestPath: spec.path!,
          sendInitialRequest: () => request(spec.path!, "DELETE"),
          sendPollRequest: (path) => request(path, "GET"),
        },
        { intervalInMs: options.updateIntervalInMs },
      );
      await poller.pollUntilDone();
    },
  };
}

async function rawResponse(client: ServiceClient, args: OperationArguments, spec: OperationSpec) {
  let raw: FullOperationResponse | undefined;
  const options = { ...args.options, onResponse: (response: FullOperationResponse) => void (raw = response) };
  const flatResponse = await client.sendOperationRequest<unknown>({ ...args, options }, spec);
  const { status, headers } = raw!;
  const body: unknown = raw!.parsedBody;
  return { flatResponse, rawResponse: { statusCode: status, body, headers: headers.toJSON() } };
}
