import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { BlobServiceClient } from "@azure/storage-blob";
import { LabRunError } from "../lab-run-error";

/** A running Azurite with one empty container. */
export interface Azurite {
  /** Environment variables that open its account. */
  env: { AZURE_STORAGE_CONNECTION_STRING: string };
  account: string;
  container: string;
  stop(): Promise<void>;
}

const account = "labaccount";
const container = "ledgers";

/**
 * Starts Microsoft's own emulator of Azure Blob Storage on a free port of loopback, with a key of its own.
 * @throws LabRunError KMS7080 when it is not installed
 */
export async function startAzurite(): Promise<Azurite> {
  const script = findAzurite();
  const folder = await mkdtemp(join(tmpdir(), "kms-azurite-"));
  const accountKey = randomBytes(64).toString("base64");
  const options = ["--location", folder, "--blobHost", "127.0.0.1", "--blobPort", "0"];
  const child = spawn(
    process.execPath,
    [script, ...options, "--skipApiVersionCheck", "--disableTelemetry", "--silent"],
    {
      env: { ...process.env, AZURITE_ACCOUNTS: `${account}:${accountKey}` },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const stop = async () => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const endpoint = `${await addressOf(child)}/${account}`;
    const connection = `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${accountKey};BlobEndpoint=${endpoint};`;
    await BlobServiceClient.fromConnectionString(connection).createContainer(container);
    return { env: { AZURE_STORAGE_CONNECTION_STRING: connection }, account, container, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const address = /listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address !== undefined) {
      child.stdout!.resume();
      return address;
    }
  }
  throw new Error("Azurite ended before it listened");
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

const blobServer = "azurite/dist/src/blob/main.js";

/** The script of Azurite's blob server. @throws LabRunError KMS7080 when it is not installed */
export function findAzurite(resolve: (module: string) => string = require.resolve): string {
  try {
    return resolve(blobServer);
  } catch (cause) {
    throw new LabRunError("KMS7080", { cause });
  }
}
