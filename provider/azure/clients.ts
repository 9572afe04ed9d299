import type * as Compute from "@azure/arm-compute";
import type * as PrivateDns from "@azure/arm-privatedns";
import type { TokenCredential } from "@azure/core-auth";
import type * as Pipeline from "@azure/core-rest-pipeline";
import { createHash } from "node:crypto";
import { azureEndpoint, type Environment } from "./cloud";
import type * as Credential from "./credential";
import { instanceViewPolicy, sendingPolicy, sendOncePolicy } from "./sending";
import { type ThrottleGate, throttleGate, throttlePolicy } from "./throttling";

/** Microsoft's clients for Azure Resource Manager, one of a kind per subscription. */
export interface AzureClients {
  compute(subscriptionId: string): Compute.ComputeManagementClient;
  privateDns(subscriptionId: string): PrivateDns.PrivateDnsManagementClient;
}

/**
 * Throttling (429) is waited out as long as Azure asks, by its Retry-After, for virtual machines by all requests of the
 * subscription; server errors and lost connections are tried again after growing pauses.
 */
const retryOptions = { maxRetries: 6, retryDelayInMs: 1000, maxRetryDelayInMs: 30_000 };
const known = new Map<string, AzureClients>();
const gates = new Map<string, ThrottleGate[]>();

/** Subscriptions that Azure throttles now, each with how long no request is sent to it. */
export const throttledSubscriptions = (): { subscriptionId: string; milliseconds: number }[] =>
  [...gates].flatMap(([subscriptionId, some]) => {
    const milliseconds = Math.max(...some.map((gate) => gate.closedForMilliseconds()));
    return milliseconds > 0 ? [{ subscriptionId, milliseconds }] : [];
  });

/** The clients that these environment variables describe. @throws KmsError KMS3101, KMS3102, KMS3103, KMS3105 */
export function azureClients(env: Environment): AzureClients {
  const key = fingerprint(env);
  const clients = known.get(key) ?? createClients(env);
  known.set(key, clients);
  return clients;
}

/** Tells environments apart without keeping what is secret in them. */
function fingerprint(env: Environment): string {
  const relevant = Object.entries(env)
    .filter(([name]) => /^(ARM_|AZURE_|ACTIONS_ID_TOKEN_|PULUMI_WINDOWS_KMS_ARM_)/.test(name))
    .sort();
  return createHash("sha256").update(JSON.stringify(relevant)).digest("hex");
}

/** Microsoft's libraries are loaded by the first request: most programs send none, and start a fifth sooner. */
const libraries = {
  compute: () => require("@azure/arm-compute") as typeof Compute,
  privateDns: () => require("@azure/arm-privatedns") as typeof PrivateDns,
  pipeline: () => require("@azure/core-rest-pipeline") as typeof Pipeline,
  credential: () => require("./credential") as typeof Credential,
};

function createClients(env: Environment): AzureClients {
  const { url, authorityHost } = azureEndpoint(env);
  const onLoopback = authorityHost === undefined;
  const credential = onLoopback ? noCredential : libraries.credential().azureCredential(env, authorityHost);
  const options = { endpoint: url, allowInsecureConnection: onLoopback, retryOptions };
  const create = <T extends Compute.ComputeManagementClient | PrivateDns.PrivateDnsManagementClient>(
    client: T,
  ): T => {
    if (onLoopback) {
      const { bearerTokenAuthenticationPolicyName, proxyPolicyName } = libraries.pipeline();
      client.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
      client.pipeline.removePolicy({ name: proxyPolicyName });
    }
    return client;
  };
  return {
    compute: once((subscriptionId) => {
      const { ComputeManagementClient } = libraries.compute();
      const client = create(new ComputeManagementClient(credential, subscriptionId, options));
      const gate = throttleGate();
      gates.set(subscriptionId, [...(gates.get(subscriptionId) ?? []), gate]);
      client.pipeline.addPolicy(throttlePolicy(gate), { afterPhase: "Retry" });
      client.pipeline.addPolicy(sendOncePolicy, { afterPhase: "Retry" });
      client.pipeline.addPolicy(instanceViewPolicy);
      client.pipeline.addPolicy(sendingPolicy, { afterPhase: "Sign" });
      return client;
    }),
    privateDns: once((subscriptionId) => {
      const { PrivateDnsManagementClient } = libraries.privateDns();
      return create(new PrivateDnsManagementClient(credential, subscriptionId, options));
    }),
  };
}

/** The clients insist on a credential; none is ever asked for a token on loopback. */
const noCredential: TokenCredential = { getToken: () => Promise.resolve(null) };

function once<T>(create: (subscriptionId: string) => T): (subscriptionId: string) => T {
  const created = new Map<string, T>();
  return (subscriptionId) => {
    const client = created.get(subscriptionId) ?? create(subscriptionId);
    created.set(subscriptionId, client);
    return client;
  };
}
