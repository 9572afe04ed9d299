import * as network from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import { azureCloud } from "../azure/azure-cloud";
import { azureKmsAddresses, azureKmsOf } from "../catalog/azure-kms";
import type { AzureKmsRoutesArgs } from "./kms-client-group-args";

/**
 * Routes that take requests to Azure's own KMS straight to the Internet, past a default route that leads elsewhere:
 * one for each of its addresses, named for it, so that an address that Microsoft adds changes no other route.
 */
export function createAzureKmsRoutes(
  name: string,
  { resourceGroupName, routeTableName }: AzureKmsRoutesArgs,
  parent: pulumi.Resource,
): network.Route[] {
  return azureKmsAddresses(azureKmsOf(azureCloud(process.env))).map(
    (address) =>
      new network.Route(
        `${name}-azkms-${address}`,
        {
          resourceGroupName,
          routeTableName,
          routeName: routeName(name, address),
          addressPrefix: `${address}/32`,
          nextHopType: network.RouteNextHopType.Internet,
        },
        { parent },
      ),
  );
}

/** Azure takes letters, digits, `_`, `.` and `-`, a letter or digit first and no hyphen last, at most 80 characters. */
function routeName(group: string, address: string): string {
  const readable = group.replace(/[^A-Za-z0-9]+/g, "-").slice(0, longestGroupPart);
  return `azkms-${readable}-${address}`;
}

const longestGroupPart = 50;
