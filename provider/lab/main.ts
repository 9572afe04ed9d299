import { createWriteStream } from "node:fs";
import { parseArgs } from "node:util";
import { createArmServer } from "./arm/server";
import { serveAzureNative } from "./azure-native/serve";

/** What the lab tells the process that started it, as one JSON line. */
export interface LabAddress {
  /** ARM endpoint, http on loopback. */
  arm: string;
  /** Port of the azure-native provider. */
  azureNative: number;
  pid: number;
  subscriptionId: string;
  /** For programs that work in two subscriptions. */
  otherSubscriptionId: string;
  tenantId: string;
  /** Environment that a Pulumi program must have to use the lab. */
  environment: Record<string, string>;
}

/** Invented: the lab has two subscriptions of one tenant. */
const subscriptionId = "00000000-1ab0-4000-8000-000000000001";
const otherSubscriptionId = "00000000-1ab0-4000-8000-000000000003";
const tenantId = "00000000-1ab0-4000-8000-000000000002";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { record: { type: "string" }, log: { type: "string" } } });
  const logFile =
    values.log === undefined ? undefined : createWriteStream(values.log, { flags: "a", mode: 0o600 });
  const log = (line: string) => void logFile?.write(`${line}\n`);
  const onShutdown = () => process.kill(process.pid, "SIGTERM");
  const otherSubscriptionIds = [otherSubscriptionId];
  const { record } = values;
  const arm = await createArmServer({
    subscriptionId,
    otherSubscriptionIds,
    tenantId,
    log,
    record,
    onShutdown,
  });
  const azureNative = await serveAzureNative({ armEndpoint: arm.endpoint, subscriptionId, tenantId, log });
  endWith(async () => {
    await azureNative.close();
    await arm.close();
    logFile?.end();
  });
  const address: LabAddress = {
    arm: arm.endpoint,
    azureNative: azureNative.port,
    pid: process.pid,
    subscriptionId,
    otherSubscriptionId,
    tenantId,
    environment: {
      PULUMI_DEBUG_PROVIDERS: `azure-native:${azureNative.port}`,
      PULUMI_WINDOWS_KMS_ARM_ENDPOINT: arm.endpoint,
      ARM_SUBSCRIPTION_ID: subscriptionId,
      ARM_TENANT_ID: tenantId,
    },
  };
  process.stdout.write(`${JSON.stringify(address)}\n`);
}

function endWith(close: () => Promise<void>): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
}

void main();
