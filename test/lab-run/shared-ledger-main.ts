import { type ConfigValues, ledgerSetting } from "./lab-example";
import { startAzurite } from "./servers/azurite";

/** What the process of the shared ledger prints for the one that started it, as one JSON line. */
export interface SharedLedgerAddress {
  pid: number;
  /** Configuration that names the ledger. */
  values: ConfigValues;
  /** Environment that opens its storage account, and makes it the lab's ledger. */
  environment: Record<string, string>;
}

/** Runs the storage account of a shared ledger until a signal ends it. */
async function main(): Promise<void> {
  const { account, container, env, stop } = await startAzurite();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }
  const ledger = `azblob://${container}?storage_account=${account}`;
  const address: SharedLedgerAddress = {
    pid: process.pid,
    values: { plain: { [ledgerSetting]: ledger }, secret: {} },
    environment: { ...env, PULUMI_WINDOWS_KMS_LAB_LEDGER: ledger },
  };
  process.stdout.write(`${JSON.stringify(address)}\n`);
}

void main();
