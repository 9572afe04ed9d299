import { type AzureCloud, azureKmsEntries } from "../catalog/azure-kms";
import { KmsError } from "../errors/kms-error";
import type { Environment } from "./environment";

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
