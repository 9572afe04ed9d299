import {
  type CompositeMapper,
  createSerializer,
  type FullOperationResponse,
  type OperationArguments,
  type OperationOptions,
  type OperationSpec,
  type ServiceClient,
} from "@azure/core-client";
import { createHttpPoller } from "@azure/core-lro";

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
export function resourceGroupOperations(client: ServiceClient, subscriptionId: string, apiVersion: string) {
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
