import type { HostActivationOutputs } from "../../host/state";
import { ledgerUrl } from "../../ledger/open-ledger";
import { KmsError } from "../../errors/kms-error";
import { type ExportedStack, storedResources } from "../../report/exported-stack";
import type { LedgerReading } from "../../report/make-report";
import { plainText } from "../../report/exported-stack";
import { openLedger } from "../../ledger/open-ledger";

/**
 * Reads the ledgers of the keys of the stack's hosts, and changes nothing. One that cannot be read says so, since the
 * rest of the stack is known all the same.
 * @param folder that relative ledgers are relative to; asked only when there is a host
 */
export async function readLedgers(
  exported: ExportedStack,
  folder: () => Promise<string>,
): Promise<LedgerReading[]> {
  const hosts = storedResources<Partial<HostActivationOutputs>>(exported, "HostActivation");
  const urls = new Map(
    hosts.map(({ outputs }) => [plainText(outputs.keyFingerprint), ledgerUrl(plainText(outputs.ledger))]),
  );
  if (urls.size === 0) {
    return [];
  }
  const base = await folder();
  return Promise.all([...urls].map(([keyFingerprint, url]) => readLedger(keyFingerprint, url, base)));
}

async function readLedger(keyFingerprint: string, url: string, folder: string): Promise<LedgerReading> {
  try {
    const stored = await openLedger(url, { folder }).read(keyFingerprint);
    return { keyFingerprint, url, document: stored?.document };
  } catch (error) {
    if (error instanceof KmsError) {
      return { keyFingerprint, url, error: error.message };
    }
    throw error;
  }
}
