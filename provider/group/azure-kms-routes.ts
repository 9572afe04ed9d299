import * as network from "@pulumi/azure-native/network";
import { Provider } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import { azureCloud } from "../azure/cloud";
import { azureKmsAddresses, azureKmsOf } from "../catalog/azure-kms";
import { outputState } from "../engine/sdk-internals";
import { azureKmsRouteName } from "../rules/azure-kms-routes";

/**
 * Routes that take requests to Azure's own KMS straight to the Internet, past a default route that leads elsewhere:
 * one for each of its addresses, named for it, so that an address that Microsoft adds changes no other route.
 *
 * @param known the table's ID where it is known at preview
 */
export async function createAzureKmsRoutes(
  name: string,
  routeTableId: pulumi.Input<string>,
  known: string | undefined,
  parent: pulumi.Resource,
): Promise<network.Route[]> {
  const provider =
    known === undefined ? undefined : await providerOf(name, tableOf(known).subscriptionId, parent);
  const table = pulumi.output(routeTableId).apply(tableOf);
  return azureKmsAddresses(azureKmsOf(azureCloud(process.env))).map(
    (address) =>
      new network.Route(
        azureKmsRouteName(name, address),
        {
          resourceGroupName: table.resourceGroupName,
          routeTableName: table.routeTableName,
          routeName: routeName(name, address),
          addressPrefix: `${address}/32`,
          nextHopType: network.RouteNextHopType.Internet,
        },
        { parent, ...(provider && { provider }) },
      ),
  );
}

/** Takes the checked ID of a route table apart. */
function tableOf(id: string) {
  const [, , subscriptionId, , resourceGroupName, , , , routeTableName] = id.split("/");
  return { subscriptionId, resourceGroupName, routeTableName };
}

/** Azure takes letters, digits, `_`, `.` and `-`, a letter or digit first and no hyphen last, at most 80 characters. */
function routeName(group: string, address: string): string {
  const readable = group.replace(/[^A-Za-z0-9]+/g, "-").slice(0, longestGroupName);
  return `azkms-${readable}-${address}`;
}

const longestGroupName = 50;

/** Settings of azure-native besides the subscription, and those that are not plain text. */
const textSettings = [
  "clientCertificatePassword",
  "clientCertificatePath",
  "clientId",
  "clientSecret",
  "environment",
  "location",
  "metadataHost",
  "msiEndpoint",
  "oidcAudience",
  "oidcRequestToken",
  "oidcRequestUrl",
  "oidcToken",
  "oidcTokenFilePath",
  "partnerId",
  "tenantId",
];
const jsonSettings = [
  "auxiliaryTenantIds",
  "disableInstanceDiscovery",
  "disablePulumiPartnerId",
  "useDefaultAzureCredential",
  "useMsi",
  "useOidc",
];

/**
 * azure-native creates everything in the subscription of its provider. A table in another one gets a provider of its own,
 * which signs in as the others do; undefined where the subscription is the same, or not known.
 */
async function providerOf(
  name: string,
  subscriptionId: string,
  parent: pulumi.Resource,
): Promise<pulumi.ProviderResource | undefined> {
  const setting = settingsOf(parent.getProvider("azure-native:network:Route"));
  const own = setting("subscriptionId");
  const used = own === undefined ? process.env.ARM_SUBSCRIPTION_ID : (await outputState(own)).value;
  if (typeof used !== "string" || used === "" || used.toLowerCase() === subscriptionId.toLowerCase()) {
    return undefined;
  }
  const settings = Object.fromEntries([
    ...textSettings.map((key) => [key, setting(key)]),
    ...jsonSettings.map((key) => [key, setting(key)?.apply(parsed)]),
  ]) as Record<string, pulumi.Output<never>>;
  return new Provider(`${name}-azkms`, { ...settings, subscriptionId }, { parent });
}

/** Settings of a provider, which has them as outputs at run time; without a provider, those of the stack's configuration. */
function settingsOf(
  provider: pulumi.ProviderResource | undefined,
): (key: string) => pulumi.Output<unknown> | undefined {
  if (provider !== undefined) {
    return (key) => {
      const given = (provider as unknown as Record<string, unknown>)[key];
      return given === undefined ? undefined : pulumi.output(given);
    };
  }
  const config = new pulumi.Config("azure-native");
  return (key) => (key === "subscriptionId" ? optional(config.get(key)) : config.getSecret(key));
}

const optional = (value: string | undefined) => (value === undefined ? undefined : pulumi.output(value));

/** Providers keep what is not text as JSON. */
const parsed = (value: unknown): unknown =>
  typeof value === "string" ? (JSON.parse(value) as unknown) : value;
