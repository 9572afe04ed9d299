import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../azure/cloud";
import { outputState } from "../engine/sdk-internals";
import { type Diagnostic, diagnostic } from "../rules/diagnostic";

/**
 * Settings of azure-native that decide who signs in to which cloud, with the environment variables of the same meaning.
 */
const variables: Record<string, string> = {
  clientCertificatePath: "ARM_CLIENT_CERTIFICATE_PATH",
  clientId: "ARM_CLIENT_ID",
  clientSecret: "ARM_CLIENT_SECRET",
  environment: "ARM_ENVIRONMENT",
  oidcToken: "ARM_OIDC_TOKEN",
  oidcTokenFilePath: "ARM_OIDC_TOKEN_FILE_PATH",
  tenantId: "ARM_TENANT_ID",
  useDefaultAzureCredential: "ARM_USE_DEFAULT_AZURE_CREDENTIAL",
  useMsi: "ARM_USE_MSI",
  useOidc: "ARM_USE_OIDC",
};

/** What stands for a setting that is not given. */
const usual: Record<string, string> = {
  environment: "public",
  useDefaultAzureCredential: "false",
  useMsi: "false",
  useOidc: "false",
};

/**
 * The work on machines and zones signs in by the environment, since no other provider's settings reach it. Says so
 * where the Azure resources beside it are made by a provider, or a stack configuration, that signs in otherwise.
 */
export async function signInDiagnostics(component: pulumi.Resource): Promise<Diagnostic[]> {
  const provider = component.getProvider("azure-native:compute:VirtualMachine");
  const settings = provider === undefined ? stackSettings() : await settingsOf(provider);
  const missing = unlikeEnvironment(settings, process.env);
  const given =
    provider === undefined
      ? "the configuration azure-native of the stack"
      : "the provider azure-native of this resource";
  return missing.length === 0
    ? []
    : [diagnostic("KMS3032", "warning", "", { given, variables: missing.join(", ") })];
}

/** A subnet in which the component creates machines. */
export interface CreationSubnet {
  path: string;
  subnetId: string | undefined;
}

/**
 * Subnets in another subscription than the one in which azure-native creates, where both are known.
 * Source: learn.microsoft.com virtual-network-network-interface, create a network interface.
 */
export async function subscriptionDiagnostics(
  component: pulumi.Resource,
  subnets: readonly CreationSubnet[],
): Promise<Diagnostic[]> {
  const provider = component.getProvider("azure-native:network:NetworkInterface");
  const given: unknown =
    provider === undefined
      ? (new pulumi.Config("azure-native").get("subscriptionId") ?? process.env.ARM_SUBSCRIPTION_ID)
      : (await settingsOf(provider, ["subscriptionId"])).subscriptionId;
  return subnets.flatMap(({ path, subnetId }) => {
    const other = subnetId?.split("/")[2];
    return typeof given !== "string" || given === "" || other === undefined || isSame(other, given)
      ? []
      : [diagnostic("KMS2151", "error", path, { given: other, own: given })];
  });
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** A provider has its arguments as outputs at run time, though it does not declare them. */
async function settingsOf(
  provider: pulumi.ProviderResource,
  names = Object.keys(variables),
): Promise<Record<string, unknown>> {
  const settings = names.map(async (name) => {
    const given = (provider as unknown as Record<string, unknown>)[name];
    return [name, pulumi.Output.isInstance(given) ? (await outputState(given)).value : given] as const;
  });
  return Object.fromEntries(await Promise.all(settings));
}

function stackSettings(): Record<string, unknown> {
  const config = new pulumi.Config("azure-native");
  return Object.fromEntries(Object.keys(variables).map((name) => [name, config.get(name)]));
}

/** Names of the environment variables that would have to be as the settings are, and are not; never a value. */
export const unlikeEnvironment = (settings: Record<string, unknown>, env: Environment): string[] =>
  Object.entries(variables)
    .filter(([name, variable]) => {
      const given = settings[name];
      const inEnvironment = env[variable] || (usual[name] ?? "");
      return (
        (typeof given === "string" || typeof given === "boolean") &&
        given !== "" &&
        String(given).toLowerCase() !== inEnvironment.toLowerCase()
      );
    })
    .map(([, variable]) => variable);
