import { randomBytes, randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { openLineFile } from "./arm/request-log";
import { createArmServer } from "./arm/server";
import { serveAzureNative } from "./azure-native/serve";
import { type LabAddress, labVariables } from "./service/environment";
import { removeLabState, writeLabState } from "./service/running-lab";

/** Invented: the lab has two subscriptions of one tenant. */
const subscriptionId = "00000000-1ab0-4000-8000-000000000001";
const otherSubscriptionId = "00000000-1ab0-4000-8000-000000000003";
const tenantId = "00000000-1ab0-4000-8000-000000000002";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      record: { type: "string" },
      log: { type: "string" },
      id: { type: "string", default: randomUUID() },
      state: { type: "string" },
    },
  });
  const { id, state } = values;
  const logFile = values.log === undefined ? undefined : openLineFile(values.log, "a");
  const log = (line: string) => logFile?.add(line);
  const onShutdown = () => process.kill(process.pid, "SIGTERM");
  const arm = await createArmServer({
    subscriptionId,
    otherSubscriptionIds: [otherSubscriptionId],
    tenantId,
    token: randomBytes(24).toString("base64url"),
    log,
    record: values.record,
    id,
    onShutdown,
  });
  const azureNative = await serveAzureNative({ armEndpoint: arm.endpoint, subscriptionId, tenantId, log });
  endWith(async () => {
    // Before its port is free: another lab may write its state from then on.
    if (state !== undefined) {
      await removeLabState(state, id);
    }
    await azureNative.close();
    await arm.close();
    logFile?.close();
  });
  const endpoints = { arm: arm.endpoint, azureNative: azureNative.port, subscriptionId, tenantId };
  const address: LabAddress = {
    ...endpoints,
    pid: process.pid,
    otherSubscriptionId,
    id,
    startedAt: new Date().toISOString(),
    environment: labVariables(endpoints),
  };
  if (state !== undefined) {
    await writeLabState(state, address);
  }
  process.stdout.write(`${JSON.stringify(address)}\n`);
}

function endWith(close: () => Promise<void>): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
}

void main();
