import { type AzureNativeServer, serveAzureNative } from "../../../provider/lab/azure-native/serve";
import { providerClient } from "./provider-client";
import { startStubArm, type StubArm } from "./stub-arm";

/** The subscription of the tests. */
export const subscriptionId = "00000000-0000-4000-8000-000000000001";
export const tenantId = "00000000-0000-4000-8000-000000000002";
/** ID prefix of resource group `rg`. */
export const group = `/subscriptions/${subscriptionId}/resourceGroups/rg`;

/** A provider on a stub of ARM with one resource group, and a client of it; new for each test. */
export interface Setup {
  arm: StubArm;
  server: AzureNativeServer;
  provider: ReturnType<typeof providerClient>;
  log: string[];
}

export async function setUp(): Promise<Setup> {
  const arm = await startStubArm();
  arm.resources.set(group.toLowerCase(), { id: group, name: "rg", location: "westeurope" });
  const log: string[] = [];
  const options = {
    armEndpoint: arm.endpoint,
    subscriptionId,
    tenantId,
    log: (line: string) => void log.push(line),
  };
  const server = await serveAzureNative(options);
  return { arm, server, provider: providerClient(server.port), log };
}

export async function tearDown({ arm, server, provider }: Setup): Promise<void> {
  provider.close();
  await server.close();
  await arm.close();
}
