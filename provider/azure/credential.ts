import {
  AzureCliCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from "@azure/identity";
import { readFile } from "node:fs/promises";
import { KmsError } from "../errors/kms-error";
import type { Environment } from "./cloud";

/** Audience that Microsoft Entra expects. Source: learn.microsoft.com, workload identity federation. */
const defaultAudience = "api://AzureADTokenExchange";

/**
 * Gives the identity token of a pipeline for Microsoft Entra, anew each time, since it lives for minutes only.
 * @throws KmsError KMS3103 when the environment names no source of one
 */
export function identityToken(env: Environment, prefix: "ARM" | "AZURE"): () => Promise<string> {
  if (prefix === "AZURE") {
    return tokenFromFile(env.AZURE_FEDERATED_TOKEN_FILE!);
  }
  const { ARM_OIDC_TOKEN: token, ARM_OIDC_TOKEN_FILE_PATH: file } = env;
  if (token) {
    return () => Promise.resolve(token);
  }
  if (file) {
    return tokenFromFile(file);
  }
  const requestToken = env.ARM_OIDC_REQUEST_TOKEN || env.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  const requestUrl = env.ARM_OIDC_REQUEST_URL || env.ACTIONS_ID_TOKEN_REQUEST_URL;
  if (!requestToken || !requestUrl) {
    const missing = "ARM_OIDC_TOKEN, ARM_OIDC_TOKEN_FILE_PATH, or ARM_OIDC_REQUEST_URL with its token";
    throw new KmsError("KMS3103", { values: { method: "OpenID Connect", missing } });
  }
  return tokenOnRequest(requestUrl, requestToken, env.ARM_OIDC_AUDIENCE || defaultAudience);
}

const tokenFromFile = (file: string) => async () => (await readFile(file, "utf8")).trim();

const tokenOnRequest = (requestUrl: string, requestToken: string, audience: string) => async () => {
  const url = new URL(requestUrl);
  url.searchParams.set("audience", audience);
  const response = await fetch(url, {
    headers: { Accept: "application/json", Authorization: `Bearer ${requestToken}` },
  });
  if (!response.ok) {
    throw new Error(`the pipeline's identity service answered with status ${response.status}`);
  }
  const { value } = (await response.json()) as { value?: unknown };
  if (typeof value !== "string") {
    throw new Error("the pipeline's identity service answered without a token");
  }
  return value;
};

interface Principal {
  tenantId: string;
  clientId: string;
}

/**
 * The credential that the environment variables describe. Methods, variables and their order are those of the Azure
 * Native provider, so that both act as the same principal; the AZURE_* variables of Azure's own SDKs come after them,
 * and the Azure CLI's login last.
 * Source: pulumi-azure-native, auth_azidentity.go.
 * @throws KmsError KMS3103 when a method is chosen and something that it needs is missing
 */
export function azureCredential(env: Environment, authorityHost: string): TokenCredential {
  const options = {
    authorityHost,
    disableInstanceDiscovery: isTrue(env.ARM_DISABLE_INSTANCE_DISCOVERY),
    additionallyAllowedTenants: auxiliaryTenants(env),
  };
  if (isTrue(env.ARM_USE_DEFAULT_AZURE_CREDENTIAL)) {
    return new DefaultAzureCredential(options);
  }
  return servicePrincipal(env, "ARM", options) ?? servicePrincipal(env, "AZURE", options) ?? ownLogin(env);
}

type PrincipalOptions = ConstructorParameters<typeof ClientSecretCredential>[3];

function servicePrincipal(env: Environment, prefix: "ARM" | "AZURE", options: PrincipalOptions) {
  const certificatePath = env[`${prefix}_CLIENT_CERTIFICATE_PATH`];
  const secret = env[`${prefix}_CLIENT_SECRET`];
  if (certificatePath) {
    const { tenantId, clientId } = principal(env, prefix, "a client certificate");
    const certificatePassword = env[`${prefix}_CLIENT_CERTIFICATE_PASSWORD`];
    checkCertificate(certificatePath);
    return new ClientCertificateCredential(
      tenantId,
      clientId,
      { certificatePath, certificatePassword },
      options,
    );
  }
  if (secret) {
    const { tenantId, clientId } = principal(env, prefix, "a client secret");
    return new ClientSecretCredential(tenantId, clientId, secret, options);
  }
  const usesOidc = prefix === "ARM" ? isTrue(env.ARM_USE_OIDC) : Boolean(env.AZURE_FEDERATED_TOKEN_FILE);
  if (usesOidc) {
    const { tenantId, clientId } = principal(env, prefix, "OpenID Connect");
    return new ClientAssertionCredential(tenantId, clientId, identityToken(env, prefix), options);
  }
  return prefix === "ARM" && isTrue(env.ARM_USE_MSI) ? managedIdentity(env.ARM_CLIENT_ID) : undefined;
}

const managedIdentity = (clientId: string | undefined) =>
  clientId ? new ManagedIdentityCredential({ clientId }) : new ManagedIdentityCredential();

function ownLogin(env: Environment): TokenCredential {
  const subscription = env.ARM_SUBSCRIPTION_ID || undefined;
  return new AzureCliCredential({ subscription, additionallyAllowedTenants: auxiliaryTenants(env) });
}

function principal(env: Environment, prefix: string, method: string): Principal {
  const [tenantId, clientId] = [`${prefix}_TENANT_ID`, `${prefix}_CLIENT_ID`].map((variable) => {
    const value = env[variable];
    if (!value) {
      throw new KmsError("KMS3103", { values: { method, missing: variable } });
    }
    return value;
  });
  return { tenantId: tenantId, clientId: clientId };
}

/** Microsoft's library for Node reads PEM files alone, while the Azure Native provider reads PFX files too. */
function checkCertificate(path: string): void {
  if (/\.(pfx|p12)$/i.test(path)) {
    throw new KmsError("KMS3105", { values: { given: path } });
  }
}

function auxiliaryTenants(env: Environment): string[] {
  const given = env.ARM_AUXILIARY_TENANT_IDS;
  if (!given) {
    return [];
  }
  return given
    .replace(/[[\]"\s]/g, "")
    .split(/[,;]/)
    .filter(Boolean);
}

const isTrue = (value: string | undefined) => value?.toLowerCase() === "true" || value === "1";
