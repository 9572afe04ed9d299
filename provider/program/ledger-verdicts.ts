import * as pulumi from "@pulumi/pulumi";
import { isProductKey, keyEnding, keyFingerprint } from "../activation/product-key";
import { ledgerUrl } from "../dynamic/ledger-url";
import { KmsError } from "../errors/kms-error";
import { emptyLedger } from "../ledger/ledger-document";
import { openLedger } from "../ledger/open-ledger";
import { remaining } from "../ledger/remaining";
import { organization, withoutOrganizations } from "./organization";
import type { HostFacts } from "../rules/facts";
import type { ProgramIndex } from "../rules/program-index";
import { type Verdict, verdict } from "../rules/verdict";

/**
 * At preview, what is left of a KMS host key, given under this path; said once for each key, on its first host. A ledger that cannot be read
 * is a warning here and a refusal in the update.
 */
export async function ledgerVerdicts(
  host: HostFacts,
  given: string,
  program: ProgramIndex,
  path = "productKey",
): Promise<Verdict[]> {
  const { productKey, keyGroup } = host;
  if (!pulumi.runtime.isDryRun() || productKey === undefined || !isProductKey(productKey)) {
    return [];
  }
  if (program.hostKeys(productKey)[0]?.host.name !== host.name) {
    return [];
  }
  const url = ledgerUrl(given);
  const local = url.startsWith("file:") && isSharedBackend(organization(), process.env);
  const shared = local ? [verdict("KMS6022", "warning", "ledger", { given: url })] : [];
  const key = {
    keyFingerprint: keyFingerprint(productKey),
    keyEnding: keyEnding(productKey),
    keyGroup: keyGroup ?? "",
  };
  try {
    const stored = await openLedger(url).read(key.keyFingerprint);
    const { hostsLeft, hostLimit, hosts } = remaining(stored?.document ?? emptyLedger(key));
    const low = hosts
      .filter(({ runsLow }) => runsLow)
      .map(({ computerName, reactivationsLeft }) => {
        return verdict("KMS6021", "warning", path, {
          machine: computerName,
          given: reactivationsLeft,
          ending: key.keyEnding,
        });
      });
    const left = verdict("KMS6020", "info", path, {
      ending: key.keyEnding,
      given: hostsLeft,
      allowed: hostLimit,
    });
    return [...shared, ...low, left];
  } catch (error) {
    if (error instanceof KmsError) {
      return [...shared, verdict("KMS6023", "warning", "ledger", { reason: error.message })];
    }
    throw error;
  }
}

/** Backends of Pulumi's own that one machine has for itself. */
const localBackend = /^file:/;

/** Whether others can update the stack from elsewhere: Pulumi's service, or a bucket. */
export function isSharedBackend(owner: string, env: NodeJS.ProcessEnv): boolean {
  const backend = env.PULUMI_BACKEND_URL;
  return backend === undefined ? owner !== withoutOrganizations : !localBackend.test(backend);
}
