import * as pulumi from "@pulumi/pulumi";
import { isProductKey, keyEnding, keyFingerprint } from "../catalog/product-key";
import { officeGroup } from "../catalog/key-groups";
import { KmsError } from "../errors/kms-error";
import { emptyLedger, hostLimit, type LedgerDocument, openReservations, remaining } from "../ledger/document";
import { ledgerUrl, openLedger } from "../ledger/open-ledger";
import { type Diagnostic, diagnostic } from "../rules/diagnostic";
import { type HostKey, isReadOnly } from "../rules/facts";
import { holdsPath } from "../rules/paths";
import type { ProgramIndex } from "../rules/program-index";

/**
 * URL of the ledger that counts a key: what the key says, else the stack's configuration, else the environment, else
 * the folder beside the program. In the lab the lab's own ledger goes before all of them.
 */
export const resolvedLedger = (given: string | undefined): string =>
  ledgerUrl(given ?? new pulumi.Config("windows-kms").get("ledger") ?? "");

/**
 * At preview, what is left of each host key; said once for each key, on its first host. A ledger that cannot be read is
 * a warning here, and the update refuses to activate.
 */
export async function ledgerDiagnostics(
  keys: readonly HostKey[],
  program: ProgramIndex,
): Promise<Diagnostic[]> {
  if (!pulumi.runtime.isDryRun()) {
    return [];
  }
  const first = keys.filter(({ host, path, productKey }) => {
    if (holdsPath(host.unknown, `${path}.ledger`)) {
      return false;
    }
    const holders = isProductKey(productKey) ? program.hostKeys(productKey) : [];
    return holders.find((holder) => !isReadOnly(holder.host))?.host === host;
  });
  return (await Promise.all(first.map(keyDiagnostics))).flat();
}

async function keyDiagnostics(key: HostKey): Promise<Diagnostic[]> {
  const { path, productKey } = key;
  const ending = keyEnding(productKey);
  const fingerprint = keyFingerprint(productKey);
  const url = resolvedLedger(key.ledger);
  const local = url.startsWith("file:") && isSharedBackend(organization(), process.env);
  const shared = local ? [diagnostic("KMS6022", "warning", `${path}.ledger`, { given: url })] : [];
  try {
    const stored = await openLedger(url).read(fingerprint);
    const keyGroup = key.keyGroup ?? (key.office && officeGroup(key.office)?.name) ?? "";
    const empty = emptyLedger({ keyFingerprint: fingerprint, keyEnding: ending, keyGroup });
    const { hostsLeft, hostLimit: allowed, hosts } = remaining(declared(stored?.document ?? empty, key));
    const low = hosts
      .filter(({ runsLow }) => runsLow)
      .map(({ computerName, reactivationsLeft }) =>
        diagnostic("KMS6021", "warning", `${path}.productKey`, {
          machine: computerName,
          given: reactivationsLeft,
          ending,
        }),
      );
    const open = (stored?.document.hosts ?? []).flatMap((host) =>
      openReservations(host).map(({ number, at }) =>
        diagnostic("KMS6024", "warning", `${path}.productKey`, {
          given: number,
          machine: host.computerName,
          ending,
          at,
          resource: host.resource,
          stack: host.stack,
        }),
      ),
    );
    const left = diagnostic("KMS6020", "info", `${path}.productKey`, {
      ending,
      given: hostsLeft,
      allowed,
    });
    return [...shared, ...low, ...open, left];
  } catch (error) {
    if (error instanceof KmsError) {
      return [...shared, diagnostic("KMS6023", "warning", `${path}.ledger`, { reason: error.message })];
    }
    throw error;
  }
}

/**
 * The ledger with what the program declares and the update will write into it: a new one is seeded, a limit is raised.
 */
function declared(document: LedgerDocument, key: HostKey): LedgerDocument {
  const { hosts: seedHosts, activations } = key.activationsSpent ?? {};
  const { hosts: grantedHosts, reference = "" } = key.hostLimitException ?? {};
  const isNew = document.hosts.length === 0 && document.activationsSpent === undefined;
  return {
    ...document,
    ...(isNew &&
      seedHosts !== undefined &&
      activations !== undefined && { activationsSpent: { hosts: seedHosts, activations } }),
    ...(grantedHosts !== undefined &&
      grantedHosts > hostLimit(document) && { hostLimitException: { hosts: grantedHosts, reference } }),
  };
}

/** Name that Pulumi gives where the backend has no organizations. Source: pulumi.getOrganization. */
export const withoutOrganizations = "organization";

/**
 * The organization of the stack. Pulumi refuses to tell it in most unit tests with `pulumi.runtime.setMocks`, which
 * name none.
 */
export function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return withoutOrganizations;
  }
}

/** Backends of Pulumi's own that one machine has for itself. */
const localBackend = /^file:/;

/** Whether others can update the stack from elsewhere: Pulumi's service, or a bucket. */
export function isSharedBackend(owner: string, env: NodeJS.ProcessEnv): boolean {
  const backend = env.PULUMI_BACKEND_URL;
  return backend === undefined ? owner !== withoutOrganizations : !localBackend.test(backend);
}
