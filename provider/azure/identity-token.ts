import { readFile } from "node:fs/promises";
import { KmsError } from "../errors/kms-error";
import type { Environment } from "./environment";

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
