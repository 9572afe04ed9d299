import type * as Identity from "@azure/identity";
import { type AzureCloud, azureKmsEntries } from "../catalog/azure-kms";
import { KmsError } from "../errors/kms-error";

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

const clouds = azureKmsEntries().map(({ cloud }) => cloud);

/** Other names for the clouds, lower case. */
const aliases = new Map<string, AzureCloud>([
  ["azurecloud", "public"],
  ["azurepubliccloud", "public"],
  ["azureusgovernment", "usgovernment"],
  ["azureusgovernmentcloud", "usgovernment"],
  ["azurechinacloud", "china"],
]);

/** The cloud that the environment variables name; public Azure by default, undefined for one that is not known. */
export function findAzureCloud(env: Environment): AzureCloud | undefined {
  const name = givenIn(env).toLowerCase();
  return aliases.get(name) ?? clouds.find((known) => known === name);
}

/** The cloud that the environment variables name. @throws KmsError KMS3102 */
export function azureCloud(env: Environment): AzureCloud {
  const cloud = findAzureCloud(env);
  if (cloud === undefined) {
    throw new KmsError("KMS3102", { values: { given: givenIn(env), allowed: clouds.join(", ") } });
  }
  return cloud;
}

const givenIn = (env: Environment) => env.ARM_ENVIRONMENT || env.AZURE_ENVIRONMENT || "public";

/** Where Azure Resource Manager answers and who vouches for its callers. */
export interface AzureEndpoint {
  url: string;
  /** Where tokens come from; undefined for an endpoint on loopback, which takes none. */
  authorityHost?: string;
}

/** Names an ARM endpoint on loopback to use instead of Azure. */
const loopbackVariable = "PULUMI_WINDOWS_KMS_ARM_ENDPOINT";

const endpoints: Record<AzureCloud, { url: string; authority: keyof typeof Identity.AzureAuthorityHosts }> = {
  public: { url: "https://management.azure.com", authority: "AzurePublicCloud" },
  usgovernment: { url: "https://management.usgovcloudapi.net", authority: "AzureGovernment" },
  china: { url: "https://management.chinacloudapi.cn", authority: "AzureChina" },
};

/** The endpoint that the environment variables name; public Azure by default. @throws KmsError KMS3101, KMS3102 */
export function azureEndpoint(env: Environment): AzureEndpoint {
  const loopback = env[loopbackVariable];
  if (loopback) {
    return { url: checkLoopback(loopback) };
  }
  const { url, authority } = endpoints[azureCloud(env)];
  // Who asks for the endpoint signs in next; others need not wait for the library.
  const { AzureAuthorityHosts } = require("@azure/identity") as typeof Identity;
  return { url, authorityHost: AzureAuthorityHosts[authority] };
}

/** No token of Azure is sent to such an endpoint and nothing is encrypted, so it must not leave the machine. */
function checkLoopback(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isLoopback =
    url !== undefined &&
    url.protocol === "http:" &&
    (url.hostname === "localhost" || url.hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(url.hostname));
  if (!isLoopback) {
    throw new KmsError("KMS3101", { values: { variable: loopbackVariable, given } });
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}
